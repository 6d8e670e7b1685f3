"""Why things stay, when they leave, what was erased or blanked, and how far the centre follows, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.erasing import REASONS, Confirmation, Departure
from outreach_app.domain.keeping import CONTACT
from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from ui.models.codes import RECIPIENT_WORDS, consent_words
from ui.models.dates import day_in_words

HELD_WORDS = {
    "follow_up_open": N_("follow-up open"),
    "referral_open": N_("referral open"),
    "deadline_open": N_("pathway or a date open"),
    "plan_open": N_("a step of the plan open"),
    "stay_open": N_("a stay at a shelter open"),
    "draft_open": N_("a draft is open"),
    "kept": N_("kept with a reason"),
    "unsent": N_("not sent yet"),
    "unconfirmed": N_("not confirmed by the centre yet"),
    "put_aside": N_("put aside by the centre"),
    "health_part": N_("has a health part, which never leaves"),
    "others_facts": N_("has facts about others, which never leave"),
    "interview_here": N_("the basis for her interview is here only"),
    "goals_here": N_("the goals of her plan are here only"),
}
REASON_WORDS = {
    "asked": N_("She asked for it"),
    "withdrawn": N_("She took her consent back"),
    "mistake": N_("It should not have been written"),
    "ordered": N_("An authority ordered it"),
}
MENTION_WORDS = {
    "contacts": N_("a short name"),
    "identities": N_("who somebody says she is"),
    "aliases": N_("a further name"),
    "shelter_stays": N_("a stay at a shelter"),
    "consents": N_("a consent"),
    "referrals": N_("a referral"),
    "referral_steps": N_("a referral"),
    "interview_bases": N_("the basis for an interview"),
    "contact_persons": N_("a contact person"),
    "plans": N_("a plan"),
    "plan_steps": N_("a plan"),
    "decisions": N_("a decision"),
    "letter_dates": N_("a date from a letter"),
    "dates_near": N_("a date put off"),
    "third_parties": N_("facts about others"),
    "reviews": N_("a remark in review"),
    "follow_ups": N_("a follow-up"),
    "kept_notes": N_("why a note is kept"),
    "regroupings": N_("names put together or apart"),
    "places": N_("a place"),
    "police_actions": N_("a police action"),
    "drafts": N_("a draft"),
}
DONE_WORDS = {
    "contact": N_("A person erased, {day}"),
    "words": N_("Words blanked, {day}"),
    "merge": N_("Two contacts merged, {day}"),
    "apart": N_("A merge taken back, {day}"),
    "split": N_("Notes split off, {day}"),
    "withdrawal": N_("A consent taken back, {day}"),
}
FOLLOWED_WORDS = {
    "waiting": N_("the centre hears of it with the next batch"),
    "sent": N_("the centre was told"),
    "confirmed": N_("confirmed by the centre"),
    "put_aside": N_("the centre could not follow by itself; call it"),
}
RECORD_WORDS = {
    "tally": N_("only a count"),
    "coded": N_("a coded row"),
    "note": N_("a note without identity"),
    "referral": N_("a note with identity"),
}


def held_reason(code: str) -> str:
    """Return why a note is held."""
    return _(HELD_WORDS[code]) if code in HELD_WORDS else code


def held_line(held: Sequence[tuple[str, int]]) -> str:
    """Return for example "4 held: follow-up open (3), not sent yet (1)"; empty where nothing is held."""
    total = sum(count for _code, count in held)
    if not total:
        return ""
    why = ", ".join(
        held_reason(code) if len(held) == 1 else f"{held_reason(code)} ({count})" for code, count in held
    )
    return ngettext("{count} held: {why}", "{count} held: {why}", total).format(count=total, why=why)


def people_line(people: Sequence[tuple[str, int]]) -> str:
    """Return who stays without notes and why; empty where nobody does."""
    total = sum(count for _code, count in people)
    if not total:
        return ""
    why = ", ".join(f"{held_reason(code)} ({count})" for code, count in people)
    told = ngettext("{count} person stays without notes: {why}.", "{count} people stay without notes: {why}.", total)
    return told.format(count=total, why=why)


def reason_choices() -> tuple[tuple[str, str], ...]:
    """Return the reasons for erasing or blanking, as codes with their words."""
    return tuple((code, _(REASON_WORDS[code])) for code in REASONS)


def reason_words(code: str) -> str:
    """Return a reason for erasing or blanking."""
    return _(REASON_WORDS[code]) if code in REASON_WORDS else code


def mention_words(where: str, name: str) -> str:
    """Return where a name stands besides notes: "a plan, Red jacket"."""
    what = _(MENTION_WORDS[where]) if where in MENTION_WORDS else where
    return ", ".join(filter(None, (what, isolated(name))))


def departure_words(left: Departure, today: date, zone: tzinfo | None) -> str:
    """Return what left, when and to whom: "a coded row, Tue 3 Mar, to the centre, in batch 4"."""
    what = _(RECORD_WORDS[left.kind]) if left.kind in RECORD_WORDS else left.kind
    whom = _("to the centre")
    if left.recipient:
        name = _(RECIPIENT_WORDS[left.recipient]) if left.recipient in RECIPIENT_WORDS else left.recipient
        whom = _("to the centre, for {recipient}").format(recipient=name)
    if left.left_at is None:
        return _("{what}, sealed in batch {number} and given up before it left").format(what=what, number=left.batch)
    day = day_in_words(left.left_at.astimezone(zone).date(), today)
    return _("{what}, {day}, {whom}, in batch {number}").format(what=what, day=day, whom=whom, number=left.batch)


def departures_in_words(left: Iterable[Departure], today: date, zone: tzinfo | None) -> tuple[str, ...]:
    """Return what left, the same said once with how often."""
    counted = Counter(departure_words(each, today, zone) for each in left)
    return tuple(
        told if count == 1 else _("{what} ({count} times)").format(what=told, count=count)
        for told, count in counted.items()
    )


def confirmation_title(row: Confirmation, today: date, zone: tzinfo | None) -> str:
    """Return what was done and when: "A person erased, Tue 3 Mar · She asked for it"."""
    day = day_in_words(row.made_at.astimezone(zone).date(), today)
    return " · ".join(filter(None, (_(DONE_WORDS[row.kind]).format(day=day), reason_words(row.reason))))


def confirmation_words(row: Confirmation, today: date, zone: tzinfo | None) -> str:
    """Return how far the centre has followed."""
    if row.state == "confirmed" and row.confirmed_at is not None:
        day = day_in_words(row.confirmed_at.astimezone(zone).date(), today)
        return _("The centre's confirmation came {day}.").format(day=day)
    sentences = {
        "nothing_left": _("Nothing had left this laptop, so the centre has nothing to confirm."),
        "waiting": _("The centre's confirmation is awaited; it is told with the next batch."),
        "sent": _("The centre was told; its confirmation is awaited."),
        "put_aside": _("The centre could not follow by itself. Call it."),
        "confirmed": _("The centre has confirmed it."),
    }
    return sentences.get(row.state, row.state)


def followed_words(state: str) -> str:
    """Return in a few words how far the centre has followed; empty where it had nothing to follow."""
    return _(FOLLOWED_WORDS[state]) if state in FOLLOWED_WORDS else ""


def policy_lines(shed_after_days: int, expire_after_days: Mapping[str, int]) -> tuple[str, ...]:
    """Return the days that were set, one sentence each."""
    days = shed_after_days
    shed = ngettext(
        "What the centre has confirmed in full may leave {count} day after its receipt.",
        "What the centre has confirmed in full may leave {count} days after its receipt.", days,
    ).format(count=days)  # fmt: skip
    kinds = tuple(
        ngettext("{kind}: leaves after {count} day.", "{kind}: leaves after {count} days.", most).format(
            kind=kind_words(kind), count=most
        )
        for kind, most in expire_after_days.items()
    )
    return (shed, *(kinds or (_("No end is set for any kind of note, so nothing expires."),)))


def kind_words(kind: str) -> str:
    """Return a kind of which a retention can be set: a consent level, or contacts without notes."""
    return _("Contacts without notes") if kind == CONTACT else consent_words(ConsentLevel(kind))


def holding_line(notes: int, oldest_days: int | None, held: Sequence[tuple[str, int]]) -> str:
    """Return for example "23 notes, oldest 9 days; 4 held: follow-up open"."""
    if not notes:
        return _("This laptop holds no notes.")
    count = ngettext("{count} note", "{count} notes", notes).format(count=notes)
    oldest = ngettext("oldest {count} day", "oldest {count} days", oldest_days or 0).format(count=oldest_days)
    first = f"{count}, {oldest if oldest_days else _('all from today')}"
    return "; ".join(filter(None, (first, held_line(held)))) + "."


def leaving_progress(phase: str, done: int, total: int) -> str:
    """Return how far the work behind a shedding, expiry, blanking or erasure is."""
    percent = 100 * done // total if total else 0
    if phase == "backing_up":
        return _("{percent} % of a fresh backup made; older ones go").format(percent=percent)
    return _("{percent} % written anew without it").format(percent=percent)
