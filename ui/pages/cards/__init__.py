"""Cards in a person's own language; shown while the vault is closed, and nothing of it can be reached from them."""

from ui.pages.cards.page import CardsPage

__all__ = ["CardsPage"]
