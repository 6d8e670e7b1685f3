"""What the record of use says in codes, in words: what was done, and what it was done to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.models.audit_details import detail_words
from ui.models.dates import day_in_words
from ui.models.rows import AuditRow, SubjectRow

ACTION_WORDS = {
    "unlocked": N_("unlocked"),
    "locked": N_("locked"),
    "wrong_tries": N_("wrong passphrase before this"),
    "read": N_("read"),
    "identity_read": N_("read who she is"),
    "changed": N_("changed"),
    "finished": N_("finished a note"),
    "amended": N_("amended a note"),
    "printed": N_("printed"),
    "exported": N_("took out as a file"),
    "enrolled": N_("enrolled with the centre"),
    "sealed": N_("sealed a batch"),
    "sent": N_("sent a batch"),
    "receipt": N_("took in a receipt"),
    "shed": N_("let go of what the centre has"),
    "expired": N_("let go of what was kept long enough"),
    "blanked": N_("blanked part of a note"),
    "erased": N_("erased a person"),
    "kept": N_("kept longer, with a reason"),
    "backup_made": N_("made a backup"),
    "restored": N_("put a backup in place"),
    "worker_added": N_("added a worker"),
    "worker_removed": N_("removed a worker"),
    "passphrase_changed": N_("changed a passphrase"),
    "key_file_set": N_("changed a key file"),
    "health_granted": N_("gave access to the health part"),
    "health_renewed": N_("renewed the key of the health part"),
    "recovery_set": N_("prepared recovery"),
    "recovery_requested": N_("asked for recovery"),
    "recovered": N_("recovered the vault"),
    "recovery_helped": N_("helped with a recovery"),
    "drill_passed": N_("tried recovery out"),
    "checked": N_("checked the vault"),
    "policy_set": N_("set how long things are kept"),
    "migrated": N_("brought the vault to a newer form"),
    "rekeyed": N_("gave the vault a new key"),
    "rebuilt": N_("rebuilt the vault"),
    "letter": N_("a letter of the centre"),
    "answered": N_("answered a batch"),
    "handed_again": N_("handed receipts out again"),
    "revoked": N_("revoked a laptop"),
    "sealing_key": N_("changed a sealing key"),
    "stepped_over": N_("stopped waiting for a batch"),
    "publishing": N_("published for the laptops"),
    "content_taken": N_("took in content of the centre"),
}
OF_SOMETHING_KEPT = frozenset({
    "read", "identity_read", "changed", "finished", "amended", "kept", "shed", "expired", "blanked", "erased",
})  # fmt: skip


def action_words(code: str) -> str:
    """Return what was done; a code of a newer version is shown as it is."""
    return _(ACTION_WORDS[code]) if code in ACTION_WORDS else code


def about_words(row: AuditRow, subject: SubjectRow | None, workers: Mapping[str, str], now: datetime) -> str:
    """Return what an entry is about: a note by its day, a person, place or worker by name; then what its codes say."""
    named = isolated(workers.get(row.subject, ""))
    if subject is not None:
        named = _subject_words(subject, now.date())
    elif row.subject and not named and row.action in OF_SOMETHING_KEPT:
        named = _("no longer here ({number})").format(number=row.subject[:6])
    return " · ".join(filter(None, (named, detail_words(row.action, row.detail, now.date(), now.tzinfo))))


def _subject_words(subject: SubjectRow, today: date) -> str:
    if subject.day is None:
        return isolated(subject.name)
    dated = {"tally": _("count of {day}"), "police_action": _("police action of {day}")}
    kind = dated.get(subject.kind, _("note of {day}"))
    return " · ".join(filter(None, (kind.format(day=day_in_words(subject.day, today)), isolated(subject.name))))
