"""Leaflets: every language in its own script, a live preview from memory, saving, printing, and the locked screen."""

from __future__ import annotations

import pytest

from outreach_app.leaflets.making import make_leaflet
from tests.support.window_parts import PASSPHRASE
from ui.pages.leaflets import LeafletsPage
from ui.pages.leaflets import page as leaflets_page

PRINTER = "Van_printer"


@pytest.fixture
def printed(tmp_path, monkeypatch):
    """A printing system: ``lpstat`` knows one printer, ``lp`` writes down what it was given."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in {
        "lpstat": f'case "$1" in -e) echo {PRINTER};; *) echo "system default destination: {PRINTER}";; esac',
        "lp": f'echo "$@" > {programs}/arguments; cat > {programs}/paper',
    }.items():
        file = programs / name
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return programs


@pytest.fixture
def no_printer(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))


def show(parts, qtbot):
    page = LeafletsPage(parts.context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.shown({})
    settle_free(parts, page, qtbot)
    return page


def settle_free(parts, page, qtbot):
    qtbot.waitUntil(lambda: page._made is not None and page._made.wanted == page.wanted(), timeout=15_000)
    parts.settle()


def choose(parts, page, qtbot, language, form):
    page.languages.set_value(language)
    page.formats._choose(form)
    settle_free(parts, page, qtbot)


def test_every_language_is_previewed_in_every_format(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    names = [page.languages.item(row).text() for row in range(page.languages.count())]
    assert {"Dansk", "English", "Română", "ไทย", "العربية"} <= set(names)
    for language in ("th", "ar"):
        for form in ("a4", "wallet"):
            choose(parts, page, qtbot, language, form)
            assert page._made.pdf == make_leaflet("where_to_get_help", language, form).pdf
            assert page.preview.pages() >= 1
            assert not page.preview.image().isNull()
    assert "Draft" in page.state.text()


def test_without_a_printer_saving_is_offered(parts, qtbot, no_printer, tmp_path, monkeypatch):
    page = show(parts, qtbot)
    assert not page.print_it.isEnabled()
    assert page.no_printer.isVisible()
    file = tmp_path / "leaflet.pdf"
    monkeypatch.setattr(leaflets_page, "choose_file_to_save", lambda *_told: file)
    page.save_it.click()
    parts.settle()
    assert file.read_bytes() == page._made.pdf
    assert parts.said[-1][1] == "Saved as leaflet.pdf."


def test_a_folder_that_cannot_be_written_is_said(parts, qtbot, no_printer, tmp_path, monkeypatch):
    page = show(parts, qtbot)
    monkeypatch.setattr(leaflets_page, "choose_file_to_save", lambda *_told: tmp_path / "gone" / "leaflet.pdf")
    page.save_it.click()
    with pytest.raises(AssertionError, match="FolderNotWritableError"):
        parts.settle()
    parts.failures.clear()


def test_printing_hands_the_bytes_over_and_counts_them(parts, qtbot, printed):
    page = show(parts, qtbot)
    qtbot.waitUntil(page.print_it.isEnabled)
    choose(parts, page, qtbot, "ro", "wallet")
    page.copies.setValue(3)
    page.print_it.click()
    qtbot.waitUntil(lambda: parts.said != [])
    parts.settle()
    assert (printed / "paper").read_bytes() == page._made.pdf
    assert "-d Van_printer -n 3" in (printed / "arguments").read_text()
    assert parts.said[-1][1] == "3 copies went to the printer."
    assert parts.ask(lambda session: session.printing.printed_by_language()) == {"ro": 3}


def _open_again(parts) -> dict[str, int]:
    context = parts.context
    context.sessions.put(context.tasks.call_vault(lambda: context.program.unlock(PASSPHRASE)))
    return parts.ask(lambda session: session.printing.printed_by_language())


def test_what_the_locked_screen_prints_is_counted_at_the_next_unlocking(parts, qtbot, printed):
    parts.context.tasks.call_vault(parts.context.sessions.close)
    page = show(parts, qtbot)
    qtbot.waitUntil(page.print_it.isEnabled)
    choose(parts, page, qtbot, "th", "a4")
    page.copies.setValue(2)
    page.print_it.click()
    qtbot.waitUntil(lambda: parts.said != [])
    parts.settle()
    assert parts.said[-1][1] == "2 copies went to the printer."
    kept = [file.read_bytes() for file in parts.context.program.folder.iterdir() if file.is_file()]
    assert not any(b"where_to_get_help" in content for content in kept), "what waits is sealed"
    assert _open_again(parts) == {"th": 2}


def test_what_comes_out_of_the_printer_while_it_locks_is_counted_too(parts, qtbot, printed):
    page = show(parts, qtbot)
    qtbot.waitUntil(page.print_it.isEnabled)
    parts.context.tasks.stopping.set()
    page._printed(page.wanted(), 4)
    parts.settle()
    parts.context.tasks.call_vault(parts.context.sessions.close)
    assert _open_again(parts) == {page.wanted().language: 4}


def test_without_a_vault_nothing_is_counted_and_nothing_breaks(parts, qtbot, printed, monkeypatch):
    parts.context.tasks.call_vault(parts.context.sessions.close)
    monkeypatch.setattr(parts.context.program, "vault_exists", lambda: False)
    page = show(parts, qtbot)
    qtbot.waitUntil(page.print_it.isEnabled)
    page._printed(page.wanted(), 1)
    parts.settle()
    assert parts.said[-1][1] == "1 copy went to the printer."


def test_a_printer_that_refuses_is_said_calmly(parts, qtbot, printed):
    (printed / "lp").write_text("#!/bin/sh\nexit 1\n")
    page = show(parts, qtbot)
    qtbot.waitUntil(page.print_it.isEnabled)
    page.print_it.click()
    qtbot.waitUntil(lambda: parts.said != [])
    assert parts.said[-1][0] == "notice"
    assert PRINTER in parts.said[-1][1]
    assert page.print_it.isEnabled()
