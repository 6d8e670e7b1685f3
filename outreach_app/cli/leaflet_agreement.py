"""What is said before a leaflet is printed: what the directory lacks, and that nobody has checked the words."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date

import click

from outreach_app.cli.errors import DraftNotAgreedError
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.making import PreparedLeaflet, prepare
from outreach_app.leaflets.needs import faults_before_printing
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.sheets import load_sheet
from outreach_app.leaflets.states import SheetState

_SAFER = ("pictograms", "bilingual")


def say_what_is_lacking(requests: Sequence[LeafletRequest], day: date) -> None:
    """Say on standard error what the directory lacks, each thing once."""
    sentences = [
        fault.sentence
        for each in requests
        for fault in faults_before_printing(load_sheet(each.sheet), help_lines(), day, each.region)
    ]
    for sentence in dict.fromkeys(sentences):
        click.echo(sentence, err=True)


def agree_to_drafts(requests: Sequence[LeafletRequest], day: date, *, agreed: bool) -> None:
    """Ask whether to print what nobody has checked, unless it was ``agreed`` to beforehand.

    Raises:
        KnownError: what ``make_leaflet`` raises but the room on the page.
        DraftNotAgreedError: there is nobody to ask.
        click.Abort: no.
    """
    sentences = _what_is_not_checked(requests, day)
    if not sentences:
        return
    for sentence in sentences:
        click.echo(sentence, err=True)
    if agreed:
        return
    if not sys.stdin.isatty():
        raise DraftNotAgreedError
    click.confirm(_("Print all the same?"), abort=True, err=True)


def _what_is_not_checked(requests: Sequence[LeafletRequest], day: date) -> list[str]:
    ready = [prepare(each, day) for each in requests]
    drafts = [text for each in ready for text, state in _texts_of(each) if state.unchecked]
    expired = [
        text for each in ready for text, state in _texts_of(each) if state.state == "expired" and text not in drafts
    ]
    sentences = []
    if drafts:
        sentence = _("Not checked yet by a person who speaks the language: {leaflets}. The paper says so.")
        sentences.append(sentence.format(leaflets=", ".join(dict.fromkeys(drafts))))
    if expired:
        sentence = _("Checked too long ago: {leaflets}. The paper says so.")
        sentences.append(sentence.format(leaflets=", ".join(dict.fromkeys(expired))))
    if sentences and any(each.form.id not in _SAFER for each in ready):
        sentences.append(_("Safer until then: --format pictograms, or --format bilingual."))
    return sentences


def _texts_of(ready: PreparedLeaflet) -> Iterator[tuple[str, SheetState]]:
    """Yield sheet and language of each text that stands on a leaflet, and how far it is."""
    wordings = [each for each in (ready.wording, ready.options.beside) if each]
    for wording, state in zip(wordings, ready.states, strict=True):
        yield f"{wording.sheet} ({wording.language.code})", state
