"""What ``centre count`` prints for people: figures as a plain table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from outreach_app.i18n import gettext as _

_FIGURES = ("encounters", "contacts", "uses", "tallies")


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


def _table(rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in texts) for place in range(len(texts[0]))]
    for row in texts:
        yield "  ".join(
            cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
