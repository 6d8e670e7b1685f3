"""The custodians' key files and what the register and new laptops learn of them."""

import base64
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app.centre.desk.custodian_keys import make_key_file, open_key_file
from outreach_app.centre.desk.custodians import FILES, custodians_document, find_custodians, init_custodians
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.errors import (
    CustodianKeyExistsError,
    CustodianKeyUnreadableError,
    CustodianPassphraseError,
    CustodianPassphrasesSameError,
    CustodiansKnownError,
    CustodiansMissingError,
)
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_state import show
from outreach_app.errors import DiskFullError
from outreach_app.sync.custodians import read_custodians
from outreach_app.sync.enrolment import read_reply
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.sealing import key_id
from outreach_app.vault.argon import SALT_BYTES, derive
from outreach_app.vault.errors import UnsafeCostError, WeakPassphraseError
from outreach_app.vault.passphrase import normalise
from tests.support.clock import FakeClock
from tests.support.desk import make_desk, request_of
from tests.support.sync_people import LAPTOP
from tests.support.vaults import CHEAP_COST, PASSPHRASE

PASSPHRASES = (
    "amber bridge candle desert engine",
    "falcon garden harbor island jungle",
    "kettle ladder magnet needle oyster",
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    with make_desk(tmp_path / "centre", clock) as desk:
        yield desk


def init(desk: Desk, folder: Path, *, replace: bool = False) -> list[str]:
    made = init_custodians(desk, folder, PASSPHRASES, replace=replace, by_hand=True, cost=CHEAP_COST)
    return [key.public.to_text() for key in made]


def test_three_keys_are_made_each_under_its_own_passphrase(desk: Desk, tmp_path: Path) -> None:
    publics = init(desk, tmp_path / "keys")
    found = find_custodians(desk)
    assert found is not None
    assert [key.to_text() for key in found.keys] == publics
    for name, passphrase, public in zip(FILES, PASSPHRASES, publics, strict=True):
        file = tmp_path / "keys" / name
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert open_key_file(file.read_bytes(), passphrase).receiving.public.to_text() == public
        with pytest.raises(CustodianPassphraseError):
            open_key_file(file.read_bytes(), "another passphrase of mine")


def test_the_private_halves_are_nowhere_in_the_centre(desk: Desk, tmp_path: Path) -> None:
    init(desk, tmp_path / "keys")
    opened = [
        open_key_file((tmp_path / "keys" / name).read_bytes(), passphrase)
        for name, passphrase in zip(FILES, PASSPHRASES, strict=True)
    ]
    private = [keys.receiving.to_bytes()[-96:] for keys in opened]
    private += [keys.publishing.to_bytes()[-32:] for keys in opened if keys.publishing is not None]
    assert len(private) == 6
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not any(part in written for part in private)


def test_laptops_enrolled_from_now_on_learn_the_custodians(desk: Desk, tmp_path: Path) -> None:
    publics = init(desk, tmp_path / "keys")
    request = request_of(LAPTOP)
    reply = read_reply(enrol_device(desk, request).reply, request=request, receiving=LAPTOP.receiving)
    assert reply.custodians is not None
    assert [key.to_text() for key in reply.custodians.keys] == publics


def test_laptops_enrolled_before_get_a_signed_list(desk: Desk, tmp_path: Path) -> None:
    request = request_of(LAPTOP)
    enrolled = enrol_device(desk, request)
    assert read_reply(enrolled.reply, request=request, receiving=LAPTOP.receiving).custodians is None
    with pytest.raises(CustodiansMissingError):
        custodians_document(desk)
    publics = init(desk, tmp_path / "keys")
    read = read_custodians(custodians_document(desk), desk.keys.root.public)
    assert [key.to_text() for key in read.keys] == publics


def test_custodians_are_replaced_only_when_that_is_said(desk: Desk, tmp_path: Path, clock: FakeClock) -> None:
    first = init(desk, tmp_path / "keys")
    with pytest.raises(CustodiansKnownError):
        init(desk, tmp_path / "others")
    assert not (tmp_path / "others").exists()
    before = find_custodians(desk)
    clock.advance(-3600)  # a clock put back must not make the new list the older one
    assert init(desk, tmp_path / "others", replace=True) != first
    after = find_custodians(desk)
    assert before is not None
    assert after is not None
    assert after.issued_at > before.issued_at


def test_nothing_is_written_over_and_nothing_half_made(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / FILES[2]).write_text("somebody else's")
    with pytest.raises(CustodianKeyExistsError):
        init(desk, folder)
    with pytest.raises(CustodianKeyExistsError):
        make_key_file(folder / FILES[2], PASSPHRASES[0], made_at="now", cost=CHEAP_COST)
    assert sorted(path.name for path in folder.iterdir()) == [FILES[2]]
    assert find_custodians(desk) is None


@pytest.mark.parametrize(
    ("passphrases", "error"),
    [
        ((PASSPHRASE, PASSPHRASES[1], f"  {PASSPHRASE.upper()} "), CustodianPassphrasesSameError),
        ((PASSPHRASES[0], PASSPHRASES[1], "hello"), WeakPassphraseError),
    ],
)
def test_weak_or_shared_passphrases_are_refused_before_a_file_is_made(
    desk: Desk, tmp_path: Path, passphrases: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        init_custodians(desk, tmp_path / "keys", passphrases, cost=CHEAP_COST)
    assert not (tmp_path / "keys").exists()


def test_a_full_disk_leaves_no_custodians(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFullError

    monkeypatch.setattr("outreach_app.centre.desk.custodian_keys.replace_durably", full)
    with pytest.raises(DiskFullError):
        init(desk, tmp_path / "keys")
    assert find_custodians(desk) is None


def test_a_damaged_key_file_is_told_from_a_wrong_passphrase(tmp_path: Path) -> None:
    made = make_key_file(tmp_path / "a.key", PASSPHRASES[0], made_at="2026-03-02T20:00:00+00:00", cost=CHEAP_COST)
    whole = json.loads(made.file.read_bytes())
    changes = [{"salt": "AA=="}, {"wrapped": ""}, {"format": "outreach-custodian-key/3"}, {"salt": "?"}, {"more": 1}]
    for change in changes:
        with pytest.raises(CustodianKeyUnreadableError):
            open_key_file(json.dumps({**whole, **change}).encode(), PASSPHRASES[0])
    for change in ({"key_id": "00"}, {"wrapped": "AAAA"}):
        with pytest.raises(CustodianPassphraseError):
            open_key_file(json.dumps({**whole, **change}).encode(), PASSPHRASES[0])
    with pytest.raises(UnsafeCostError):
        open_key_file(json.dumps({**whole, "cost": {"memory_kib": 8, "iterations": 1, "lanes": 1}}).encode(), "x")
    assert open_key_file(made.file.read_bytes(), PASSPHRASES[0]).receiving.public == made.public


def first_kind(private: ReceivingKeys) -> bytes:
    """Return a key file as it was written before custodians could publish."""
    salt, nonce = bytes(SALT_BYTES), bytes(12)
    bare = {
        "cost": {"iterations": CHEAP_COST.iterations, "lanes": CHEAP_COST.lanes, "memory_kib": CHEAP_COST.memory_kib},
        "format": "outreach-custodian-key/1",
        "key_id": key_id(private.public),
        "made_at": "2026-03-02T20:00:00+00:00",
        "public_key": private.public.to_text(),
        "salt": base64.b64encode(salt).decode(),
        "wrapped": "",
    }
    associated = json.dumps(bare, sort_keys=True, separators=(",", ":")).encode()
    sealed = AESGCM(derive(normalise(PASSPHRASES[0]), salt, CHEAP_COST)).encrypt(nonce, private.to_bytes(), associated)
    return json.dumps({**bare, "wrapped": base64.b64encode(nonce + sealed).decode()}).encode()


def test_a_key_of_the_first_kind_still_opens_laptops_but_does_not_publish() -> None:
    private = ReceivingKeys.generate()
    opened = open_key_file(first_kind(private), PASSPHRASES[0])
    assert opened.receiving.public == private.public
    assert opened.publishing is None


def test_keys_of_the_second_kind_must_be_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outreach_app.centre.desk.custodian_keys.frame", b"".join)
    made = make_key_file(tmp_path / "a.key", PASSPHRASES[0], made_at="2026-03-02T20:00:00+00:00", cost=CHEAP_COST)
    with pytest.raises(CustodianKeyUnreadableError):
        open_key_file(made.file.read_bytes(), PASSPHRASES[0])


def test_custodians_of_the_first_kind_are_replaced_without_their_keys(desk: Desk, tmp_path: Path) -> None:
    """A centre from before publishing has no root: the new custodians make the first one, whoever agrees."""
    connection = desk.vault.connection
    init(desk, tmp_path / "keys")
    connection.execute("DELETE FROM trust_roots")
    old = open_key_file(first_kind(ReceivingKeys.generate()), PASSPHRASES[0])
    init_custodians(desk, tmp_path / "new", PASSPHRASES, replace=True, old=[old], cost=CHEAP_COST)
    assert show(desk).root == 1
