"""The encounter page: where, who, what was seen or told, and what it adds up to."""

from ui.pages.encounter.page import EncounterPage

__all__ = ["EncounterPage"]
