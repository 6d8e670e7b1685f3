"""The sending page: enrolment, what leaves, the run, and the batches with their dates."""

from ui.pages.sending.page import SendingPage

__all__ = ["SendingPage"]
