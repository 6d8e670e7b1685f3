"""Sentences about leaflets: how far a sheet is, how much paper it takes, what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.requests import LeafletRequest
from ui.models.leaflets import FormatChoice, Offer, Standing
from ui.widgets.date_words import short_date

STATE_ICONS = {"checked": "check", "draft": "draft", "expired": "clock", "absent": "minus"}
ENTRY_WORDS: Mapping[str, str] = {
    "controller": N_("a data contact"),
    "hotline": N_("the help line"),
    "meeting_place": N_("meeting places"),
    "clinic": N_("clinics"),
    "partner": N_("partner organisations"),
}

FORMAT_WORDS: Mapping[str, str] = {
    "a4": N_("A4"),
    "a5": N_("A5"),
    "a5_two_up": N_("Two A5 on A4"),
    "z_fold": N_("Folded"),
    "wallet": N_("Wallet cards"),
    "poster": N_("Poster"),
    "large_print": N_("Large print"),
    "pictograms": N_("Pictograms"),
    "bilingual": N_("Two languages"),
}
"""Names short enough for a small button; the format's own name says more."""


def format_words(form: FormatChoice) -> str:
    """Return the short name of a format."""
    return _(FORMAT_WORDS.get(form.code, form.name))


def leaflet_words(offer: Offer, wanted: LeafletRequest) -> str:
    """Return language, sheet, format and what goes with it in one line, for a list."""
    spoken, form = offer.languages.get(wanted.language), offer.formats.get(wanted.format)
    beside = offer.languages.get(wanted.beside)
    return " · ".join(filter(None, (
        isolated(spoken.own_name) if spoken else wanted.language,
        offer.sheet_name(wanted.sheet),
        format_words(form) if form else wanted.format,
        beside.names[0] if beside else "",
        _("cover") if wanted.cover else "",
        _("both sides") if wanted.duplex else "",
    )))  # fmt: skip


def state_words(standing: Standing) -> str:
    """Return how far a sheet is in a language, in a word or two."""
    if standing.state == "checked" and standing.checked_on is not None:
        return _("checked {date}").format(date=short_date(standing.checked_on))
    if standing.state == "absent" and standing.lacks:
        return _("needs {entry}").format(entry=entry_words(standing.lacks))
    words = {"checked": _("checked"), "draft": _("draft"), "expired": _("expired"), "absent": _("not written")}
    return words.get(standing.state, standing.state)


def why_absent(standing: Standing | None, language: str) -> str:
    """Return why a sheet is not printed in a language."""
    if standing is not None and standing.lacks:
        told = _("This sheet needs {entry}, and the directory has none. Ask the centre.")
        return told.format(entry=entry_words(standing.lacks))
    return _("This sheet is not written in {language} yet.").format(language=language)


def entry_words(entries: Iterable[str]) -> str:
    """Return entries of the directory in words; one that has none is shown as it is called."""
    return ", ".join(_(ENTRY_WORDS.get(entry, "")) or entry.replace("_", " ") for entry in entries)


def doubts_words(count: int) -> str:
    """Return how many things there are to know of the places and numbers on a sheet."""
    return ngettext("{count} thing to know first", "{count} things to know first", count).format(count=count)


def papers_words(copies: int, papers: int, *, cards: bool, come_out: int = 0) -> str:
    """Return for example ``15 cards: 2 sheets of paper; 20 come out``, which is said where it is more."""
    if cards:
        what = ngettext("{count} card", "{count} cards", copies).format(count=copies)
    else:
        what = ngettext("{count} copy", "{count} copies", copies).format(count=copies)
    paper = ngettext("{count} sheet of paper", "{count} sheets of paper", papers).format(count=papers)
    told = _("{what}: {paper}").format(what=what, paper=paper)
    more = ngettext("{count} comes out", "{count} come out", come_out).format(count=come_out)
    return f"{told}; {more}" if come_out > copies else told


def most_words(most: int) -> str:
    """Return that no more than this can be asked for."""
    return ngettext("{count} at once is the most.", "{count} at once are the most.", most).format(count=most)


def printed_words(copies: int, papers: int) -> str:
    """Return what went to the printer."""
    what = ngettext("{count} leaflet", "{count} leaflets", copies).format(count=copies)
    paper = ngettext("{count} sheet of paper", "{count} sheets of paper", papers).format(count=papers)
    return _("{what} went to the printer on {paper}.").format(what=what, paper=paper)


def made_words(done: int, total: int) -> str:
    """Return for example ``14 of 52 made``."""
    return ngettext("{done} of {total} leaflet made", "{done} of {total} leaflets made", total).format(
        done=done, total=total
    )
