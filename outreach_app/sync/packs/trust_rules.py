"""What a root of trust must look like here, beyond what TUF asks: one key for each of three people, two must sign.

TUF counts keys, not people. So each custodian's key names its custodian, no custodian and no key stands there twice
under another name, and the desk's key is none of theirs.
"""

from __future__ import annotations

import re

from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.signer import SSlibKey
from tuf.api.metadata import Key, Root, Snapshot, Targets, Timestamp

CUSTODIANS = 3
THRESHOLD = 2
SCHEME = "ml-dsa-65/1"
OWNER = "x-outreach-custodian"  # the id of the custodian's recovery key, signed with the root
ISSUED_AT = "x-outreach-issued-at"  # in a timestamp: when the desk signed it
_OWNER_FORM = re.compile(r"[0-9a-f]{32}\Z")


def fault_in(root: Root) -> str:
    """Return what is wrong with a root, or nothing. Its signatures are not looked at here."""
    custodians = root.roles[Root.type].keyids
    desk = root.roles[Timestamp.type].keyids
    if root.roles[Targets.type].keyids != custodians or root.roles[Snapshot.type].keyids != desk:
        return "roles"
    thresholds = [root.roles[role].threshold for role in (Root.type, Targets.type, Timestamp.type, Snapshot.type)]
    if thresholds != [THRESHOLD, THRESHOLD, 1, 1] or len(custodians) != CUSTODIANS or len(desk) != 1:
        return "threshold"
    named = {*custodians, *desk}
    if len(named) != CUSTODIANS + 1 or set(root.keys) != named or not all(map(_is_plain, root.keys.values())):
        return "keys"
    owners = custodians_of(root)
    if len(owners) != CUSTODIANS or not all(_OWNER_FORM.match(owner) for owner in owners):
        return "custodians"
    return "" if root.consistent_snapshot else "snapshots"


def custodians_of(root: Root) -> frozenset[str]:
    """Return the ids of the recovery keys of the custodians whom a root names."""
    keyids = root.roles[Root.type].keyids
    return frozenset(str(root.keys[keyid].unrecognized_fields.get(OWNER, "")) for keyid in keyids)


def _is_plain(key: Key) -> bool:
    """Tell whether this is an ML-DSA-65 key under the one name it can have, so that no key counts twice."""
    if key.scheme != SCHEME or not isinstance(key.keyval.get("public"), str):
        return False
    try:
        public = load_pem_public_key(key.keyval["public"].encode())
        return isinstance(public, MLDSA65PublicKey) and SSlibKey.from_crypto(public).keyid == key.keyid
    except ValueError:  # no key at all, or a lone surrogate
        return False
