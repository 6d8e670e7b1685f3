"""The published lists as fixtures, so that tests can hold the shipped catalogues against them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


def read_facts(name: str) -> dict[str, Any]:
    """Return the facts file ``name`` (without its ending)."""
    facts: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return facts
