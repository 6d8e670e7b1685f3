"""Handing the laptop over, in the real program: the process with the cards holds nothing of the vault."""

from __future__ import annotations

import pytest

from outreach_app.program import Program
from outreach_app.vault.argon import FLOOR
from tests.support.window_driving import DrivenWindows, forms_of, forms_of_key, is_alive, wait_for

pytestmark = pytest.mark.real_derivation
PASSPHRASE = "cabin gentle napkin orbit wagon"
WORDS = "Brindlewick said the green gate, wollmarsh"


def test_the_cards_stand_in_a_process_without_words_or_keys_and_the_answers_come_back(tmp_path):
    vault = tmp_path / "vault"
    Program(vault, cost=FLOOR).create_vault(PASSPHRASE, worker_name="Anna Meyer", role="outreach").close()
    with DrivenWindows(tmp_path) as driven:
        window = driven.start(vault)
        window.do("unlock", PASSPHRASE)
        window.until("unlocked")
        window.do("begin_note", "street")
        window.until("in_form")
        window.do("write", WORDS, 4)
        secrets = {**forms_of("words", WORDS), **forms_of("passphrase", PASSPHRASE)}
        for number, key in enumerate(window.do("secrets")):
            secrets |= forms_of_key(f"key {number}", bytes.fromhex(key))
        window.do("hand_over")
        successor = driven.next()
        assert driven.process.wait(timeout=30) == 0
        assert not is_alive(window.pid)
        successor.until("in_cards")
        assert set(successor.find(secrets).values()) == {0}
        assert successor.do("answer_cards", "th", "3" * 8 + "2" + "1")
        successor.do("unlock", PASSPHRASE)
        successor.until("unlocked")
        successor.until("in_form")
        wait_for(lambda: successor.do("cards_in_note") == {"screen": "no", "alone": "yes"})
        assert successor.do("where")["text"] == WORDS
