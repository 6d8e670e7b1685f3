"""The contacts page: people met, by short names, with their timeline."""

from ui.pages.contacts.page import ContactsPage

__all__ = ["ContactsPage"]
