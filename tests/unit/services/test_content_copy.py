"""The copy of the pack beside the vault: the same texts while locked, and never trusted more than the vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.content import NOTHING, generation, use_content
from outreach_app.errors import DiskFullError
from outreach_app.leaflets.directory import EMERGENCY, HOTLINE, help_lines
from outreach_app.program import Program
from outreach_app.records import packs as rows
from outreach_app.services import content_copy, pack_checks, pack_reader, packs
from outreach_app.services.errors import PackFileWrongError
from outreach_app.vault.layout import CONTENT_COPY
from tests.support.content_packs import (
    DIRECTORY,
    other_number,
    pack_of,
    small_pack,
)
from tests.support.sessions import Laptop, PreparedLaptop
from tests.support.taking_packs import SHIPPED_NUMBER, number_shown, take


@pytest.fixture(autouse=True)
def nothing_in_use() -> Iterator[None]:
    yield
    use_content(NOTHING)


@pytest.fixture
def copy(laptop: Laptop) -> Path:
    return laptop.parts.vault.folder / CONTENT_COPY


class TestCopy:
    def test_it_serves_a_locked_laptop_with_the_shipped_number_first(self, laptop: Laptop, copy: Path) -> None:
        """Who may write in the folder can make a copy, and the line beside it: it adds a number, and takes none away."""
        take(laptop)
        use_content(NOTHING)
        Program(copy.parent)
        line = help_lines().line(HOTLINE)
        assert (line.number, line.other_numbers) == (SHIPPED_NUMBER, ("+45 11 22 33 01",))
        assert help_lines().line(EMERGENCY).other_numbers == ()
        assert line.dialled == SHIPPED_NUMBER.replace(" ", "")
        laptop.session.packs.bring_up_to_date()
        line = help_lines().line(HOTLINE)
        assert (line.number, line.other_numbers) == ("+45 11 22 33 01", ())

    def test_a_damaged_one_gives_the_shipped_texts_until_the_vault_is_open(self, laptop: Laptop, copy: Path) -> None:
        take(laptop)
        whole = copy.read_bytes()
        copy.write_bytes(whole[:100] + b"?" + whole[101:])
        Program(copy.parent)
        assert number_shown() == SHIPPED_NUMBER
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), copy.read_bytes()) == ("+45 11 22 33 01", whole)

    def test_a_replaced_one_is_put_right_when_the_vault_is_open(self, laptop: Laptop, copy: Path) -> None:
        take(laptop)
        whole = copy.read_bytes()
        copy.write_bytes(pack_of({DIRECTORY: other_number("+45 99 99 99 99")}, 9))
        Program(copy.parent)
        assert number_shown() == SHIPPED_NUMBER, "not the pack that was read"
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), copy.read_bytes()) == ("+45 11 22 33 01", whole)

    def test_one_that_the_vault_knows_nothing_of_goes(self, laptop: Laptop, copy: Path) -> None:
        copy.write_bytes(small_pack(9))
        Program(copy.parent)
        assert number_shown() == SHIPPED_NUMBER
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), copy.exists()) == (SHIPPED_NUMBER, False)

    def test_a_lost_one_is_made_again_and_nothing_is_read_anew(self, laptop: Laptop, copy: Path) -> None:
        take(laptop)
        before = generation()
        copy.unlink()
        laptop.session.packs.bring_up_to_date()
        assert copy.is_file()
        laptop.session.packs.bring_up_to_date()
        assert generation() == before

    def test_a_full_disk_costs_the_copy_and_nothing_else(
        self, laptop: Laptop, copy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(file: Path, content: bytes) -> None:
            file.with_name(file.name + ".new").write_bytes(content[:10])
            raise OSError

        monkeypatch.setattr(content_copy, "replace_durably", full)
        assert take(laptop).installed
        assert number_shown() == "+45 11 22 33 01"
        assert not copy.exists()
        assert not copy.with_name(copy.name + ".new").exists()

    def test_one_that_goes_while_it_is_looked_at_gives_the_shipped_texts(self, tmp_path: Path) -> None:
        assert content_copy.read_copy(tmp_path) == NOTHING

    def test_a_folder_in_its_place_is_left_alone(self, laptop: Laptop, copy: Path) -> None:
        copy.mkdir()
        (copy / "x").touch()
        laptop.session.packs.bring_up_to_date()
        assert take(laptop).installed
        assert number_shown() == "+45 11 22 33 01"

    def test_a_pack_that_another_program_wrote_hides_no_help_line(self, laptop: Laptop) -> None:
        take(laptop)
        laptop.db.execute("UPDATE content_pack SET data = x'00'")
        use_content(NOTHING)
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), help_lines().line(EMERGENCY).number) == (SHIPPED_NUMBER, "112")


class TestAnotherProgram:
    """A pack is read once more by a program, or with shipped content, that did not read it before."""

    @pytest.fixture
    def updated(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        yield from newer_program(monkeypatch)

    @pytest.fixture
    def unfit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_data: bytes) -> None:
            raise PackFileWrongError(file=DIRECTORY, reason="fictional")

        monkeypatch.setattr(pack_checks, "check_pack", refuse)

    def test_one_that_still_makes_whole_sheets_stays(self, laptop: Laptop, copy: Path, request: pytest.FixtureRequest) -> None:
        take(laptop)
        request.getfixturevalue("updated")
        Program(copy.parent)
        assert number_shown() == SHIPPED_NUMBER, "until it was read again"
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), laptop.session.packs.state().set_aside) == ("+45 11 22 33 01", False)
        Program(copy.parent)
        assert help_lines().line(HOTLINE).other_numbers == ("+45 11 22 33 01",)

    def test_one_that_does_not_is_set_aside_until_newer_content_comes(
        self, laptop: Laptop, copy: Path, request: pytest.FixtureRequest
    ) -> None:
        take(laptop)
        for fixture in ("updated", "unfit"):
            request.getfixturevalue(fixture)
        for _ in range(2):
            laptop.session.packs.bring_up_to_date()
            state = laptop.session.packs.state()
            assert (number_shown(), state.number, state.set_aside) == (SHIPPED_NUMBER, 1, True)
            assert not copy.exists()
        known = laptop.session.packs.known()
        assert (known.refused_sha256, known.sha256) != ("", ""), "it is not fetched again"
        request.getfixturevalue("monkeypatch").undo()
        pack_reader.reader.cache_clear()
        assert take(laptop, 2).installed
        assert (number_shown(), laptop.session.packs.state().set_aside) == ("+45 11 22 33 02", False)

    def test_a_full_disk_only_makes_it_be_read_again(
        self, laptop: Laptop, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        take(laptop)
        request.getfixturevalue("updated")

        def full(*_: object) -> None:
            raise DiskFullError

        monkeypatch.setattr(packs, "keep_read", full)
        laptop.session.packs.bring_up_to_date()
        assert number_shown() == "+45 11 22 33 01"


def newer_program(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be another version of the program."""
    monkeypatch.setattr(pack_reader, "__version__", "999")
    pack_reader.reader.cache_clear()
    yield
    pack_reader.reader.cache_clear()


def test_a_vault_opened_again_uses_what_it_has(prepared: PreparedLaptop, tmp_path: Path) -> None:
    with prepared.copy(tmp_path / "again") as laptop:
        take(laptop)
    use_content(NOTHING)
    (tmp_path / "again" / CONTENT_COPY).unlink()
    with prepared.open(tmp_path / "again") as laptop:
        laptop.session.packs.bring_up_to_date()
        assert number_shown() == "+45 11 22 33 01"
        assert rows.pack_bytes(laptop.db) == (tmp_path / "again" / CONTENT_COPY).read_bytes()
