"""What she took back does not leave again by amending or finishing a note of that day or of one before."""

from __future__ import annotations

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.errors import ConsentTakenBackError
from outreach_app.records import consents
from outreach_app.records.rows import Connection


def check_not_taken_back(db: Connection, content: Encounter) -> None:
    """Refuse a level that sends words to somebody from whom she took it back on the note's day or later.

    The centre of CMM gets the words of every note that has any. A consent given anew lets them leave again.

    Raises:
        ConsentTakenBackError: the newest consent for a recipient of this note was taken back.
    """
    if content.contact_id is None or content.consent not in {ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL}:
        return
    recipients = {"cmm", content.recipient if content.consent is ConsentLevel.REFERRAL else "cmm"}
    hers = consents.list_consents(db, content.contact_id)
    for recipient in recipients:
        newest = next((one for one in hers if one.recipient == recipient and not one.doubtful), None)
        if newest and newest.withdrawn_on and newest.withdrawn_on >= content.shift_date:
            raise ConsentTakenBackError
