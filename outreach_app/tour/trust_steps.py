"""The steps that show the vault can be trusted: a second worker comes and goes, a backup, the record, recovery."""

from __future__ import annotations

from pathlib import Path

from outreach_app.errors import KnownError
from outreach_app.practice.centre_process import CentreProcess
from outreach_app.program import Program
from outreach_app.services.recovering import RecoveryRequest
from outreach_app.services.session import Session
from outreach_app.tour.laptop import Laptop
from outreach_app.tour.report import Verifier
from outreach_app.vault.errors import WrongPassphraseError
from outreach_app.vault.passphrase import generate_passphrase

COLLEAGUE = "BN"


def share_laptop(verifier: Verifier, laptop: Laptop) -> None:
    """Add a second worker, let her in, and take her away again."""
    with verifier.step("workers", "Add a second worker, let her in, and take her way in away again"):
        hers = generate_passphrase()
        laptop.session.workers.add_worker(COLLEAGUE, "outreach", hers)
        laptop.close()
        second = laptop.program.unlock(hers)
        verifier.expect(second.worker.name == COLLEAGUE, "another worker came in")
        second.close()
        laptop.reopen()
        leaver = next(row for row in laptop.session.workers.list_workers() if row.name == COLLEAGUE)
        laptop.session.workers.remove_worker(leaver.id)
        laptop.close()
        verifier.expect(_is_refused(laptop.program, hers), "who left still comes in")
        laptop.reopen()


def back_up(verifier: Verifier, session: Session) -> None:
    """Make a backup that was read back, and follow the record of use from its beginning."""
    with verifier.step("backup", "Back the vault up, read the backup, and verify the record of use"):
        made = session.backing_up.backup_now()
        verifier.expect(session.backing_up.last_good() == made, "the backup is not the last good one")
        record = session.auditing.verify()
        verifier.expect(record.first_bad is None and record.entries > 0, "the record of use is not whole")
        verifier.detail(f"{record.entries} entries, whole and in order")


def recover(verifier: Verifier, laptop: Laptop, centre: CentreProcess, out: Path) -> None:
    """Rehearse recovery, forget the passphrase, and recover; a new passphrase opens the laptop afterwards."""
    folder, session = out / "recovery", laptop.session
    told = "Rehearse recovery, forget the passphrase, and recover it with two of three custodians"
    with verifier.step("recover", told):
        keys = _name_custodians(session, centre, folder)
        drill = session.recovering.begin_drill()
        session.recovering.finish_drill(_answers(verifier, centre, folder / "drill", drill, keys[:2]))
        verifier.expect(session.recovering.status().last_drill is not None, "the rehearsal was not noted")
        (own,) = (row.id for row in session.workers.list_workers() if row.own)
        laptop.close()
        fresh = generate_passphrase()
        asked = laptop.program.begin_recovery(own, fresh)
        reply = _answers(verifier, centre, folder / "recover", asked, keys[1:])
        laptop.use(laptop.program.finish_recovery(reply, fresh), fresh)
        verifier.expect(laptop.session.worker.id == own, "another worker came in")
        laptop.reopen()


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
