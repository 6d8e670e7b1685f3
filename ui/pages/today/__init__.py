"""The first page: what waits, what is due, which dates are near, where to go back to, and this laptop."""

from ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
