"""The leaflets page; works without unlocking."""

from ui.pages.leaflets.page import LeafletsPage

__all__ = ["LeafletsPage"]
