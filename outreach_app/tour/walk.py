"""The tour from the first step to the last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from outreach_app.clock import SystemClock
from outreach_app.practice.centre_process import CentreProcess
from outreach_app.practice.people import load_people
from outreach_app.program import Program
from outreach_app.tour import laptop_steps, sending_steps, trust_steps
from outreach_app.tour.laptop import Laptop
from outreach_app.tour.report import Report, Verifier
from outreach_app.tour.screens import grab_screens
from outreach_app.vault.passphrase import generate_passphrase
from outreach_app.wire.strict import write_json

REPORT = "report.json"


def walk(out: Path, say: Callable[[str], None]) -> Report:
    """Walk through the whole main job in the empty folder ``out`` and write ``out/report.json``.

    Raises:
        StepNotVerifiedError, CentreProcessError: a step did not read back as it was done; what was made stays.
    """
    report = Report()
    verifier = Verifier(report, SystemClock(), say)
    program = Program(out / "laptop" / "vault")
    passphrase = laptop_steps.create_vault(verifier, program)
    centre = CentreProcess(out / "centre", generate_passphrase())
    laptop = Laptop(program, passphrase)
    try:
        sending_steps.start_centre(verifier, centre)
        sending_steps.enrol_laptop(verifier, laptop.session, centre, out)
        _record_and_send(verifier, laptop, centre, out)
        trust_steps.share_laptop(verifier, laptop)
        trust_steps.back_up(verifier, laptop.session)
        before = laptop.session.encounters.list_encounters()
        trust_steps.recover(verifier, laptop, centre, out)
        verifier.expect(laptop.session.encounters.list_encounters() == before, "a note changed over the recovery")
        verifier.expect(laptop.session.check() == (), "the vault is not whole")
    finally:
        laptop.close()
        centre.stop()
    grab_screens(verifier, program.folder, laptop.passphrase, out)
    (out / REPORT).write_bytes(write_json(report) + b"\n")
    return report


def _record_and_send(verifier: Verifier, laptop: Laptop, centre: CentreProcess, out: Path) -> None:
    """Record, lock, read back, print, send and count."""
    people = load_people()
    recorded = laptop_steps.record_people(verifier, laptop.session, people)
    before = laptop.session.encounters.list_encounters()
    laptop.reopen()
    session = laptop.session
    laptop_steps.read_back(verifier, session, before)
    laptop_steps.search_notes(verifier, session, people)
    laptop_steps.assess_people(verifier, session, recorded, laptop.program)
    laptop_steps.print_leaflets(verifier, out, laptop.program.clock.local_now().date())
    sending_steps.send_by_network(verifier, session, centre)
    sending_steps.send_by_stick(verifier, session, centre, out)
    sending_steps.count_receipts(verifier, session)
    sending_steps.count_at_centre(verifier, session, centre, recorded)
