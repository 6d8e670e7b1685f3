"""Writes docs/data-map.md: every field this program keeps or sends, what for, how long, who reads it, if it leaves.

    python -m tools.data_map write    bring the document up to date
    python -m tools.data_map check    fail where a field has no words, or words have no field

The fields come from the program itself (tools/data_fields.py); the words from tools/data_map.toml, where a controller
also fills in the legal basis.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from tools.data_fields import Fields, all_fields

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "tools" / "data_map.toml"
DOCUMENT = ROOT / "docs" / "data-map.md"
FACTS = ("about", "legal_basis", "kept", "read", "leaves")
HEAD = ("field", "what for", "about", "legal basis", "kept", "who can read it", "leaves the laptop")
_NOBODY, _NO_BASIS, _OPEN = "nobody", "–", "to be filled in by the controller"

Words = dict[str, Any]


@click.command()
@click.argument("action", type=click.Choice(["write", "check"]))
def main(action: str) -> None:
    """Write the document, or check that it is up to date and leaves no field out."""
    words, fields = read_words(), all_fields()
    wrong = [*gaps(words, fields), *unknown_words(words)]
    if wrong:
        click.echo("\n".join(wrong), err=True)
        sys.exit(1)
    text = document(words, fields)
    if action == "write":
        DOCUMENT.write_text(text, encoding="utf-8")
    elif DOCUMENT.read_text(encoding="utf-8") != text:
        click.echo("docs/data-map.md is not up to date: python -m tools.data_map write", err=True)
        sys.exit(1)


def read_words() -> Words:
    """Return what people wrote about the fields."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def gaps(words: Words, fields: Fields) -> list[str]:
    """Return a line for each field without words, and for each that has words but is not there."""
    told = {name for section in fields for name in _named(section, _told_tables(words, section))}
    there = {name for section, tables in fields.items() for name in _named(section, tables)}
    return [
        *(f"{name}: a field without words in tools/data_map.toml" for name in sorted(there - told)),
        *(f"{name}: words in tools/data_map.toml for a field that is not there" for name in sorted(told - there)),
    ]


def unknown_words(words: Words) -> list[str]:
    """Return a line for each fact that uses a word not explained in the part ``words``."""
    used = ((place, facts_of(words, *place)) for place in _places(words))
    return [
        f"{'.'.join(place)}: no such word for {name}: {facts[name]!r}"
        for place, facts in used
        for name in FACTS
        if facts[name] not in words["words"][name]
    ]


def facts_of(words: Words, section: str, table: str, field: str) -> dict[str, str]:
    """Return purpose and facts of a field: its own, else its table's, else its section's."""
    part = words[section]
    own = part[table]["fields"][field]
    given = own if isinstance(own, dict) else {"purpose": own}
    levels = (given, part[table], part)
    facts = {name: next((str(level[name]) for level in levels if name in level), "") for name in ("purpose", *FACTS)}
    if not facts["legal_basis"]:
        facts["legal_basis"] = _NO_BASIS if facts["about"] == _NOBODY else _OPEN
    return facts


def document(words: Words, fields: Fields) -> str:
    """Return the whole document."""
    lines = [*words["head"].strip().splitlines(), "", "## What the words mean", ""]
    for name, title in zip(FACTS, HEAD[2:], strict=True):
        lines += [f"- **{title}**", *_explained(words["words"][name])]
    for section, tables in fields.items():
        part = words[section]
        lines += ["", f"## {part['title']}", "", *part["text"].strip().splitlines()]
        for table, names in tables.items():
            lines += ["", f"### {table}", "", part[table]["text"], ""]
            lines += [_row(HEAD), _row(["---"] * len(HEAD))]
            lines += [_field_row(words, section, table, field) for field in names]
    return "\n".join(lines) + "\n"


def _explained(meanings: Mapping[str, str]) -> Iterator[str]:
    return (f"  - *{word}*: {meaning}" if meaning else f"  - *{word}*" for word, meaning in meanings.items())


def _field_row(words: Words, section: str, table: str, field: str) -> str:
    facts = facts_of(words, section, table, field)
    return _row([f"`{field}`", facts["purpose"], *(facts[name] for name in FACTS)])


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _told_tables(words: Words, section: str) -> dict[str, list[str]]:
    part = words.get(section, {})
    return {name: list(table["fields"]) for name, table in part.items() if isinstance(table, dict)}


def _named(section: str, tables: Mapping[str, list[str]]) -> Iterator[str]:
    return (f"{section}.{table}.{field}" for table, names in tables.items() for field in names)


def _places(words: Words) -> Iterator[tuple[str, str, str]]:
    for section in words:
        if section not in {"head", "words"}:
            for table, names in _told_tables(words, section).items():
                yield from ((section, table, field) for field in names)


if __name__ == "__main__":
    main()
