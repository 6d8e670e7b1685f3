"""Writes the vectors of content packs: ``python -m tests.vectors.make_packs``. Frozen: only ever added to.

The lists are TUF's and their signatures python-tuf's; the archive is the program's own, read back by the standard
library in the test.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from outreach_app.sync.keys import ReceivingKeys, SigningKeys
from outreach_app.sync.packs.archive import write_archive
from outreach_app.wire.content import make_manifest
from tests.support.packs import PUBLISHED_AT, PackRepository
from tests.support.sync_people import Centre
from tests.vectors.make import CENTRE_KEY, DESK, MAILBOX, ROOT, Signer

FILE = Path(__file__).parent / "version_1_packs.json"
FILES = {
    "policy.json": b'{"format":"outreach-policy/1","review_before_sending":true,"shed_after_days":21}',
    "leaflets/groups.json": (Path(__file__).parents[2] / "resources" / "leaflets" / "groups.json").read_bytes(),
}


def centre() -> Centre:
    def signing(own: Signer) -> SigningKeys:
        return SigningKeys.from_bytes(b"outreach-signing-keys/1\n" + own.ed25519_seed + own.ml_dsa_seed)

    receiving = ReceivingKeys.from_bytes(b"outreach-receiving-keys/1\n" + CENTRE_KEY.ml_kem_seed + CENTRE_KEY.x25519_seed)
    return Centre(signing(ROOT), signing(DESK), signing(MAILBOX), receiving)


if __name__ == "__main__":
    if FILE.exists():
        raise SystemExit("The vectors are frozen. Write a new file beside them for what is new.")
    archive = write_archive(make_manifest(7, PUBLISHED_AT, FILES), FILES)
    repository = PackRepository(centre=centre(), content=archive)
    published = {name: base64.b64encode(data).decode() for name, data in sorted(repository.files.items())}
    FILE.write_text(json.dumps({"taken_at": PUBLISHED_AT.isoformat(), "files": published}, indent=1) + "\n")
