"""A vault with a recovery slot, opened by two custodians as the program would."""

from __future__ import annotations

from pathlib import Path

from outreach_app.vault import audit, recovery_opening, recovery_pending, recovery_set, slot_file
from outreach_app.vault.errors import WrongPassphraseError
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.recovery_slot import halves_info, join_halves, slot_head
from tests.support.clock import FakeClock
from tests.support.custodians import CUSTODIANS, CUSTODIANS_DOCUMENT, DEVICE
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, Template, reopened, things

ONE_TIME = b"one-time private key"


class PowerCut(BaseException):
    """Stands for a kill: nothing catches it."""


def secret_of(folder: Path) -> bytes:
    """Free the secret as the first two custodians would."""
    file = slot_file.read_newest(folder)
    assert file.recovery is not None
    info = halves_info(slot_head(file.recovery, file.vault_id))
    opened = {place: CUSTODIANS[place].unseal(file.recovery.sealed_halves[place], info) for place in (0, 1)}
    return join_halves({place: halves for place, halves in opened.items() if halves is not None})


def make(base: Path, role: str = "outreach") -> Template:
    template = Template.made(base, "before", role=role)
    vault = template.open(template.folder)
    recovery_set.set_recovery(vault, DEVICE, CUSTODIANS_DOCUMENT.for_slot())
    vault.close()
    return Template(template.folder, template.migrations, slot_file.read_newest(template.folder), template.unlocked)


def ask(folder: Path, slot_id: str = "", passphrase: str = OTHER_PASSPHRASE) -> recovery_pending.Pending:
    found = recovery_opening.find_recoverable(folder)
    slot_id = slot_id or recovery_opening.list_slots_to_recover(folder)[0].slot_id
    recovery_opening.check_can_ask(folder, slot_id, passphrase)
    recovery_opening.keep_request(
        folder, found, slot_id, passphrase, request=b"{}", one_time_key=ONE_TIME, clock=FakeClock(), cost=CHEAP_COST
    )
    return recovery_pending.require(folder)


def recover(template: Template, folder: Path, secret: bytes | None = None) -> OpenVault:
    pending = recovery_pending.require(folder)
    return recovery_opening.open_recovered(
        folder, pending, secret or secret_of(folder), OTHER_PASSPHRASE, migrations=template.migrations, clock=FakeClock(), cost=CHEAP_COST
    )


def actions(vault: OpenVault) -> list[str]:
    return [entry.action for entry in audit.list_entries(vault)][::-1]


def opens(template: Template, folder: Path, passphrase: str) -> bool:
    try:
        vault = reopened(folder, template.migrations, passphrase)
    except WrongPassphraseError:
        return False
    assert things(vault) == ["before"]
    vault.close()
    return True
