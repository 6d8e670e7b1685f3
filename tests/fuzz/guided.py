"""Coverage-guided fuzzing of one reader: ``python -m tests.fuzz.guided READER SECONDS FOLDER``; exits with 0 when nothing was found.

A known error is an answer; anything else is a find, and libFuzzer leaves the bytes in FOLDER. What lies under signatures
and seals is fuzzed by itself as well, since no mutation would ever pass them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["outreach_app.sync", "outreach_app.wire"]):
    from outreach_app.sync import sealing
    from outreach_app.sync.batch_format import split_batch
    from outreach_app.sync.letters import open_letter
    from outreach_app.sync.packs.archive import read_archive, write_archive
    from outreach_app.sync.packs.client import first_trust, refresh
    from outreach_app.sync.receipts import BatchName, Receipt, ReceiptIssuers, make_receipt, open_receipt_of
    from outreach_app.sync.sealing import verify_batch
    from outreach_app.sync.uploads import read_opening, upload_opening
    from outreach_app.wire.batch_records import read_record
    from outreach_app.wire.centre_keys import read_centre_keys
    from outreach_app.wire.content import make_manifest
    from outreach_app.wire.receipts import Receipt as ReceiptBody
    from outreach_app.wire.strict import read_json, write_json

from outreach_app.errors import KnownError
from tests.support.desk import coded, note, referral, tally
from tests.support.mailboxes import NOW, batch
from tests.support.packs import PackRepository, centre_keys
from tests.support.sync_people import CENTRE, LAPTOP

ISSUERS = ReceiptIssuers(CENTRE.mailbox.public, CENTRE.desk.public)
BATCH = batch()
NAME = BatchName(LAPTOP.device, 1, 1, BATCH.sha512)
RECEIPT = Receipt(kind="ingested", device=LAPTOP.device, epoch=1, seq=1, sha512=BATCH.sha512, issued_at="2026-03-02T20:00:00Z")
RECORDS = tuple(map(write_json, (tally(1), coded(2), note(3), referral(4))))
FILES = {"policy.json": b'{"shed_after_days":14}'}
ARCHIVE = write_archive(make_manifest(1, NOW, FILES), FILES)
REPOSITORY = PackRepository(content=ARCHIVE)
LISTS = tuple(name for name in REPOSITORY.files if name.endswith(".json"))


def published(untrusted: bytes) -> None:
    """The first byte chooses which file of a repository is forged."""
    name = LISTS[untrusted[0] % len(LISTS)] if untrusted else LISTS[0]
    forged = _Forged({**REPOSITORY.files, name: untrusted[1:]})
    first_trust(forged, CENTRE.root.public)
    refresh(forged, REPOSITORY.trust(), now=REPOSITORY.now)


class _Forged:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        return self._files.get(name, b"")[:limit] or None


Reader = Callable[[bytes], object]
READERS: dict[str, tuple[tuple[Reader, ...], tuple[bytes, ...]]] = {
    "batch": (
        (
            lambda data: verify_batch(data, LAPTOP.signing.public), split_batch, read_opening, sealing._unpack,
            lambda data: [read_record(line) for line in data.split(b"\n")],
        ),
        (BATCH.data, upload_opening(BATCH.data), sealing._pack(RECORDS), *RECORDS),
    ),
    "receipt": (
        (
            lambda data: open_receipt_of(data, LAPTOP.receiving, ISSUERS, batch=NAME),
            lambda data: open_letter(data, LAPTOP.receiving, CENTRE.desk.public, name=LAPTOP.device),
            lambda data: read_json(data, ReceiptBody, what="The receipt"),
        ),
        (make_receipt(RECEIPT, device=LAPTOP.receiving.public, issuer=CENTRE.desk), write_json(RECEIPT)),
    ),
    "pack": (
        (read_archive, read_centre_keys, published),
        (ARCHIVE, write_json(centre_keys()), *(bytes([place]) + REPOSITORY.files[name] for place, name in enumerate(LISTS))),
    ),
}  # fmt: skip


def main(reader: str, seconds: str, folder: str) -> None:
    readers, seeds = READERS[reader]
    corpus = Path(folder) / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for place, seed in enumerate(seeds):
        (corpus / f"seed{place}").write_bytes(seed)

    def one_input(data: bytes) -> None:
        for read in readers:
            try:
                read(data)
            except KnownError:
                continue

    options = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=65536", "-verbosity=0", "-print_final_stats=1", "-seed=7"]
    atheris.Setup([sys.argv[0], str(corpus), *options, f"-artifact_prefix={folder}/"], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
