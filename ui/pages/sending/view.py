"""What every view of the sending page is: a page within it that may ask for another view."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.page import Page


class SendingView(Page):
    """``view_wanted`` carries the name of another view of ``ui.pages.sending.page`` and a place in it."""

    view_wanted = Signal(str, object)
