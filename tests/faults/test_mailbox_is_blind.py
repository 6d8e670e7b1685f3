"""Words of a note are nowhere at a mailbox that has it: not in its database, its files or its memory."""

from __future__ import annotations

import base64
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from outreach_app.sync.letters import make_letter
from outreach_app.sync.receipts import CoveredRecord, Receipt, make_receipt
from outreach_app.sync.sealing import SealedBatch
from outreach_app.wire.batch_records import write_record
from outreach_app.wire.letters import FiguresRow, Letter
from tests.support.desk import note, record_id, referral
from tests.support.mailbox_workers import Worker, set_up
from tests.support.mailboxes import Uploading, batch, entry
from tests.support.postgres import private_server
from tests.support.sync_people import CENTRE, LAPTOP

MARKER = "marmalade elephant 7731"
NAME = "Tove Eksempelsen Gyldenrist"
SETTING = "quiet_marker_setting"
SECRETS = (MARKER.encode(), NAME.encode(), SETTING.encode(), record_id(4711).encode(), MARKER.encode("utf-16-le"))
ROWS = 6


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[tuple[str | None, Path | None]]:
    if request.param == "sqlite":
        yield None, None
        return
    with private_server() as server:
        yield server


def sealed_with_words() -> tuple[SealedBatch, SealedBatch]:
    """A usual batch, and a large one that goes in chunks."""
    lines = tuple(write_record(note(4711 + n, note=MARKER, setting=SETTING)) for n in range(ROWS))
    small = batch(1, lines=(*lines, write_record(referral(4800, identity_name=NAME))))
    bulk = [write_record(note(5000 + n, note=f"{MARKER} {base64.b64encode(os.urandom(200_000)).decode()}")) for n in range(8)]
    return small, batch(2, lines=tuple(bulk))


def test_no_word_of_a_note_is_found(tmp_path: Path, database: tuple[str | None, Path | None]) -> None:
    address, server_folder = database
    set_up(tmp_path, address, [entry(LAPTOP)])
    talk = tmp_path / "talk"
    worker = Worker(tmp_path, address, program=("tests.support.telling_mailbox", str(talk)))
    small, large = sealed_with_words()
    try:
        worker.start()
        with httpx.Client(base_url=f"http://{worker.address[0]}:{worker.address[1]}", timeout=60) as client:
            assert client.put(f"/v1/batches/{small.sha512}", content=small.data).status_code == 200
            assert Uploading(client, large).send().status_code == 200
            assert len(client.get(f"/v1/receipts/{small.sha512}").content) > 1000
        memory = _memory(talk)
    finally:
        worker.stop()
    assert LAPTOP.device.encode() in memory, "the memory that was read is the mailbox's"
    assert [secret for secret in SECRETS if secret in memory] == []
    _find_in_files(tmp_path, server_folder)


def test_what_the_desk_leaves_is_sealed_as_well() -> None:
    receipt = make_receipt(
        Receipt(
            kind="ingested", device=LAPTOP.device, epoch=1, seq=1, sha512="0" * 128, issued_at="2026-03-02T20:00:00Z",
            covered=(CoveredRecord(id=record_id(4711), completeness="full"),),
        ),
        device=LAPTOP.receiving.public, issuer=CENTRE.desk,
    )  # fmt: skip
    row = FiguresRow(month="2026-03", setting=SETTING, encounters=1, contacts=1, uses=0, tallies=0)
    letter = make_letter(
        Letter(kind="figures", device=LAPTOP.device, number=1, issued_at="2026-03-02T20:00:00Z", rows=(row,)),
        device=LAPTOP.receiving.public, issuer=CENTRE.desk,
    )
    assert [secret for secret in SECRETS if secret in receipt + letter] == []


def _memory(talk: Path) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(60)
        line.connect(str(talk))
        told = bytearray()
        while part := line.recv(1 << 20):
            told += part
    return bytes(told)


def _find_in_files(folder: Path, server_folder: Path | None) -> None:
    files = [path for root in (folder, server_folder) if root is not None for path in root.rglob("*") if path.is_file()]
    contents = [path.read_bytes() for path in files]
    assert any(LAPTOP.device.encode() in content for content in contents), "the batches lie in these files"
    assert [(path.name, secret) for path, content in zip(files, contents, strict=True) for secret in SECRETS if secret in content] == []
