"""Dates on paper: written out, so that no country reads them the other way round."""

from __future__ import annotations

from datetime import date

from outreach_app.i18n import locale


def written_date(day: date) -> str:
    """Return for example "2 March 2026" in the interface language."""
    from babel.dates import format_date  # noqa: PLC0415 - large; only a paper needs it

    return str(format_date(day, "long", locale=locale()))
