"""Notes that were sealed as another person's: given up where nobody has confirmed them, and sent again as hers.

Without this the centre would erase the last copy of a note with somebody else, and a name could leave with a note that
is not about its bearer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from outreach_app.domain.encounter import Encounter
from outreach_app.i18n import gettext as _
from outreach_app.records import batches, encounters, reviews
from outreach_app.services.giving_up import give_up_batches
from outreach_app.services.parts import Parts
from outreach_app.services.superseding import supersede_with
from outreach_app.services.waiting_records import note_record, waiting_notes
from outreach_app.wire.batch_records import digest_of
from outreach_app.wire.receipts import ReasonCode


def send_again(parts: Parts, note_ids: Iterable[str], since: datetime | None = None) -> None:
    """Let notes that were sealed go again as they stand now; inside the transaction that put them elsewhere.

    A version that was sealed is superseded by one of the same words, so that it is not shed before the centre has it
    under the right person. Nothing new is said: no review holds it back.

    Args:
        parts: what services work with.
        note_ids: the notes; what was never sealed is left alone.
        since: only what was sealed from this instant on; whatever was sealed where it is None.
    """
    db, sealed = parts.vault.connection, dict[str, set[int]]()
    for note_id in note_ids:
        for batch, version, _outcome in batches.list_batches_of(db, note_id):
            if since is None or batch.sealed_at >= since:
                sealed.setdefault(note_id, set()).add(version)
    give_up_batches(parts, set(sealed))
    for note_id, versions in sealed.items():
        if encounters.find_note(db, note_id).version in versions:
            supersede_with(parts, note_id, _as_it_stands, _("Put with another contact"))
            reviews.keep_reviewed(db, note_id)


def supersede_changed(parts: Parts, linkage_key: bytes) -> None:
    """Give a new version to each waiting note of which the same version was sealed before with something else in it.

    A batch that was given up may have been taken in all the same, and what is held under a version never changes: the
    centre would put the second one aside. A place's code, a name or whose note it is may have changed in between. A
    vault that was put back from a backup does not know what it had sealed: the centre says so by putting it aside.
    """
    with parts.vault.read() as db:
        before = batches.list_unbatched_digests(db)
        waiting = set(waiting_notes(parts)) if before else set()
        changed = [
            note_id for note_id, digest in before.items()
            if note_id in waiting and digest_of(note_record(parts, note_id, linkage_key)) != digest
        ]  # fmt: skip
        changed += batches.list_put_aside(db, str(int(ReasonCode.SAME_VERSION_OTHER_CONTENT)))
    if not changed:
        return
    with parts.vault.transaction() as db:
        for note_id in changed:
            supersede_with(parts, note_id, _as_it_stands, _("Sent again as it stands now"))
            reviews.keep_reviewed(db, note_id)


def _as_it_stands(content: Encounter) -> Encounter:
    return content
