"""The wizard of the first start: who works here, the passphrase, and the making of the vault."""

from ui.pages.first_run.about_you import Answers
from ui.pages.first_run.flow import FirstRunPage

__all__ = ["Answers", "FirstRunPage"]
