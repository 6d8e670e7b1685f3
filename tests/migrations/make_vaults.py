"""Makes the vaults of one released schema, with rows in every table, for tests/migrations/vaults/schema-NNNN.

Run once by each release that has new tables, from its own checkout:

    python -m tests.migrations.make_vaults tests/migrations/vaults/schema-NNNN

The people are fictional, the passphrases stand in tests/support, the key derivation is the cheapest allowed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.collecting import collect_from_mailbox
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.gaps import step_over
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.letters import write_letters
from outreach_app.centre.desk.mailbox_places import Seen, keep_seen
from outreach_app.content import NOTHING, use_content
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import CardAnswers, FollowUp, HealthBlock
from outreach_app.domain.tally import Tally
from outreach_app.errors import CancelledError
from outreach_app.program import Program
from outreach_app.services.pack_checks import check_pack
from outreach_app.services.session import Session
from outreach_app.sync.instants import write_instant
from outreach_app.sync.letters import make_letter
from outreach_app.sync.sealing import SealedBatch
from outreach_app.vault.open_vault import OpenVault
from outreach_app.wire.batch_records import (
    ApartRecord,
    BatchRecord,
    BlankingRecord,
    ErasureRecord,
    MergeRecord,
    RecordVersion,
    SplitRecord,
    StandingRecord,
)
from outreach_app.wire.letters import Letter, MissingNumbers
from outreach_app.wire.mailbox_config import BatchListing
from tests.migrations.people_of_vaults import SIGN, record_people
from tests.support import desk as desks
from tests.support.centre_box import CentreBox, enrol
from tests.support.clock import FakeClock
from tests.support.content_packs import published, small_pack
from tests.support.custodians import CUSTODIANS
from tests.support.ids import CountingIds
from tests.support.packs import PUBLISHED_AT
from tests.support.publishing import FILES, PackBox, make_custodians, publish
from tests.support.sending import fetch, send
from tests.support.sessions import WORKER_NAME, met
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP
from tests.support.vaults import CHEAP_COST, PASSPHRASE


def main() -> None:
    """Make both vaults in the folder that is named, and write down what is in them."""
    target = Path(sys.argv[1])
    make_laptop(target / "laptop")
    make_desk(target / "centre")


def make_laptop(folder: Path) -> None:
    """Make a laptop of a health worker that has sent, been answered, and goes on."""
    clock = FakeClock()
    program = Program(folder, clock=clock, ids=CountingIds(1), cost=CHEAP_COST)
    session = program.create_vault(PASSPHRASE, worker_name=WORKER_NAME, role="health")
    box = enrol(session, custodians=[keys.public for keys in CUSTODIANS])
    record_shift(session)
    send(session, box)
    box.ingest()
    fetch(session, box)
    clock.advance(86_400)
    record_next_shift(session, box)
    erase_someone(session, box)
    record_people(session, box, clock.now())
    session.recovering.begin_drill()
    hear_of_the_centre(session, box)
    write_contents(session._vault, folder)
    session.close()
    tidy(folder)


def record_shift(session: Session) -> None:
    """Fill every table that a worker fills by hand."""
    contact = session.contacts.record_contact("Red jacket")
    session.contacts.record_identity(contact.id, Identity("Anna Eksempel", "wants help"))
    session.contacts.record_linkage(contact.id, LinkageFacts("An", "Ek", date(1999, 1, 2)))
    place = session.places.record_place("ST-1", "street", "syddanmark", warning="not alone")
    finished = session.encounters.finish_encounter(
        met(
            "She laughed about the rain กินยาแล้ว", contact_id=contact.id, place_id=place.id,
            consent=ConsentLevel.REFERRAL, recipient="cmm", follow_up=FollowUp(date(2026, 3, 9), "call"),
            health=HealthBlock(check=True, words="a cough"), leaflets=(), help_given=("talk",),
        )
    )  # fmt: skip
    assert finished.id is not None
    session.encounters.amend_encounter(finished.id, met("It was hail", contact_id=contact.id), "misheard")
    session.encounters.finish_encounter(met("Waits for the bus", consent=ConsentLevel.CODED))
    session.tallies.record_tally(Tally(date(2026, 3, 2), "street", "syddanmark", "women", 3, {"ro": 2}, ("talk",)))
    session.printing.count_printed("where_to_get_help", "th", "a4", 10)


def record_next_shift(session: Session, box: CentreBox) -> None:
    """Leave something of each kind unsent: a finished note, a draft, a batch that waits for its answer."""
    session.encounters.finish_encounter(met("A second evening", consent=ConsentLevel.FOLLOW_UP))
    send(session, box)
    session.encounters.finish_encounter(
        met(
            "Not sent yet", languages=("ro",), answers={SIGN: "told"}, sign_words={SIGN: "in a drawer"},
            traits=("threatened_afraid",), cards=CardAnswers("ro", draft=True, answers={"pain": "no"}),
        )
    )  # fmt: skip
    session.drafts.keep_draft("d" * 32, {"note": "half", "health": {"words": "half"}}, page="encounter", cursor=4)


def erase_someone(session: Session, box: CentreBox) -> None:
    """Erase a contact whose note had left, and stop before old pages and backups have followed."""
    contact = session.contacts.record_contact("Green scarf")
    session.encounters.finish_encounter(met("Asked to be forgotten", contact_id=contact.id))
    send(session, box)
    session.keeping.keep_with_reason(session.encounters.list_encounters()[-1].id, "a case is open")
    stop = Event()
    stop.set()
    with suppress(CancelledError):
        session.erasing.erase_contact(contact.id, "asked", cancel=stop)


def hear_of_the_centre(session: Session, box: CentreBox) -> None:
    """Take a content pack with the centre's keys, and a letter about a batch that never came."""
    content = small_pack()
    session.packs.take(published(content), check_pack(content))
    use_content(NOTHING)
    missing = MissingNumbers(epoch=1, first_missing=1, last_missing=1, waiting=1)
    letter = Letter(
        kind="gap", device=session.enrolling.state().device, number=1, issued_at=write_instant(PUBLISHED_AT),
        gaps=(missing,),
    )  # fmt: skip
    session.letters.take(make_letter(letter, device=box.receiving, issuer=CENTRE.desk))


class Mailbox(PackBox):
    """A mailbox that holds one batch."""

    def __init__(self, batch: SealedBatch) -> None:
        super().__init__()
        self._batch = batch

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        """List the batch once."""
        header = self._batch.header
        listing = BatchListing(
            number=1, sha512=self._batch.sha512, device=header.device, epoch=header.epoch, seq=header.seq,
            size=len(self._batch.data),
        )  # fmt: skip
        return () if after else (listing,)

    def get_batch(self, sha512: str) -> bytes:
        """Hand it out."""
        assert sha512 == self._batch.sha512
        return self._batch.data

    def put_receipt(self, receipt: bytes) -> None:
        """Take the answer."""
        assert receipt

    def put_letter(self, letter: bytes) -> None:
        """Take what the desk writes."""
        assert letter


def make_desk(centre: Path) -> None:
    """Make a desk with two laptops, one of them revoked, batches of every fate and a record put aside."""
    with desks.make_desk(centre) as desk:
        facts.keep_mailbox_address(desk, "https://mailbox.example")
        desks.enrol(desk, LAPTOP)
        desks.enrol(desk, OTHER_LAPTOP)
        laptop, copy = desks.sender(desk, LAPTOP), desks.sender(desk, LAPTOP)
        publish(desk, make_custodians(desk, centre / "keys"), FILES)
        first = laptop.seal(desks.tally(1), desks.coded(2), desks.note(3), desks.referral(4), b'{"kind":"unknown"}')
        collect_from_mailbox(desk, Mailbox(first), name="mailbox")
        take_in(desk, copy.seal(desks.coded(9)).data)
        take_in(desk, laptop.seal(desks.note(3, version=2)).data)
        take_in(desk, laptop.seal(*notices(), standing(90, 10)).data)
        take_in(desk, laptop.seal(desks.coded(7), standing(91, 9)).data)
        lost = laptop.seal(desks.coded(8)).header
        take_in(desk, laptop.seal(desks.coded(10)).data)
        step_over(desk, LAPTOP.device, lost.epoch, lost.seq, "stick_lost")
        laptop.seal(desks.coded(5))
        take_in(desk, laptop.seal(desks.coded(6)).data)
        keep_seen(desk, "mailbox", [Seen(damaged_at_the_mailbox(), readable=False)])
        write_letters(desk)
        revoke_device(desk, OTHER_LAPTOP.device)
        write_contents(desk.vault, centre)
    shutil.rmtree(centre / "keys")
    tidy(centre / "desk")


def damaged_at_the_mailbox() -> BatchListing:
    """Return a batch as the mailbox lists it that it cannot give whole."""
    return BatchListing(number=9, sha512="9" * 128, device=LAPTOP.device, epoch=1, seq=99, size=10)


def notices() -> tuple[BatchRecord, ...]:
    """Return what takes a contact and some words out of the register, and says who is who."""
    one, two = desks.record_id(1_000_002), desks.record_id(1_000_004)
    moved = RecordVersion(id=desks.record_id(4), version=1)
    head: dict[str, Any] = {"version": 1, "worker": desks.WORKER}
    return (
        ErasureRecord(id=desks.record_id(50), contact=desks.record_id(77), records=[desks.record_id(78)], **head),
        BlankingRecord(id=desks.record_id(51), record=desks.record_id(3), floor=2, **head),
        MergeRecord(id=desks.record_id(52), contact=one, into=two, **head),
        SplitRecord(id=desks.record_id(53), contact=two, made=one, through=[moved], **head),
        ApartRecord(id=desks.record_id(54), merge=desks.record_id(55), contact=one, into=two, **head),
    )


def standing(number: int, step: int) -> StandingRecord:
    """Return where the laptop's vault says that it stands."""
    return StandingRecord(
        id=desks.record_id(number), version=1, worker=desks.WORKER, epoch=1, step=step, head=f"{step:064x}",
        audit_entries=step, audit_head=f"{step:064x}",
    )  # fmt: skip


def write_contents(vault: OpenVault, folder: Path) -> None:
    """Write every row of every table beside the vault; of blobs their SHA-256, texts and numbers as they are."""
    found = {name: rows_of(vault, name) for name in tables_of(vault)}
    empty = [name for name, rows in found.items() if not rows]
    if empty:
        raise SystemExit(f"no row in {', '.join(empty)}: give each table one")
    words = json.dumps({"schema": vault.schema_version, "tables": found}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder.parent / f"{folder.name}.json").write_text(words + "\n", encoding="utf-8")


def tables_of(vault: OpenVault) -> list[str]:
    """Return the tables of the records; the engine's own and the index's inner ones have tests of their own."""
    names = vault.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    return [name for (name,) in names if not name.startswith(("sqlite_", "note_words", "vault_", "audit"))]


def rows_of(vault: OpenVault, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table, ordered, each as column: value."""
    return written_rows(vault.connection, table)


def written_rows(connection: Any, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table of a database as they are written down."""
    cursor = connection.execute(f"SELECT * FROM {table}")
    columns = [column[0] for column in cursor.description]
    rows = [{name: written(value) for name, value in zip(columns, row, strict=True)} for row in cursor]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def written(value: object) -> object:
    """Return a value as JSON can hold it."""
    return f"sha256:{hashlib.sha256(value).hexdigest()}" if isinstance(value, bytes) else value


def tidy(folder: Path) -> None:
    """Leave away what belongs to the run only."""
    (folder / "vault.lock").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
