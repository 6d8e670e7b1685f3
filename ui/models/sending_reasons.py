"""Why the centre put a note aside or did not take a batch, and what to do about it, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

_AMEND = N_("Amend the note, one word is enough, and it goes again.")
_CALL = N_("Tell the centre the number of the batch; it can look.")
_NOTHING = N_("There is nothing to do.")
_AGAIN = N_("Its notes wait to be sealed again; send once more.")
REASONS: Mapping[int, tuple[str, str]] = {  # the codes of receipts, see docs/formats-sync.md
    1: (N_("the centre could not read it"), _CALL),
    2: (N_("the centre could not read it"), _CALL),
    3: (N_("the centre's program is older than this one"), _CALL),
    4: (N_("the centre has this version with other words"), _AMEND),
    5: (N_("it would have said more than she agreed to"), _CALL),
    6: (N_("it belongs to something the centre does not have yet"), _CALL),
    7: (N_("it was erased or blanked before; the centre does not keep it"), _NOTHING),
    20: (N_("the signature was wrong"), _CALL),
    21: (N_("the batch was damaged on its way"), _AGAIN),
    22: (N_("the centre no longer takes batches from this laptop"), N_("Call the centre.")),
    23: (N_("the number was taken: is there a copy of this laptop?"), N_("Call the centre.")),
    24: (N_("it did not follow the batch before: was an old backup brought back?"), N_("Call the centre.")),
    25: (N_("it was sealed for a key the centre has retired"), _AGAIN),
    26: (N_("this laptop had given it up"), _NOTHING),
}
_OTHER = (N_("the centre could not use it"), _CALL)


def reason_words(code: int) -> str:
    """Return why, as the end of a sentence."""
    return _(REASONS.get(code, _OTHER)[0])


def what_to_do(code: int) -> str:
    """Return what to do about it, as a sentence."""
    return _(REASONS.get(code, _OTHER)[1])
