"""The end of a laptop in the whole window: the keys go, the process ends, and the next one begins at the beginning."""

from __future__ import annotations

from outreach_app.program import Program
from outreach_app.services.erasing import ERASE_LAPTOP_WORDS
from tests.support.shell import PASSPHRASE, make_shell
from ui.page_table import PAGES


def test_an_erased_laptop_locks_and_begins_anew(qapp, tmp_path):
    shell = make_shell(qapp, tmp_path, rows=PAGES)
    try:
        shell.open()
        page = shell.window.frame.go_to("laptop", {"view": "holding"})
        shell.settle()
        end = page.open_view("holding").end
        end.begin.click()
        shell.settle()
        end.ask.entry.line.setText(PASSPHRASE)
        end.words.setText(ERASE_LAPTOP_WORDS)
        end.ask.act.click()
        shell.wait(lambda: shell.ended == [0])
        assert len(shell.successors) == 1
        assert shell.failures == []
        left = [file.name for file in (tmp_path / "vault").rglob("*") if file.is_file()]
        assert not Program(tmp_path / "vault").vault_exists(), left
    finally:
        shell.end()
    again = make_shell(qapp, tmp_path, rows=PAGES)
    try:
        again.window.begin()
        again.wait(lambda: again.window.first_run is not None)
    finally:
        again.end()
