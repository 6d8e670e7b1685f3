"""The places page: the coded register with warnings and days to go back."""

from ui.pages.places.page import PlacesPage

__all__ = ["PlacesPage"]
