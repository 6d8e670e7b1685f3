"""What every page offers to the frame around it; a laptop's page has a title and the place where the worker was too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from ui.widgets.begins_at import BeginsAt

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes

KEYS_PAGE = "keys"  # both windows call the sheet of their keys so
STANDS_FIRST = 120  # milliseconds: what is not needed to show the first page waits so long, on a slow laptop too


class FocusPlace(NamedTuple):
    """Where the worker was: the field's object name and the cursor's position in it."""

    field: str
    cursor: int = 0


class FramedPage(BeginsAt):
    """A page in either window; a page overrides what it needs and imports no other page."""

    def shown(self, place: Mapping[str, str]) -> None:
        """Be brought to the front; ``place`` names what to show."""

    def focus_first(self) -> None:
        """Put the keyboard into the first field, or where the page begins."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_back(self) -> bool:
        """Step back inside the page (Esc); return whether there was a step to take. Never loses text."""
        return False


class Page(FramedPage):
    """One page of the laptop's window."""

    def title(self) -> str:
        """Return the page's name in the interface language."""
        return ""

    def refresh(self, changes: Changes) -> None:
        """Read again what ``changes`` touched; lists keep their place."""

    def focus_place(self) -> FocusPlace | None:
        """Return where the worker is, if coming back here later makes sense."""
        return None

    def restore_place(self, place: FocusPlace, draft_id: str = "") -> None:
        """Go back to where the worker was before the lock, in the draft of this id."""

    def keep_draft_now(self) -> None:
        """Ask for what is half written to be kept in the vault at once (before leaving or locking)."""

    def tour(self) -> tuple[Mapping[str, str], ...]:
        """Return the places within of which a picture is worth having, for ``shown``."""
        return ({},)
