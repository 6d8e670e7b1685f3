"""Each reason to lock, in the real program: the process ends, a fresh one stands locked with nothing in its memory.

The scan is proven first: while the vault is open it finds the words, the passphrase and the keys.
"""

from __future__ import annotations

import shutil
import signal
import time

import pytest

from outreach_app.program import Program
from outreach_app.vault.argon import FLOOR
from tests.support.buses import PrivateBus
from tests.support.shell import make_shell
from tests.support.window_driving import DrivenWindows, count_in, forms_of, forms_of_key, is_alive, wait_for

pytestmark = pytest.mark.real_derivation
PASSPHRASE = "cabin gentle napkin orbit wagon"
WORDS = "Quorvane said the blue door, vexilbrack"
CURSOR = 21
PLACE = {"page": "encounter", "field": "encounter.note", "cursor": CURSOR, "text": WORDS, "setting": "street"}
DRAFT = ("encounter", "encounter.note", CURSOR, WORDS)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "vault"
    Program(folder, cost=FLOOR).create_vault(PASSPHRASE, worker_name="Anna Meyer", role="health").close()
    return folder


@pytest.fixture
def vault(made_once, tmp_path):
    return shutil.copytree(made_once, tmp_path / "vault")


def _write(window) -> None:
    """Unlock by keys, begin a note and write into it; the cursor goes back into the middle."""
    window.do("unlock", PASSPHRASE)
    window.until("unlocked")
    window.do("begin_note", "street")
    window.until("in_form")
    window.do("write", WORDS, CURSOR)
    assert window.do("where") == PLACE


def _secrets(window) -> dict[str, bytes]:
    """Return everything that must not be found afterwards, in every form."""
    forms = {**forms_of("words", WORDS), **forms_of("passphrase", PASSPHRASE)}
    for number, key in enumerate(window.do("secrets")):
        forms |= forms_of_key(f"key {number}", bytes.fromhex(key))
    return forms


def _kept(vault) -> list[tuple[str, str, int, str]]:
    session = Program(vault, cost=FLOOR).unlock(PASSPHRASE)
    try:
        drafts = session.drafts.list_drafts()
        return [(each.page, each.field, each.cursor, each.fields["content"]["note"]) for each in drafts]
    finally:
        session.close()


def test_the_scan_finds_all_of_it_while_the_vault_is_open(vault, tmp_path):
    with DrivenWindows(tmp_path) as driven:
        window = driven.start(vault)
        _write(window)
        secrets = _secrets(window)
        found = window.find(secrets)
        by_itself = ("words, UTF-8", "words, UTF-16", "key 0, raw", "key 1, raw")  # these it holds for certain
        assert all(found[name] for name in by_itself), found
        window.do("plant", [form.hex() for form in secrets.values()])  # also the forms the program never writes
        found = window.find(secrets)
        assert all(found[name] for name in secrets), found


def test_a_needle_on_the_border_of_two_pieces_is_found_once():
    stream = b"\0" * 50 + b"needle" + b"\0" * 30 + b"needleneedle"
    for size in range(1, 20):
        pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
        assert count_in(pieces, {"n": b"needle", "m": b"nowhere at all"}) == {"n": 3, "m": 0}, size


def test_after_the_panic_key_she_is_back_where_she_was(vault, tmp_path):
    with DrivenWindows(tmp_path) as driven:
        window = driven.start(vault)
        _write(window)
        secrets = _secrets(window)
        window.do("copy", "Quorvane")
        window.do("press", "L")
        successor = driven.next()
        assert driven.process.wait(timeout=30) == 0
        assert not is_alive(window.pid)
        assert successor.do("covered")
        assert set(successor.find(secrets).values()) == {0}
        successor.do("unlock", PASSPHRASE)
        successor.until("unlocked")
        successor.until("in_form")
        wait_for(lambda: successor.do("where") == PLACE)


TRIGGERS = ("idle", "sleep", "lid", "lock", "saver", "hint", "switch")


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_each_trigger_locks_and_leaves_nothing_behind(vault, tmp_path, trigger):
    with PrivateBus(tmp_path) as bus, DrivenWindows(tmp_path, bus.environment) as driven:
        window = driven.start(vault)
        _write(window)
        secrets = _secrets(window)
        wait_for(lambda: bus.holds() == 1)  # sleep waits while the vault is open
        window.do("idle", 310) if trigger == "idle" else bus.do(trigger)
        successor = driven.next()
        assert driven.process.wait(timeout=30) == 0
        assert bus.holds() == 0, "now the laptop may sleep"
        assert successor.do("covered")
        assert set(successor.find(secrets).values()) == {0}
        assert _kept(vault) == [DRAFT]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_process_with_the_draft_kept(vault, tmp_path, number):
    with DrivenWindows(tmp_path) as driven:
        window = driven.start(vault)
        _write(window)
        begun = time.monotonic()
        driven.process.send_signal(number)
        assert driven.process.wait(timeout=30) == 0
        assert time.monotonic() - begun < 10
        assert _kept(vault) == [DRAFT]


@pytest.mark.parametrize("way", ["key", "signal"])
def test_a_send_that_waits_for_the_network_keeps_nothing_alive(vault, tmp_path, way):
    with DrivenWindows(tmp_path) as driven:
        window = driven.start(vault)
        _write(window)
        window.do("wait_for_the_network")
        if way == "key":
            window.do("press", "L")
            driven.next()
        else:
            driven.process.send_signal(signal.SIGTERM)
        assert driven.process.wait(timeout=40) == 0
        assert _kept(vault) == [DRAFT]


def test_the_passphrase_is_never_an_argument(qapp, tmp_path):
    shell = make_shell(qapp, tmp_path)
    shell.open()
    arguments = " ".join(shell.window.standing().arguments())
    assert not any(word in arguments for word in PASSPHRASE.split())
    shell.end()
