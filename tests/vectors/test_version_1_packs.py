"""Version 1 of content packs: what was published then is taken, and other programs read the same in it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from datetime import datetime

from tuf.api.metadata import Metadata, Root, Targets

from outreach_app.sync.packs.archive import read_archive, write_archive
from outreach_app.sync.packs.client import first_trust, refresh, verify_kept
from outreach_app.wire.content import read_policy
from outreach_app.wire.strict import write_json
from tests.vectors import independent as own
from tests.vectors.make import CENTRE_KEY, ROOT
from tests.vectors.make_packs import FILE, FILES, centre

WRITTEN = json.loads(FILE.read_text())
PUBLISHED = {name: base64.b64decode(data) for name, data in WRITTEN["files"].items()}
TAKEN_AT = datetime.fromisoformat(WRITTEN["taken_at"])
SHA256 = "01c926f965021139913d45d3a63ed7f984bef0afb39e1cb4ff69f8d131a59ec3"


class Road:
    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        data = PUBLISHED.get(name)
        assert data is None or len(data) <= limit
        return data


def named(ending: str) -> bytes:
    (name,) = (name for name in PUBLISHED if name.endswith(ending))
    return PUBLISHED[name]


def test_the_vectors_are_those_that_were_frozen() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == SHA256, "never change a frozen vector: add a file beside it"


def test_it_is_taken_from_the_first_trust_to_the_content() -> None:
    trusted = first_trust(Road(), centre().root.public)
    assert trusted is not None
    taken = refresh(Road(), trusted, now=TAKEN_AT)
    assert taken.keys.sealing_key_id == CENTRE_KEY.key_id()
    assert taken.content == named(".content.zip")
    assert verify_kept(taken.trusted, write_json(taken.keys), taken.content).content_sha256 == taken.content_sha256
    assert dict(read_archive(taken.content or b"").files) == FILES


def test_the_standard_library_reads_the_same_files_in_the_archive() -> None:
    with zipfile.ZipFile(io.BytesIO(named(".content.zip"))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(found.pop("manifest.json"))
    assert found == FILES
    assert manifest["number"] == 7
    assert [(row["name"], row["sha512"]) for row in manifest["files"]] == [
        (name, hashlib.sha512(data).hexdigest()) for name, data in sorted(FILES.items())
    ]


def test_the_same_files_give_the_same_archive() -> None:
    read = read_archive(named(".content.zip"))
    assert write_archive(read.manifest, read.files) == named(".content.zip")
    assert read_policy(read.files["policy.json"]) == {"review_before_sending": True, "shed_after_days": 21}


def test_the_trust_file_is_signed_as_documented() -> None:
    body = own.read_signed(PUBLISHED["trust.json"], b"outreach-trust-root/1", ROOT.public())
    assert base64.b64decode(body["root"]) == PUBLISHED["1.root.json"]


def test_any_reader_of_tuf_checks_the_lists() -> None:
    root = Metadata[Root].from_bytes(PUBLISHED["1.root.json"])
    targets = Metadata[Targets].from_bytes(named(".targets.json"))
    root.signed.verify_delegate("root", root.signed_bytes, root.signatures)
    root.signed.verify_delegate("targets", targets.signed_bytes, targets.signatures)
    assert {role: root.signed.roles[role].threshold for role in ("root", "targets", "snapshot", "timestamp")} == {
        "root": 2, "targets": 2, "snapshot": 1, "timestamp": 1,
    }  # fmt: skip
    assert set(targets.signed.targets) == {"keys.json", "content.zip"}
