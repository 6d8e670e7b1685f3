"""The linkage code: a keyed code by which the centre counts a person once without her name.

HMAC-SHA-256 under the centre's linkage key over the facts she chose to give; the facts themselves never leave. Many
people give no true name or date: "not linkable" is its own number at the centre, never a guess.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from outreach_app.domain.contact import LinkageFacts

_RULE = b"outreach-linkage/1"


def linkage_code(facts: LinkageFacts, key: bytes) -> str:
    """Return 64 hexadecimal digits for the facts under the centre's linkage key."""
    parts = (_plain(facts.first_name_start), _plain(facts.last_name_start), facts.born_on.isoformat())
    return hmac.new(key, _RULE + b"\x1f" + "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def _plain(letters: str) -> str:
    """Return the letters without case and accents, so that two teams spell them alike."""
    folded = unicodedata.normalize("NFKC", letters).strip().casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")[:2]
