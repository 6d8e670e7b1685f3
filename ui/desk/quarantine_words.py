"""What to do about a line that was put aside, for each reason."""

from __future__ import annotations

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.wire.receipts import ReasonCode

_NOTHING = N_(
    "Nothing has to be done here. The receipt names this line to its laptop, and the note stays there. "
    "If lines of this laptop are put aside again and again, call its team: its program may be damaged."
)
_ADVICE = {
    ReasonCode.UNKNOWN_SCHEMA: N_("Install the newer program here. The note stays on its laptop meanwhile."),
    ReasonCode.SAME_VERSION_OTHER_CONTENT: N_(
        "Call its team: a laptop that goes on as it should never changes a version it has sent. "
        "It may have been copied, or an older copy was put back."
    ),
    ReasonCode.MORE_THAN_AGREED: N_(
        "Call its team: the note holds more than the person agreed to. Nothing of it was kept here."
    ),
    ReasonCode.GONE_BEFORE: N_("Nothing has to be done. It was erased or blanked before, and it stays away."),
}


def advice(reason: int, settled: str) -> str:
    """Return what to do about a line put aside for this reason."""
    if settled:
        return _("Nothing has to be done.")
    return _(_ADVICE.get(ReasonCode(reason), _NOTHING))
