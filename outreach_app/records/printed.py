"""How many leaflets came out of the printer (what was given stands in the notes)."""

from __future__ import annotations

from outreach_app.records.rows import Connection


def add_printed(db: Connection, row_id: str, sheet: str, language: str, form: str, copies: int, at: str) -> None:
    """Keep one print job."""
    db.execute(
        "INSERT INTO leaflets_printed(id, sheet, language, format, copies, printed_at) VALUES (?, ?, ?, ?, ?, ?)",
        (row_id, sheet, language, form, copies, at),
    )


def add_printed_once(
    db: Connection, row_id: str, sheet: str, language: str, form: str, copies: int, at: str
) -> None:
    """Keep one print job that may have been kept before."""
    if db.execute("SELECT 1 FROM leaflets_printed WHERE id = ?", (row_id,)).fetchone() is None:
        add_printed(db, row_id, sheet, language, form, copies, at)


def count_printed(db: Connection) -> dict[str, int]:
    """Return copies printed by language."""
    return dict(db.execute("SELECT language, sum(copies) FROM leaflets_printed GROUP BY language ORDER BY language"))


def recently_printed(db: Connection, most: int) -> tuple[tuple[str, str, str], ...]:
    """Return sheet, language and format of what was printed, each once, the latest first."""
    rows = db.execute(
        "SELECT sheet, language, format FROM leaflets_printed GROUP BY sheet, language, format"
        " ORDER BY max(printed_at) DESC, max(id) DESC LIMIT ?",
        (most,),
    )
    return tuple((str(sheet), str(language), str(form)) for sheet, language, form in rows)
