"""Reviewing notes before they leave."""

from ui.pages.review.page import ReviewPage

__all__ = ["ReviewPage"]
