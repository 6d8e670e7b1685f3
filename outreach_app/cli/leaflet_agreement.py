"""What is said before a leaflet is printed: what the directory lacks, and that nobody has checked the words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

import click

from outreach_app.cli.errors import DraftNotAgreedError
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.catalogue import standing
from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.languages import language_of
from outreach_app.leaflets.needs import faults_before_printing
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.sheets import load_sheet

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
    found = {state: [each for each in requests if _state(each, day) == state] for state in ("draft", "expired")}
    sentences = []
    if found["draft"]:
        sentence = _("Not checked yet by a person who speaks the language: {leaflets}. The paper says so.")
        sentences.append(sentence.format(leaflets=_named(found["draft"])))
    if found["expired"]:
        sentence = _("Checked too long ago: {leaflets}. The paper says so.")
        sentences.append(sentence.format(leaflets=_named(found["expired"])))
    if any(each.format not in _SAFER for unchecked in found.values() for each in unchecked):
        sentences.append(_("Safer until then: --format pictograms, or --format bilingual."))
    return sentences


def _state(request: LeafletRequest, day: date) -> str:
    return standing(load_sheet(request.sheet), language_of(request.language), day, help_lines()).state


def _named(requests: Sequence[LeafletRequest]) -> str:
    return ", ".join(dict.fromkeys(f"{each.sheet} ({each.language})" for each in requests))
