"""The page about this laptop: what it holds, its backups, recovery, workers, record of use and protection."""

from ui.pages.laptop.page import LaptopPage

__all__ = ["LaptopPage"]
