"""What the desk says to people about batches and laptops: one sentence for each code, for terminal and window alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from outreach_app.centre.desk.collecting import Collected
from outreach_app.centre.desk.ingestion import Outcome
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from outreach_app.wire.receipts import ReasonCode

DIGITS = 8  # of a laptop's number, in lists
_BATCH_REASONS = {
    ReasonCode.NONE: N_("waits for the ones before it"),
    ReasonCode.UNKNOWN_SCHEMA: N_("was made by a newer program; install the newer one here"),
    ReasonCode.SIGNATURE_WRONG: N_("was not signed by a laptop that is enrolled; nothing of it was used"),
    ReasonCode.BATCH_DAMAGED: N_("is damaged or gone; the laptop will send its notes again"),
    ReasonCode.DEVICE_REVOKED: N_("comes from a laptop that was revoked"),
    ReasonCode.NUMBER_TAKEN: N_("has a number that is taken: the laptop was copied or restored; call its team"),
    ReasonCode.CHAIN_BROKEN: N_("does not follow the one before: the laptop was copied or restored; call its team"),
    ReasonCode.GIVEN_UP: N_("was given up by its laptop, which sends the notes again in a later one"),
    ReasonCode.KEY_RETIRED: N_("was sealed for another key; the laptop will seal its notes again"),
}
_ALARMS = {
    "step_not_grown": N_("its vault went back, or stood still: an older copy may be in use"),
    "other_chain": N_("its vault goes on in two ways: it may have been copied"),
    "epoch_before": N_("a batch from before its restore came late: by a stick on its way, or an older copy is in use"),
    "audit_shorter": N_("its record of use became shorter"),
    "audit_rewritten": N_("its record of use was changed afterwards"),
}


_RECORD_REASONS = {
    ReasonCode.NOT_JSON: N_("not readable"),
    ReasonCode.WRONG_SHAPE: N_("not a record this program knows"),
    ReasonCode.UNKNOWN_SCHEMA: N_("made by a newer program"),
    ReasonCode.SAME_VERSION_OTHER_CONTENT: N_("this version came before with other content"),
    ReasonCode.MORE_THAN_AGREED: N_("holds more than was agreed to"),
    ReasonCode.UNKNOWN_REFERENCE: N_("refers to something that is not here"),
    ReasonCode.GONE_BEFORE: N_("was erased or blanked before; it is not taken again"),
}
_SETTLED = {
    "taken_in": N_("settled: a later version was taken in"),
    "erased": N_("settled: it was erased since"),
    "": N_("open: it stays on its laptop"),
}


def record_reason(code: int) -> str:
    """Return why a single line of a batch was put aside."""
    return _(_RECORD_REASONS.get(ReasonCode(code), N_("another fault, or it belongs to another laptop")))


def settled_words(settled: str) -> str:
    """Return what became of a line that was put aside; see ``quarantine.PutAside``."""
    return _(_SETTLED[settled])


def batch_reason(code: int) -> str:
    """Return why a batch was not taken in, as the end of a sentence that begins with the batch."""
    return _(_BATCH_REASONS.get(ReasonCode(code), N_("was not taken in")))


def alarm_words(kind: str) -> str:
    """Return what does not fit about a laptop, as the end of a sentence."""
    return _(_ALARMS[kind])


def ingest_numbers(collected: Collected, damaged: Sequence[str] = ()) -> dict[str, Any]:
    """Return what a round of taking in gave, as ``centre ingest --json`` says it; ``damaged`` are files of a stick."""
    others = [
        one for one in collected.taken
        if one.outcome not in {Outcome.INGESTED, Outcome.REPEATED} and one not in collected.at_mailbox
    ]  # fmt: skip
    return {
        **{outcome.value: collected.number_of(outcome) for outcome in Outcome},
        "records": collected.new_records,
        "quarantined": collected.quarantined,
        "receipts": collected.receipts,
        "letters": collected.letters,
        "new_key": collected.new_key,
        "gaps": msgspec.to_builtins(collected.gaps),
        "not_ingested": msgspec.to_builtins(others),
        "damaged": list(damaged),
        "at_mailbox": msgspec.to_builtins(collected.at_mailbox),
        "owed": collected.owed,
        "put_back": collected.put_back,
        "packs_problem": "" if collected.packs_problem is None else collected.packs_problem.sentence(),
    }


def ingest_lines(numbers: Mapping[str, Any]) -> Iterator[str]:
    """Return what ``centre ingest --json`` says as sentences."""
    shown = {name: numbers[name] for name in ("ingested", "repeated", "records", "quarantined", "receipts")}
    yield _("Batches taken in: {ingested}; known before: {repeated}.").format(**shown)
    yield _("New records: {records}; put aside: {quarantined}.").format(**shown)
    yield _("Receipts handed back: {receipts}.").format(**shown)
    for one in numbers["not_ingested"]:
        yield _("Batch {seq} of laptop {device} {reason}.").format(
            seq=one["seq"], device=short_number(one["device"]) or "?", reason=batch_reason(one["reason"])
        )
    yield from _mailbox_lines(numbers)
    for name in numbers["damaged"]:
        yield _("The file {name} is damaged; nothing of it was used. Ask its team to send to the stick again.").format(
            name=name
        )
    for gap in numbers["gaps"]:
        yield missing_line(gap)
    if numbers["gaps"]:
        yield missing_advice()
    if numbers["packs_problem"]:
        yield _("What is published was not handed out.") + " " + numbers["packs_problem"]
    if numbers["new_key"]:
        yield new_key_words(numbers["new_key"])


def _mailbox_lines(numbers: Mapping[str, Any]) -> Iterator[str]:
    """Return what is wrong with the mailbox itself, and how it becomes well again."""
    for one in numbers["at_mailbox"]:
        yield _(
            "Batch {seq} of laptop {device} is damaged at the mailbox. Nothing of it was used, and each round tries it "
            "again. Put the mailbox back from its backup, or ask the laptop's team to send it by stick."
        ).format(seq=one["seq"], device=short_number(one["device"]))
    if numbers["owed"]:
        yield ngettext(
            "{count} receipt waits here: the mailbox no longer has its batch. It goes when the laptop has sent again.",
            "{count} receipts wait here: the mailbox no longer has their batches. They go when the laptops have sent "
            "again.",
            numbers["owed"],
        ).format(count=numbers["owed"])
    if numbers["put_back"]:
        yield _("The mailbox was put back from a backup. Its whole list was read again.")


def new_key_words(task: str) -> str:
    """Return what is to do about the sealing key; see ``key_rotation.Rotation.task``."""
    if task == "waits":
        return _("A new sealing key was made. Publish it, so that laptops seal for it: centre publish.")
    return _("The sealing key is more than a month old. Make a new one with centre keys rotate, then publish it.")


def missing_line(gap: Mapping[str, Any]) -> str:
    """Return which batches of a laptop are missing, as a sentence; ``gap`` has the fields of ``batch_rows.Gap``."""
    first, last = gap["first_missing"], batch_number(gap["last_missing"], gap["epoch"])
    values = {"label": shown_label(gap["label"]), "number": short_number(gap["device"]), "first": first, "last": last}
    if first == gap["last_missing"]:
        return _("Missing from {label} ({number}): batch {last}.").format(**values)
    return _("Missing from {label} ({number}): batches {first} to {last}.").format(**values)


def missing_advice() -> str:
    """Return what is to do about missing batches; the same wherever they are spoken of."""
    return _(
        "A letter asks the laptop to send again what is missing. If it has not come after some days, call its team."
    )


def batch_number(seq: int, epoch: int) -> str:
    """Return a batch's number as people say it: a laptop that was restored counts from one again."""
    return str(seq) if epoch < 2 else _("{number} after restore {times}").format(number=seq, times=epoch - 1)


def gap_line(gap: Mapping[str, Any]) -> str:
    """Return what is missing with the numbers that ``centre gaps void`` takes."""
    one_missing = _("Missing from {label} ({device}), epoch {epoch}: batch {first_missing}.")
    more_missing = _("Missing from {label} ({device}), epoch {epoch}: batches {first_missing} to {last_missing}.")
    sentence = one_missing if gap["first_missing"] == gap["last_missing"] else more_missing
    return sentence.format(**{**gap, "label": shown_label(gap["label"])})


def short_number(device: str) -> str:
    """Return the first eight digits of a laptop's number, which tell it from others in lists."""
    return device[:DIGITS]


def named(label: str, device: str) -> str:
    """Return a laptop's name with its number in lists: two may be called the same."""
    return f"{shown_label(label)} · {short_number(device)}"


def shown_label(label: str) -> str:
    """Return a label made on a laptop without anything that a terminal would obey or turn round."""
    return "".join(c if c.isprintable() else "?" for c in label)
