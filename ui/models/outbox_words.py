"""What waits, what is under way and when the centre counted last, in sentences; and the last run by each road."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from outreach_app.domain.consent import ConsentLevel
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from ui.models.codes import CONSENT_MEANINGS, CONSENT_WORDS
from ui.models.dates import day_in_words, moment_in_words
from ui.models.note_words import road_words

if TYPE_CHECKING:
    from outreach_app.services.sending import OutboxSummary
    from outreach_app.services.sending_states import UnderWay
    from ui.models.rows import ContactRow

GROUP_WORDS: Mapping[str, tuple[str, str]] = {
    "coded": (CONSENT_WORDS[ConsentLevel.CODED], CONSENT_MEANINGS[ConsentLevel.CODED]),
    "follow_up": (CONSENT_WORDS[ConsentLevel.FOLLOW_UP], CONSENT_MEANINGS[ConsentLevel.FOLLOW_UP]),
    "referral": (CONSENT_WORDS[ConsentLevel.REFERRAL], CONSENT_MEANINGS[ConsentLevel.REFERRAL]),
    "counts": (N_("Counts"), N_("Numbers of a day by setting and region; nothing about anyone.")),
    "notices": (N_("Messages"), N_("What was erased, blanked, taken back or put together. They name no one.")),
}
ROADS = ("network", "stick")


def group_counts(outbox: OutboxSummary) -> Mapping[str, int]:
    """Return how much of each group leaves next."""
    levels = outbox.by_level
    return {
        "coded": levels.get(ConsentLevel.CODED, 0),
        "follow_up": levels.get(ConsentLevel.FOLLOW_UP, 0),
        "referral": levels.get(ConsentLevel.REFERRAL, 0),
        "counts": outbox.tallies + levels.get(ConsentLevel.WRITE_NOTHING, 0),
        "notices": outbox.notices,
    }


def held_back_words(count: int) -> str:
    """Return how many notes wait for a supervisor, or nothing."""
    told = ngettext("{count} note waits for review first.", "{count} notes wait for review first.", count)
    return told.format(count=count) if count else ""


def under_way_words(under_way: UnderWay) -> str:
    """Return what is still under way and where, or nothing."""
    here = ngettext(
        "{count} batch is sealed and still only on this laptop. Send again.",
        "{count} batches are sealed and still only on this laptop. Send again.", under_way.still_here,
    )  # fmt: skip
    stick = ngettext(
        "{count} batch is on a stick. When the stick comes back, send by it once more.",
        "{count} batches are on a stick. When the stick comes back, send by it once more.", under_way.on_stick,
    )  # fmt: skip
    told = ngettext(
        "{count} batch is under way and not counted yet. Sending once more asks how far it is.",
        "{count} batches are under way and not counted yet. Sending once more asks how far they are.",
        under_way.batches,
    )
    said = ((here, under_way.still_here), (stick, under_way.on_stick), (told, under_way.batches))
    return " ".join(sentence.format(count=count) for sentence, count in said if count)


def nothing_words(outbox: OutboxSummary, under_way: UnderWay, now: datetime) -> tuple[str, str]:
    """Return a heading and a sentence where nothing new waits, empty ones otherwise."""
    if outbox.total:
        return "", ""
    if under_way.open:
        return _("Nothing new waits."), under_way_words(under_way)
    if under_way.put_aside:
        return _("Nothing new waits."), ""
    if under_way.counted_at is None:
        return _("Nothing waits."), _("What you finish appears here, with what exactly would leave.")
    day = day_in_words(under_way.counted_at.astimezone(now.tzinfo).date(), now.date())
    everything = _("Everything that may leave was counted. The centre's last receipt: {day}.").format(day=day)
    return _("Nothing to do."), everything


def put_aside_words(under_way: UnderWay) -> str:
    """Return how many notes the centre put aside, or nothing."""
    count = under_way.put_aside
    told = ngettext(
        "The centre put {count} note aside and did not count it.",
        "The centre put {count} notes aside and did not count them.", count,
    )  # fmt: skip
    return told.format(count=count) if count else ""


def contact_words(contacts: Mapping[str, ContactRow], now: datetime) -> str:
    """Return the last run by each road, as one line."""
    return " · ".join(
        _("{road}: {when}").format(road=road_name(road), when=last_run(contacts.get(road), now))
        for road in ROADS
    )


def road_name(road: str) -> str:
    """Return the name of a road as the beginning of a line."""
    name = road_words(road)
    return f"{name[:1].upper()}{name[1:]}"


def last_run(contact: ContactRow | None, now: datetime) -> str:
    """Return when a road was last taken and whether that run came to its end."""
    if contact is None:
        return _("never")
    tried = moment_in_words(contact.tried_at.astimezone(now.tzinfo), now.date())
    if not contact.stopped_by:
        return _("{when}, finished").format(when=tried)
    if contact.done_at is None:
        return _("{when}, interrupted").format(when=tried)
    done = day_in_words(contact.done_at.astimezone(now.tzinfo).date(), now.date())
    return _("{when}, interrupted; last finished {day}").format(when=tried, day=done)
