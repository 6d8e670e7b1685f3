"""A root must name three people with one key each; TUF by itself would take two keys of one person."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api.metadata import Metadata, Role, Root, Snapshot, Targets, Timestamp

from outreach_app.errors import BugError
from outreach_app.sync.packs.publishing_keys import PublishingKey
from outreach_app.sync.packs.repository import Signatory, make_root
from outreach_app.sync.packs.trust_rules import OWNER, fault_in
from tests.support.packs import ANNA, BO, CARLA, DESK_KEY, PUBLISHED_AT, PUBLISHERS, PackRepository, refused

Edit = Callable[[Root], None]


def root() -> Root:
    return Metadata[Root].from_bytes(PackRepository(content=None).files["1.root.json"]).signed


def _edit(change: Edit) -> str:
    edited = root()
    change(edited)
    return fault_in(edited)


def _two_keys_of_anna(edited: Root) -> None:
    edited.keys[BO.key.public.keyid].unrecognized_fields[OWNER] = ANNA.custodian


def _one_key_under_two_names(edited: Root) -> None:
    anna = edited.keys[ANNA.key.public.keyid]
    again = SSlibKey("0" * 64, anna.keytype, anna.scheme, dict(anna.keyval), {OWNER: BO.custodian})
    _replace(edited, BO.key.public.keyid, again)


def _one_key_written_in_two_ways(edited: Root) -> None:
    anna = edited.keys[ANNA.key.public.keyid]
    spelled = {"public": anna.keyval["public"] + "\n"}
    again = SSlibKey("1" * 64, anna.keytype, anna.scheme, spelled, {OWNER: BO.custodian})
    _replace(edited, BO.key.public.keyid, again)


def _weaker_key(edited: Root) -> None:
    key = CryptoSigner(Ed25519PrivateKey.generate()).public_key
    key.unrecognized_fields[OWNER] = BO.custodian
    _replace(edited, BO.key.public.keyid, key)


def _no_key(edited: Root) -> None:
    _replace(edited, BO.key.public.keyid, SSlibKey("2" * 64, "ml-dsa", "ml-dsa-65/1", {"public": "?"}))


def _number_for_a_key(edited: Root) -> None:
    edited.keys[BO.key.public.keyid].keyval["public"] = 5  # as JSON may hold it


def _replace(edited: Root, keyid: str, key: SSlibKey) -> None:
    del edited.keys[keyid]
    edited.keys[key.keyid] = key
    for role in edited.roles.values():
        role.keyids = [key.keyid if one == keyid else one for one in role.keyids]


def _role(name: str, keyids: list[str], threshold: int) -> Edit:
    def change(edited: Root) -> None:
        edited.roles[name] = Role(keyids, threshold)

    return change


def _roles(names: tuple[str, ...], keyids: list[str], threshold: int) -> Edit:
    def change(edited: Root) -> None:
        for name in names:
            edited.roles[name] = Role(list(keyids), threshold)

    return change


CUSTODIANS = [one.key.public.keyid for one in PUBLISHERS]
DESK = DESK_KEY.public.keyid
BOTH = (Root.type, Targets.type)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_two_keys_of_anna, "custodians"),
        (_one_key_under_two_names, "keys"),
        (_one_key_written_in_two_ways, "keys"),
        (_weaker_key, "keys"),
        (_no_key, "keys"),
        (_number_for_a_key, "keys"),
        (_roles(BOTH, CUSTODIANS, 1), "threshold"),
        (_roles(BOTH, CUSTODIANS, 3), "threshold"),
        (_roles(BOTH, CUSTODIANS[:2], 2), "threshold"),
        (_roles(BOTH, [*CUSTODIANS[:2], DESK], 2), "keys"),
        (_role(Targets.type, [DESK], 1), "roles"),
        (_role(Timestamp.type, [CUSTODIANS[0]], 1), "roles"),
        (_roles((Snapshot.type, Timestamp.type), [DESK, CUSTODIANS[0]], 1), "threshold"),
        (lambda edited: edited.keys.pop(DESK), "keys"),
        (lambda edited: edited.keys.update({"3" * 64: PublishingKey.generate().public.for_tuf()}), "keys"),
        (lambda edited: edited.keys[CUSTODIANS[0]].unrecognized_fields.clear(), "custodians"),
        (lambda edited: edited.keys[CUSTODIANS[0]].unrecognized_fields.update({OWNER: 5}), "custodians"),
        (lambda edited: setattr(edited, "consistent_snapshot", False), "snapshots"),
    ],
)  # fmt: skip
def test_such_a_root_is_not_taken(change: Edit, fault: str) -> None:
    assert _edit(change) == fault


def test_three_people_with_one_key_each_are_right() -> None:
    assert fault_in(root()) == ""


def test_the_desk_never_makes_a_root_with_two_keys_of_one_custodian() -> None:
    twice = Signatory(ANNA.custodian, BO.key.public)
    for three in ([ANNA.signatory, twice, CARLA.signatory], [ANNA.signatory, BO.signatory]):
        with pytest.raises(BugError):
            make_root(three, DESK_KEY.public, version=1, now=PUBLISHED_AT, signed_by=[ANNA.key, BO.key])


def test_a_laptop_refuses_such_a_root_though_it_is_signed() -> None:
    repository = PackRepository()
    trusted = repository.trust()
    edited = Metadata(root())
    edited.signed.version = 2
    edited.signed.expires = datetime(2031, 1, 1, tzinfo=UTC)
    _two_keys_of_anna(edited.signed)
    for one in PUBLISHERS:
        edited.sign(one.key.signer(), append=True)
    repository.files["2.root.json"] = edited.to_bytes()
    assert refused(repository, trusted) == "2.root.json"
