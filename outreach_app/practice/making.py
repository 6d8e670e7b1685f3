"""Sets practice up: a centre, a vault that is enrolled there and marked for good, and fictional people in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from outreach_app.i18n import gettext as _
from outreach_app.practice.centre_process import CentreProcess
from outreach_app.practice.folder import PracticeFacts, PracticeFolder
from outreach_app.practice.people import MeetingFields, TourFields, load_people
from outreach_app.program import Program
from outreach_app.services.session import Session
from outreach_app.vault.passphrase import generate_passphrase

WORKER = "AM"
ROLE = "supervisor"  # so that every page can be tried
_STEPS = 4

Say = Callable[[str, int, int], None]


def make_practice(folder: PracticeFolder, program: Program, centre: CentreProcess | None = None, *, say: Say) -> None:
    """Make everything anew in a folder that is empty, or that holds practice already.

    Args:
        folder: where.
        program: of ``folder.vault``.
        centre: of ``folder.centre``; started through the command line when not given.
        say: told each step, its number, and how many there are.

    Raises:
        NotAPracticeFolderError: something else lies there. FolderNotWritableError, DiskFullError, CentreProcessError.
    """
    facts = PracticeFacts(generate_passphrase(), generate_passphrase())
    folder.begin(facts)
    desk = centre or CentreProcess(folder.centre, facts.centre_passphrase)
    say(_("Making a centre on this computer"), 1, _STEPS)
    desk.run("centre", "init", str(folder.centre))
    say(_("Making a vault"), 2, _STEPS)
    session = program.create_vault(facts.passphrase, worker_name=WORKER, role=ROLE)
    try:
        session.practising.mark_as_practice()
        say(_("Enrolling it at that centre"), 3, _STEPS)
        _enrol(folder, session, desk)
        say(_("Writing down fictional people"), 4, _STEPS)
        _record(session, load_people(), program.clock.local_now())
    finally:
        session.close()
    folder.keep(PracticeFacts(facts.passphrase, facts.centre_passphrase, ready=True))


def _enrol(folder: PracticeFolder, session: Session, centre: CentreProcess) -> None:
    request, reply = folder.root / "request.json", folder.root / "reply.json"
    request.write_bytes(session.enrolling.request().data)
    centre.run("enrol", "enrol", str(request), "--out", str(reply), "--json")
    session.enrolling.confirm(session.enrolling.accept(reply.read_bytes()))
    for file in (request, reply):
        file.unlink()


def _record(session: Session, people: TourFields, now: datetime) -> None:
    """Record everybody, as if the last of them had been met yesterday."""
    met = [datetime.fromisoformat(meeting.encounter["met_at"]) for meeting in people.encounters]
    later = timedelta(days=(now - max(met)).days - 1)
    for meeting in people.encounters:
        session.recording.record_encounter(_moved(meeting, later).as_json())
    for tally in people.tallies:
        moved = tally.as_tally()
        session.tallies.record_tally(replace(moved, shift_date=moved.shift_date + later))


def _moved(meeting: MeetingFields, later: timedelta) -> MeetingFields:
    """Return the meeting with its dates moved."""
    encounter = dict(meeting.encounter)
    encounter["met_at"] = (datetime.fromisoformat(encounter["met_at"]) + later).isoformat()
    if "follow_up" in encounter:
        due = datetime.fromisoformat(encounter["follow_up"]["due_on"]) + later
        encounter["follow_up"] = {**encounter["follow_up"], "due_on": due.date().isoformat()}
    return MeetingFields(meeting.title, meeting.expect, encounter)
