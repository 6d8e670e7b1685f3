"""The steps that show the vault can be trusted: a second worker comes and goes, a backup, the record, recovery."""

from __future__ import annotations

from pathlib import Path

from outreach_app.errors import KnownError
from outreach_app.program import Program
from outreach_app.services.recovering import RecoveryRequest
from outreach_app.services.session import Session
from outreach_app.tour.centre_process import CentreProcess
from outreach_app.tour.report import Verifier
from outreach_app.vault.errors import WrongPassphraseError
from outreach_app.vault.passphrase import generate_passphrase

COLLEAGUE = "BN"


def share_laptop(verifier: Verifier, program: Program, session: Session, passphrase: str) -> Session:
    """Add a second worker, let her in, take her away again; return the session of the first."""
    with verifier.step("workers", "Add a second worker, let her in, and take her way in away again"):
        hers = generate_passphrase()
        session.workers.add_worker(COLLEAGUE, "outreach", hers)
        session.close()
        second = program.unlock(hers)
        verifier.expect(second.worker.name == COLLEAGUE, "another worker came in")
        second.close()
        session = program.unlock(passphrase)
        leaver = next(row for row in session.workers.list_workers() if row.name == COLLEAGUE)
        session.workers.remove_worker(leaver.id)
        session.close()
        verifier.expect(_is_refused(program, hers), "who left still comes in")
        return program.unlock(passphrase)


def back_up(verifier: Verifier, session: Session) -> None:
    """Make a backup that was read back, and follow the record of use from its beginning."""
    with verifier.step("backup", "Back the vault up, read the backup, and verify the record of use"):
        made = session.backing_up.backup_now()
        verifier.expect(session.backing_up.last_good() == made, "the backup is not the last good one")
        record = session.auditing.verify()
        verifier.expect(record.first_bad is None and record.entries > 0, "the record of use is not whole")
        verifier.detail(f"{record.entries} entries, whole and in order")


def recover(verifier: Verifier, program: Program, session: Session, centre: CentreProcess, out: Path) -> str:
    """Rehearse recovery, forget the passphrase, and recover; close the session and return the new passphrase."""
    folder = out / "recovery"
    told = "Rehearse recovery, forget the passphrase, and recover it with two of three custodians"
    with verifier.step("recover", told):
        keys = _name_custodians(session, centre, folder)
        drill = session.recovering.begin_drill()
        session.recovering.finish_drill(_answers(verifier, centre, folder / "drill", drill, keys[:2]))
        verifier.expect(session.recovering.status().last_drill is not None, "the rehearsal was not noted")
        (own,) = (row.id for row in session.workers.list_workers() if row.own)
        session.close()
        fresh = generate_passphrase()
        asked = program.begin_recovery(own, fresh)
        reply = _answers(verifier, centre, folder / "recover", asked, keys[1:])
        opened = program.finish_recovery(reply, fresh)
        verifier.expect(opened.worker.id == own, "another worker came in")
        opened.close()
    return fresh


def _is_refused(program: Program, passphrase: str) -> bool:
    try:
        program.unlock(passphrase).close()
    except WrongPassphraseError:
        return True
    except KnownError:
        return False
    return False


def _name_custodians(session: Session, centre: CentreProcess, folder: Path) -> list[tuple[Path, str]]:
    """Make the three custodians' keys and give the laptop their list; return key files with their passphrases."""
    folder.mkdir()
    made = centre.run("custodians", "custodians", "init", str(folder / "keys"), "--generate")["custodians"]
    centre.run("custodians", "custodians", "publish", str(folder / "custodians.json"), is_json=False)
    session.recovering.take_custodians((folder / "custodians.json").read_bytes())
    return [(Path(row["file"]), row["passphrase"]) for row in made]


def _answers(
    verifier: Verifier, centre: CentreProcess, stem: Path, request: RecoveryRequest, keys: list[tuple[Path, str]]
) -> bytes:
    """Let custodians answer one after the other, six words compared each time, and return the reply."""
    file, reply = stem.with_suffix(".json"), stem.with_suffix(".reply.json")
    file.write_bytes(request.document)
    for key, passphrase in keys:
        answer = centre.run(
            "recover", "recover", str(file), str(reply), "--key", str(key), "--words", request.words, "--json",
            typed=passphrase + "\n",
        )  # fmt: skip
        verifier.expect(answer["words"] == request.words, "the words of the request differ")
    return reply.read_bytes()
