"""A forgotten passphrase, while locked: ask the centre with a new one, then open with its answer."""

from ui.pages.recover.page import RecoverPage

__all__ = ["RecoverPage"]
