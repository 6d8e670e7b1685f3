"""The small codes behind an entry of the record of use (which batch, which kind, by which road) in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo

from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from ui.models.codes import language_name
from ui.models.dates import moment_in_words
from ui.models.keeping_words import reason_words
from ui.models.note_words import road_words, sending_words

_BY_CENTRE = ":centre"
DETAIL_WORDS = {
    "trust": N_("whose signatures count"),
    "trust:by_hand": N_("whose signatures count, by a file and its six words"),
    "contact": N_("the contact itself"),
    "identity": N_("who she is"),
    "linkage": N_("facts for counting her once"),
    "identity:gone": N_("who she is, taken away"),
    "linkage:gone": N_("facts for counting her once, taken away"),
    "name": N_("the short name"),
    "alias": N_("another name"),
    "alias:gone": N_("another name taken away"),
    "merged": N_("kept with another contact"),
    "split": N_("notes split off"),
    "apart": N_("stands apart again"),
    "different": N_("told apart from somebody"),
    "different:back": N_("told apart no longer"),
    "third_party": N_("about other people"),
    "third_party:gone": N_("about other people, taken away"),
    "stay": N_("a stay at a shelter"),
    "stay:gone": N_("a stay taken away"),
    "own_data": N_("all that is kept about her"),
    "place": N_("the place itself"),
    "place:visit": N_("somebody went there"),
    "tally": N_("a count"),
    "tally:back": N_("a count taken back"),
    "police_action": N_("a police action"),
    "police_action:back": N_("a police action taken back"),
    "check_in": N_("a time to call in"),
    "check_in:done": N_("called in"),
    "let_go": N_("kept no longer"),
    "consent": N_("what she agreed to"),
    "consent:withdrawn": N_("what she agreed to was taken back"),
    "referral": N_("a referral was made"),
    "referral:received": N_("a referral was received"),
    "referral:accepted": N_("a referral was accepted"),
    "referral:declined": N_("a referral was declined"),
    "referral:withdrawn": N_("a referral was withdrawn"),
    "referral:closed": N_("a referral was closed"),
    "referral:taken_back": N_("the last state of a referral was taken back"),
    "plan": N_("her plan"),
    "contact_person": N_("who stands by her"),
    "interview": N_("the basis for the interview"),
    "interview_paper": N_("the basis for the interview, on paper"),
    "plan_paper": N_("her plan, on paper"),
    "review:reviewed": N_("reviewed"),
    "review:returned": N_("returned with a remark"),
    "review:taken_back": N_("a review taken back"),
    "gap": N_("which batches never came"),
    "figures": N_("figures of the team"),
    "figures:outside": N_("figures, without small groups"),
    "figures:team": N_("figures with small groups, for the team"),
    "follow_up:closed": N_("follow-up done"),
    "follow_up:open": N_("follow-up open again"),
    "follow_up:snoozed": N_("follow-up put off"),
    "follow_up:woken": N_("follow-up put off no longer"),
    "kept_search": N_("a kept search"),
    "kept_search:dropped": N_("a kept search dropped"),
    "requested": N_("the request was made"),
    "accepted": N_("the reply was taken"),
    "whole": N_("all was well"),
    "damaged": N_("damage was found"),
    "drill": N_("rehearsal"),
    "failed": N_("it failed"),
    "mailbox": N_("the mailbox's address"),
    "certificates": N_("the mailbox's certificates"),
    "certificates:none": N_("the mailbox's certificates taken away"),
    "shed_after_days": N_("how long confirmed notes stay"),
    "expire_after_days": N_("how long each kind stays"),
    "review_before_sending": N_("review before sending"),
    "sending_weekday": N_("the day to send"),
    "pathway": N_("her pathway"),
    "pathway:closed": N_("pathway closed"),
    "pathway:open": N_("pathway open again"),
    "letter_date": N_("a date from a letter"),
    "letter_date:dropped": N_("a date from a letter taken away"),
    "decision": N_("a decision"),
    "decision:taken_back": N_("a decision taken back"),
    "decision:restored": N_("a decision put back"),
    "date:done": N_("a date dealt with"),
    "date:open": N_("a date open again"),
    "date:snoozed": N_("a date put off"),
    "date:woken": N_("a date put off no longer"),
}
_BATCH = re.compile(r"\d+\.(?P<number>\d+):(?P<rest>[a-z0-9_]+)")
_PRINTED = re.compile(r"(?P<sheet>[a-z0-9_]+),(?P<language>[A-Za-z-]+),(?P<form>[a-z0-9_]+):(?P<copies>\d+)")
_BACKUP = re.compile(r"(?P<at>\d{8}T\d{6}Z)")


def detail_words(action: str, detail: str, today: date, zone: tzinfo | None) -> str:
    """Return the words for an entry's detail; a code of a newer version is shown as it is."""
    if detail.endswith(_BY_CENTRE):
        named = _words_of(action, detail.removesuffix(_BY_CENTRE), today, zone)
        return _("{what}, by the centre").format(what=named)
    return _words_of(action, detail, today, zone)


def _words_of(action: str, detail: str, today: date, zone: tzinfo | None) -> str:
    if detail in DETAIL_WORDS:
        return _(DETAIL_WORDS[detail])
    if action == "erased":
        return reason_words(detail)
    if found := _BATCH.fullmatch(detail):
        return _batch_words(action, int(found["number"]), found["rest"])
    if action == "printed" and (found := _PRINTED.fullmatch(detail)):
        copies = int(found["copies"])
        told = ngettext("{count} copy", "{count} copies", copies).format(count=copies)
        return " · ".join((language_name(found["language"]), told))
    if action in {"backup_made", "restored"} and (found := _BACKUP.match(detail)):
        made = datetime.strptime(found["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return _("backup of {when}").format(when=moment_in_words(made.astimezone(zone), today))
    return detail


def _batch_words(action: str, number: int, rest: str) -> str:
    batch = _("batch {number}").format(number=number)
    if action == "sealed" and rest.isdigit():
        records = int(rest)
        return " · ".join((batch, ngettext("{count} record", "{count} records", records).format(count=records)))
    return " · ".join((batch, road_words(rest) if action == "sent" else sending_words(rest)))
