"""What is prepared and published, in plain words for custodians, at the terminal and in the window, and as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from outreach_app.centre.desk.publishing_state import Draft, Publication, Publishing
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

_CHANGES = {"new": N_("new"), "changed": N_("changed"), "removed": N_("removed")}


class Dates(NamedTuple):
    """How a moment and a day are written: 2026-03-02 at the terminal, in words in the window."""

    moment: Callable[[datetime], str]
    day: Callable[[datetime], str]


def _plain(moment: datetime) -> str:
    return str(moment.date())


PLAIN = Dates(_plain, _plain)


def change_lines(draft: Draft, dates: Dates = PLAIN, *, is_first: bool = False) -> Iterator[str]:
    """Give the sentences a custodian reads before signing, without the files. Numbers are whole, to be compared.

    At the very first publication no key is new to anybody, and no files were published before.
    """
    yield _("Number {number}, prepared {when}; {content}; good until {day}.").format(
        number=draft.number, when=dates.moment(draft.prepared_at),
        content=content_words(draft.content_number, draft.returns_to), day=dates.day(draft.good_until),
    )  # fmt: skip
    if not draft.files and not is_first:
        yield _("The files are those that are published now.")
    if is_first:
        yield _("The centre's keys, for laptops to seal for.")
    elif draft.new_sealing_key:
        yield _("A new sealing key: {id}").format(id=draft.new_sealing_key)
    for device in draft.revoked:
        yield _("Laptop {device} is named as revoked.").format(device=device)
    if draft.other_keys:
        yield _("A key of the mailbox or the desk, or the mailbox's address, changes.")


def signature_words(draft: Draft) -> str:
    """Return how many custodians have signed."""
    if draft.complete:
        return _("Two custodians have signed. It can be published.")
    if draft.signed_by:
        return _("Custodian {place} has signed, 1 of 2. A second custodian must sign.").format(place=draft.signed_by[0])
    return _("Nobody has signed yet, 0 of 2. What stands here is what a custodian signs.")


def content_words(number: int | None, returns_to: int | None) -> str:
    """Return which content pack it is."""
    if number is None:
        return _("keys only, no content")
    if returns_to is not None:
        said = _("texts, lists and help lines number {number}, which return to {before}")
        return said.format(number=number, before=returns_to)
    return _("texts, lists and help lines number {number}").format(number=number)


def publication_name(one: Publication, *, in_force: bool) -> str:
    """Return what a publication is called in a list."""
    return (_("Number {number}, in force") if in_force else _("Number {number}")).format(number=one.number)


def publication_words(one: Publication, dates: Dates = PLAIN) -> str:
    """Return when it was published, with what, how long it holds, and who signed."""
    parts = [
        _("published {when}").format(when=dates.moment(one.published_at)),
        content_words(one.content_number, one.returns_to),
        _("good until {day}").format(day=dates.day(one.good_until)),
        _("signed by custodians {places}").format(places=", ".join(map(str, one.signed_by))),
    ]
    return " · ".join(parts)


def draft_lines(draft: Draft, *, is_first: bool = False) -> Iterator[str]:
    """Give what is prepared as the terminal says it: each file by its name."""
    yield from change_lines(draft, is_first=is_first)
    for file in draft.files:
        yield f"  {_(_CHANGES[file.change])}: {file.name}"
    yield from signing_lines(draft)


def signing_lines(draft: Draft) -> Iterator[str]:
    """Give how far the signing is, and what comes after it."""
    yield signature_words(draft)
    if draft.complete:
        yield _("Publish it with centre publish finish.")


def publishing_lines(state: Publishing) -> Iterator[str]:
    """Give how publishing stands, newest first."""
    if state.root == 0:
        yield _("No custodian can publish yet. Make their keys with centre custodians init.")
    if state.draft is not None:
        yield from draft_lines(state.draft, is_first=not state.history)
    if not state.history:
        yield _("Nothing has been published yet.")
    for place, one in enumerate(state.history):
        yield f"{publication_name(one, in_force=place == 0)} · {publication_words(one)}"
    if state.fresh_until is not None:
        yield _("Laptops call it up to date until {day}; each ingest puts that off.").format(
            day=state.fresh_until.date()
        )
    if state.root_until is not None:
        yield _("The custodians' keys are good until {day}; replace them before that.").format(
            day=state.root_until.date()
        )


def draft_numbers(draft: Draft) -> dict[str, object]:
    """Return what is prepared as JSON has it."""
    return {
        **{name: msgspec.to_builtins(getattr(draft, name)) for name in Draft.__slots__},
        "complete": draft.complete,
    }


def publishing_numbers(state: Publishing) -> dict[str, object]:
    """Return how publishing stands as JSON has it."""
    return {
        "root": state.root,
        "root_until": msgspec.to_builtins(state.root_until),
        "draft": None if state.draft is None else draft_numbers(state.draft),
        "history": msgspec.to_builtins(state.history),
        "fresh_until": msgspec.to_builtins(state.fresh_until),
    }
