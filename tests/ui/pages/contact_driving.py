"""Works the contacts page in tests: opened on a contact and a view, over a real vault."""

from __future__ import annotations

from ui.pages.contacts import ContactsPage


def page_opener(qtbot):
    """Return a function that opens the page, heard by all changes."""

    def open_page(parts, **place):
        page = ContactsPage(parts.context)
        qtbot.addWidget(page)
        parts.context.changes_hub.changed.connect(page.refresh)
        page.resize(1190, 690)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.shown(place)
        parts.settle()
        return page

    return open_page


def contact_id(parts, name="Maria P."):
    return parts.ask(lambda session: session.contacts.find_contact_by_name(name).id)


def view_of(opened, parts, name, contact="Maria P."):
    page = opened(parts, contact_id=contact_id(parts, contact), view=name)
    parts.settle()
    return page, page.detail.views.view(name)


def undo(parts):
    parts.undos[-1]()
    parts.settle()


def firsts(card):
    """Return the first lines of a card's rows."""
    return [row.first.strip("\u2068\u2069") for row in card.rows()]
