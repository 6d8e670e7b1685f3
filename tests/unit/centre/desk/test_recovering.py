"""What the desk does for a forgotten passphrase, what it writes down, and what it never sees."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.errors import DeviceUnknownError, LaptopRevokedError
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.recovering import add_answer, look_at_request
from outreach_app.sync.errors import CustodianAnsweredError, OtherCustodianError, RecoveryUnreadableError
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.recovery import make_request, open_answers, read_reply, read_request
from outreach_app.sync.sealing import key_id
from outreach_app.vault import audit
from outreach_app.vault.keys import new_keys
from outreach_app.vault.recovery_slot import join_halves, open_recovery, slot_head
from tests.support.custodians import ANNA, BO, CARLA, CUSTODIANS, VAULT_ID, recovery_slot
from tests.support.desk import enrol, make_desk
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP

KEYS = new_keys()
HEALTH = bytes(range(32))
SLOT = recovery_slot(KEYS, health=HEALTH, device=LAPTOP.device)
ONE_TIME = ReceivingKeys.generate()
REQUEST = make_request(
    "recover", SLOT, slot_head(SLOT, VAULT_ID), one_time=ONE_TIME.public, issued_at=datetime(2026, 3, 4, tzinfo=UTC)
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(tmp_path / "centre") as desk:
        enrol(desk, LAPTOP)
        yield desk


def test_two_custodians_help_and_the_audit_has_both(desk: Desk) -> None:
    asked = look_at_request(desk, REQUEST)
    assert (asked.device, asked.purpose, asked.label) == (LAPTOP.device, "recover", "Laptop 3")
    first = add_answer(desk, asked, CARLA)
    assert not first.complete
    second = add_answer(desk, asked, ANNA, first.reply)
    assert second.complete
    secret = join_halves(open_answers(read_reply(second.reply), read_request(REQUEST), ONE_TIME))
    recovered = open_recovery(SLOT, VAULT_ID, secret)
    assert recovered is not None
    assert recovered.keys == KEYS
    helped = [entry for entry in audit.list_entries(desk.vault) if entry.action == "recovery_helped"][::-1]
    assert [(entry.subject, entry.detail) for entry in helped] == [
        (LAPTOP.device, f"recover.{key_id(CARLA.public)}"), (LAPTOP.device, f"recover.{key_id(ANNA.public)}"),
    ]  # fmt: skip


def test_nobody_is_helped_who_is_not_enrolled_or_was_revoked(desk: Desk) -> None:
    slot = recovery_slot(device=OTHER_LAPTOP.device)
    stranger = make_request(
        "recover", slot, slot_head(slot, VAULT_ID), one_time=ONE_TIME.public, issued_at=datetime(2026, 3, 4, tzinfo=UTC)
    )
    with pytest.raises(DeviceUnknownError):
        look_at_request(desk, stranger)
    revoke_device(desk, LAPTOP.device)
    with pytest.raises(LaptopRevokedError):
        look_at_request(desk, REQUEST)
    with pytest.raises(RecoveryUnreadableError):
        look_at_request(desk, b"{}")


def test_what_was_refused_is_not_in_the_audit(desk: Desk) -> None:
    asked = look_at_request(desk, REQUEST)
    with pytest.raises(OtherCustodianError):
        add_answer(desk, asked, ReceivingKeys.generate())
    first = add_answer(desk, asked, ANNA)
    with pytest.raises(CustodianAnsweredError):
        add_answer(desk, asked, ANNA, first.reply)
    assert [entry.action for entry in audit.list_entries(desk.vault)].count("recovery_helped") == 1


def test_the_centre_never_sees_a_key_of_the_laptop(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is unsealed, written or handed over at the centre is kept here and searched."""
    seen = [REQUEST, *read_request(REQUEST).sealed_halves.values()]
    unseal = ReceivingKeys.unseal

    def watched(keys: ReceivingKeys, untrusted_sealed: bytes, info: bytes) -> bytes | None:
        opened = unseal(keys, untrusted_sealed, info)
        seen.append(opened or b"")
        return opened

    monkeypatch.setattr(ReceivingKeys, "unseal", watched)
    asked = look_at_request(desk, REQUEST)
    first = add_answer(desk, asked, ANNA)
    seen += [first.reply, add_answer(desk, asked, BO, first.reply).reply]
    desk.vault.close()
    seen += [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    monkeypatch.undo()
    secret = secret_of(SLOT_PAIR)
    for hidden in (KEYS.data_key, KEYS.vault_secret, SLOT.device_share, HEALTH, secret):
        assert not any(hidden in part for part in seen)


SLOT_PAIR = (0, 1)


def secret_of(pair: tuple[int, int]) -> bytes:
    from outreach_app.vault.recovery_slot import halves_info

    info = halves_info(slot_head(SLOT, VAULT_ID))
    opened = {place: CUSTODIANS[place].unseal(SLOT.sealed_halves[place], info) for place in pair}
    return join_halves({place: halves for place, halves in opened.items() if halves is not None})


def test_all_three_pairs_free_the_same_secret_which_opens_nothing_alone() -> None:
    secrets = {secret_of(pair) for pair in itertools.combinations(range(3), 2)}
    assert len(secrets) == 1
    (secret,) = secrets
    assert secret not in {KEYS.data_key, KEYS.vault_secret}
    other_laptop = recovery_slot(KEYS, device=LAPTOP.device)
    assert open_recovery(other_laptop, VAULT_ID, secret) is None
