"""How far a note is on its way to the centre: a few words, a whole sentence with dates, steps, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.models.dates import day_in_words
from ui.models.note_words import handed_over_words
from ui.models.sending_reasons import reason_words, what_to_do
from ui.widgets.timeline import Step

if TYPE_CHECKING:
    from ui.models.rows import JourneyRow

STATE_WORDS: Mapping[str, str] = {
    "held": N_("waits for review"),
    "waiting": N_("waits to be sent"),
    "again": N_("waits to be sent again"),
    "sealed": N_("sealed, still here"),
    "sent": N_("handed over"),
    "stored": N_("stored at the centre"),
    "counted": N_("counted"),
    "put_aside": N_("put aside at the centre"),
}
TONES: Mapping[str, str] = {"counted": "calm", "put_aside": "notice", "again": "notice"}


def state_in_words(row: JourneyRow, today: date, zone: tzinfo | None) -> str:
    """Return where it is, with the day it got there, for a list."""
    at = {"sealed": row.sealed_at, "sent": row.sent_at, "stored": row.stored_at, "counted": row.ingested_at,
          "put_aside": row.ingested_at}.get(row.state)  # fmt: skip
    words = handed_over_words(row.road) if row.state == "sent" else _(STATE_WORDS[row.state])
    return " ".join(filter(None, (words, _day(at, today, zone))))


def story(row: JourneyRow, today: date, zone: tzinfo | None) -> str:
    """Return the whole way as one sentence, each step with its day."""
    told = [_("{step} {day}").format(step=step.name, day=step.when) for step in journey_steps(row, today, zone)]
    told += [_(STATE_WORDS[row.state])] if row.state in {"held", "waiting", "again"} else []
    sentence = ", ".join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def journey_steps(row: JourneyRow, today: date, zone: tzinfo | None) -> tuple[Step, ...]:
    """Return the steps reached so far: written, reviewed, sealed, handed over, stored, counted or put aside."""
    sealed = _("sealed in batch {number}").format(number=row.batch)
    last = ("put_aside", "notice") if row.state == "put_aside" else ("counted", "calm")
    reached = (
        (_("finished") if row.version == 1 else _("amended"), row.written_at, "accent"),
        (_("reviewed"), row.reviewed_at, "accent"),
        (_refusal(row.refused), row.refused_at, "notice"),
        (sealed, row.sealed_at, "accent"),
        (handed_over_words(row.road), row.sent_at, "accent"),
        (_(STATE_WORDS["stored"]), row.stored_at, "accent"),
        (_(STATE_WORDS[last[0]]), row.ingested_at, last[1]),
    )
    return tuple(Step(name, _day(at, today, zone), tone) for name, at, tone in reached if at is not None)


def advice(row: JourneyRow) -> str:
    """Return what there is to do about it, or nothing."""
    if row.state == "put_aside":
        because = _("The centre put it aside: {reason}.").format(reason=reason_words(row.reason))
        return " ".join((because, what_to_do(row.reason)))
    sentences = {
        "held": _("A supervisor looks at it first, on the page Review."),
        "again": _("Nothing is lost. It goes with the next run."),
        "sent": _("On the stick it is not at the centre yet. When the stick comes back, send by it once more.")
        if row.road == "stick" else _("The next run asks whether it arrived."),
        "sealed": _("It is packed for the centre and still only here."),
        "stored": _("The mailbox has it sealed and cannot read it. Counted is what the centre says next."),
    }  # fmt: skip
    return sentences.get(row.state, "")


def _refusal(kind: str) -> str:
    if kind == "reseal":
        return _("batch sent back to be sealed anew")
    return _("batch given up here") if kind == "voided" else _("batch not accepted")


def _day(moment: datetime | None, today: date, zone: tzinfo | None) -> str:
    return "" if moment is None else day_in_words(moment.astimezone(zone).date(), today)
