"""Catalogues: the same texts give the same bytes, stale and broken ones are found, the pseudo-language keeps places."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.support import Translations
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tools import catalogue_check, catalogues, pseudo
from tools.messages import messages

SOURCE = '''
"""Fictional."""
greeting = _("Good evening, {name}.")
later = N_("&Save")
count = ngettext("{count} note", "{count} notes", 3)
not_marked = str("hidden")
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in catalogues.SOURCES:
        (tmp_path / folder).mkdir()
    (tmp_path / "outreach_app" / "hello.py").write_text(SOURCE)
    (tmp_path / "locales").mkdir()
    return tmp_path


def run(project: Path, *commands: str) -> list[int]:
    return [CliRunner().invoke(messages, ["--root", str(project), name]).exit_code for name in commands]


def da_path(project: Path) -> Path:
    return project / "locales" / "da" / "LC_MESSAGES" / "outreach.po"


def translate(project: Path, **texts: str) -> None:
    catalog = catalogues.load(da_path(project), "da")
    for message in catalog:
        if isinstance(message.id, str) and message.id:
            message.string = texts.get("other", message.id)
        elif message.id:
            message.string = tuple(message.id)
    da_path(project).write_bytes(catalogues.as_po(catalog))


def test_extraction_finds_marked_texts_only(project: Path) -> None:
    catalog = catalogues.extract(project)
    ids = {message.id for message in catalog if message.id}
    assert ids == {"Good evening, {name}.", "&Save", ("{count} note", "{count} notes")}


def test_extraction_gives_the_same_bytes_when_lines_move(project: Path) -> None:
    before = catalogues.as_po(catalogues.extract(project))
    (project / "outreach_app" / "hello.py").write_text("\n\n\n" + SOURCE)
    assert catalogues.as_po(catalogues.extract(project)) == before
    for changing in (b"Date", b"@", b"hello.py:"):
        assert changing not in before


def test_texts_of_several_files_keep_their_order_when_read_back(project: Path) -> None:
    said = {"a.py": "One Two", "pages/z.py": "One", "pages/t.py": "Two", "pages/sub/s.py": "One"}
    for name, texts in said.items():
        file = project / "ui" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("".join(f'_("{text}")\n' for text in texts.split()))
    assert run(project, "extract", "update") == [0, 0]
    translate(project, other="God aften, {name}.")
    assert not [problem for problem in catalogue_check.problems(project) if "make messages" in problem]
    template = project / "locales" / "outreach.pot"
    assert catalogues.as_po(catalogues.load(template)) == template.read_bytes()


def test_the_whole_round_ends_in_a_usable_translation(project: Path) -> None:
    assert run(project, "extract", "update") == [0, 0]
    translate(project, other="God aften, {name}.")
    (problem,) = catalogue_check.problems(project)  # the same text was put for "&Save": it has a place too many
    assert "&Save" in problem
    catalog = catalogues.load(da_path(project), "da")
    catalog["&Save"].string = "&Gem"
    da_path(project).write_bytes(catalogues.as_po(catalog))
    assert run(project, "check", "compile", "check") == [0, 0, 0]
    danish = Translations.load(str(project / "locales"), ["da"], "outreach")
    assert danish.gettext("Good evening, {name}.") == "God aften, {name}."
    assert danish.ngettext("{count} note", "{count} notes", 2) == "{count} notes"


def test_new_texts_and_missing_translations_are_found(project: Path) -> None:
    run(project, "extract", "update")
    assert run(project, "check") == [1]
    assert all("not translated" in problem for problem in catalogue_check.problems(project))
    translate(project)
    assert run(project, "check") == [0]
    (project / "ui" / "new.py").write_text('text = _("Something new")\n')
    assert [problem.split(" ")[0] for problem in catalogue_check.problems(project)] == ["outreach.pot", "da/outreach.po"]
    assert run(project, "check", "extract", "update", "check") == [1, 0, 0, 1]


def test_texts_that_are_gone_leave_the_catalogue(project: Path) -> None:
    run(project, "extract", "update")
    (project / "outreach_app" / "hello.py").write_text('text = _("Only this")\n')
    run(project, "extract", "update")
    ids = [message.id for message in catalogues.load(da_path(project), "da") if message.id]
    assert ids == ["Only this"]
    assert b"#~" not in da_path(project).read_bytes()


@pytest.mark.parametrize(
    ("source", "target", "fine"),
    [
        ("{a} of {b}", "{b}: {a}", True),
        ("{a} of {b}", "{a}", False),
        ("{a}", "{A}", False),
        ("{a}", "{a", False),
        ("%(n)s left", "%(n)s tilbage", True),
        ("%d left", "tilbage", False),
        ("{a:.1f}", "{a:.0f}", True),
        (("one note", "{n} notes"), ("et notat", "{n} notater"), True),
        (("one note", "{n} notes"), ("et notat", "{m} notater"), False),
    ],
)
def test_places_must_agree(source, target, fine: bool) -> None:
    message = Catalog(locale="da").add(source, target)
    assert (not list(catalogue_check.message_problems(message))) is fine


def test_leaflet_catalogues_are_checked_and_compiled_where_they_exist(project: Path) -> None:
    run(project, "extract", "update")
    translate(project)
    thai = project / "locales" / "th" / "LC_MESSAGES" / "leaflets.po"
    thai.parent.mkdir(parents=True)
    catalog = Catalog(locale="th", charset="utf-8", fuzzy=False)
    catalog.add("Call {number}", "โทร {number}")
    thai.write_bytes(catalogues.as_po(catalog))
    assert run(project, "check", "compile") == [0, 0]
    assert thai.with_suffix(".mo").exists()
    catalog["Call {number}"].string = "โทร"
    thai.write_bytes(catalogues.as_po(catalog))
    assert run(project, "check") == [1]


def test_unchanged_files_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.mo"
    assert catalogues.write_if_changed(path, b"one")
    first = path.stat().st_mtime_ns
    assert not catalogues.write_if_changed(path, b"one")
    assert path.stat().st_mtime_ns == first
    assert catalogues.write_if_changed(path, b"two")
    assert [entry.name for entry in path.parent.iterdir()] == ["file.mo"]


def test_pseudo_text_keeps_what_must_be_kept() -> None:
    shown = pseudo.pseudo_text("&Open <b>{file}</b> of %(n)s &amp; {{more}} at https://example.test/a\n")
    for kept in ("&O", "<b>{file}</b>", "%(n)s", "&amp;", "{{", "}}", "https://example.test/a"):
        assert kept in shown
    assert shown.startswith("[")
    assert shown.endswith("]\n")
    assert pseudo.pseudo_text("  ") == "  "


@given(st.text(alphabet=string.ascii_letters + " .{}&%<>/\n", max_size=80))
def test_pseudo_text_is_longer_and_has_the_same_places(text: str) -> None:
    shown = pseudo.pseudo_text(text)
    if text.strip():
        assert len(shown) >= len(text) * (1 + pseudo.LONGER_BY) - 1
    try:
        expected = catalogue_check.places(text)
    except ValueError:
        return  # not a text that could be filled in
    assert catalogue_check.places(shown) == expected


def test_pseudo_language_serves_every_text(project: Path) -> None:
    run(project, "extract", "compile")
    shown = Translations.load(str(project / "locales"), [pseudo.LANGUAGE], "outreach")
    assert shown.gettext("&Save").startswith("[&S")
    assert "{count}" in shown.ngettext("{count} note", "{count} notes", 1)


def test_what_is_shipped_is_compiled_texts_and_readable_sheets(project: Path) -> None:
    run(project, "extract", "update", "compile")
    sheets = da_path(project).with_name("leaflets.po")
    sheets.write_bytes(catalogues.as_po(Catalog(locale="da", charset="utf-8", fuzzy=False)))
    shipped = catalogues.compile_for_shipping(project / "locales")
    assert [path.name for path in shipped] == ["leaflets.po", "outreach.mo"]
    assert not [path for path in shipped if pseudo.LANGUAGE in path.parts]
