"""What the centre's commands print for people: figures as a plain table, batches as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.wire.receipts import ReasonCode

_FIGURES = ("encounters", "contacts", "uses", "tallies")
_REASONS = {
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


def count_lines(counted: Mapping[str, Any]) -> Iterator[str]:
    """Return the figures of ``centre count --json`` as lines of a table, with units below."""
    yield _("As of {day}, counted by rule {rule}. For the centre only, not for publication.").format(
        day=counted["as_of"], rule=counted["rule_version"]
    )
    heads = (_("month"), _("setting"), _("encounters"), _("contacts"), _("uses"), _("tallies"))
    rows = [(row["month"], row["setting"], *(row[figure] for figure in _FIGURES)) for row in counted["rows"]]
    totals = counted["totals"]
    yield from _table([heads, *rows, (_("all"), "", *(totals[figure] for figure in _FIGURES))])
    yield ""
    leaflets = [(row["month"], row["sheet"], row["language"], row["copies"]) for row in counted["leaflets"]]
    yield from _table([(_("month"), _("sheet"), _("language"), _("copies")), *leaflets])
    yield ""
    for name, unit in counted["units"].items():
        yield f"{name} ({totals[name]}): {_(unit)}"


def ingest_lines(numbers: Mapping[str, Any]) -> Iterator[str]:
    """Return what ``centre ingest --json`` says as sentences."""
    shown = {name: numbers[name] for name in ("ingested", "repeated", "records", "quarantined", "receipts")}
    yield _("Batches taken in: {ingested}; known before: {repeated}.").format(**shown)
    yield _("New records: {records}; put aside: {quarantined}.").format(**shown)
    yield _("Receipts handed back: {receipts}.").format(**shown)
    for one in numbers["not_ingested"]:
        reason = _REASONS.get(ReasonCode(one["reason"]), N_("was not taken in"))
        yield _("Batch {seq} of laptop {device} {reason}.").format(
            seq=one["seq"], device=one["device"] or "?", reason=_(reason)
        )
    for name in numbers["damaged"]:
        yield _("The file {name} is damaged; nothing of it was used. Ask its team to send to the stick again.").format(
            name=name
        )
    one_missing = _("Missing from {label} ({device}), epoch {epoch}: batch {first_missing}.")
    more_missing = _("Missing from {label} ({device}), epoch {epoch}: batches {first_missing} to {last_missing}.")
    for gap in numbers["gaps"]:
        sentence = one_missing if gap["first_missing"] == gap["last_missing"] else more_missing
        yield sentence.format(**{**gap, "label": shown_label(gap["label"])})


def shown_label(label: str) -> str:
    """Return a label made on a laptop without anything that a terminal would obey or turn round."""
    return "".join(c if c.isprintable() else "?" for c in label)


def _table(rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in texts) for place in range(len(texts[0]))]
    for row in texts:
        yield "  ".join(
            cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
