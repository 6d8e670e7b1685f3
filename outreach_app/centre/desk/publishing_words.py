"""What is prepared and published, in plain words for custodians, and as numbers for programs."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from outreach_app.centre.desk.publishing_state import Draft, Publication, Publishing
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

_CHANGES = {"new": N_("new"), "changed": N_("changed"), "removed": N_("no longer in it")}


def draft_lines(draft: Draft) -> Iterator[str]:
    """Give the sentences a custodian reads before signing."""
    yield _("Prepared: number {number}.").format(number=draft.number)
    if draft.returns_to is not None:
        yield _("It goes back to the texts and lists of number {number}.").format(number=draft.returns_to)
    for file in draft.files:
        yield _("  {file}: {change}").format(file=file.name, change=_(_CHANGES[file.change]))
    if draft.new_sealing_key:
        yield _("Laptops will seal for a new key of the centre: {key}.").format(key=draft.new_sealing_key)
    for device in draft.revoked:
        yield _("Laptop {device} is named as revoked.").format(device=device)
    if draft.other_keys:
        yield _("The mailbox's address, or a key of mailbox or desk, is another than before.")
    if not (draft.files or draft.new_sealing_key or draft.revoked or draft.other_keys):
        yield _("Nothing in it is other than before; it will be good for longer.")
    yield _("Good until {day}.").format(day=draft.good_until.date())
    yield _signed(draft.signed_by, complete=draft.complete)


def publishing_lines(state: Publishing) -> Iterator[str]:
    """Give how publishing stands, newest first."""
    if state.root == 0:
        yield _("No custodian can publish yet. Make their keys with centre custodians init.")
    if state.draft is not None:
        yield from draft_lines(state.draft)
    if not state.history:
        yield _("Nothing has been published yet.")
    for publication in state.history:
        yield _publication(publication)
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


def _publication(one: Publication) -> str:
    values = {
        "number": one.number, "day": one.published_at.date(), "good": one.good_until.date(),
        "custodians": ", ".join(map(str, one.signed_by)),
    }  # fmt: skip
    if one.returns_to is not None:
        sentence = _(
            "Number {number}, published {day}, back to the texts of number {earlier}, good until {good}, "
            "signed by custodians {custodians}"
        )
        return sentence.format(earlier=one.returns_to, **values)
    sentence = _("Number {number}, published {day}, good until {good}, signed by custodians {custodians}")
    return sentence.format(**values)


def _signed(places: tuple[int, ...], *, complete: bool) -> str:
    custodians = ", ".join(map(str, places))
    if complete:
        return _("Signed by custodians {custodians}. It can be published: centre publish finish.").format(
            custodians=custodians
        )
    if places:
        return _("Signed by custodian {custodian}. A second one must sign, too.").format(custodian=custodians)
    return _("Nobody has signed it yet. Two custodians must.")
