"""The encounters page: the list, what a search found, and one note with its versions."""

from ui.pages.encounters.page import EncountersPage

__all__ = ["EncountersPage"]
