"""``outreach centre publish`` with a desk, its own mailbox and three custodians' key files, and what a laptop finds."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from outreach_app.centre.desk.custodians import init_custodians
from outreach_app.centre.desk.folder import CentreSettings, write_settings
from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.centre.mailbox.same_machine import SameMachineMailbox
from outreach_app.clock import SystemClock
from outreach_app.content import read_shipped_content
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.enrolment import six_words
from outreach_app.sync.keys import PublicSigningKeys
from outreach_app.sync.packs.client import Published, first_trust, refresh
from outreach_app.sync.packs.trust_file import read_trust_file
from outreach_app.vault.passphrase import word_list
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, make_desk
from tests.support.publishing import PASSPHRASES
from tests.support.vaults import CHEAP_COST
from tests.unit.cli.conftest import plain

NEW = tuple(f"{passphrase} again" for passphrase in PASSPHRASES)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PublicSigningKeys]:
    folder = tmp_path_factory.mktemp("publishing")
    with make_desk(folder / "centre", FakeClock(SystemClock().now())) as desk:
        create_mailbox(folder / "centre", desk.keys.root.public, desk.keys.receipt.public)
        init_custodians(desk, folder / "keys", PASSPHRASES, cost=CHEAP_COST)
        root = desk.keys.root.public
    write_settings(folder / "centre", CentreSettings())
    return folder, root


class Publishing:
    """The commands on one copy of the centre; passphrases come by standard input."""

    def __init__(self, folder: Path, root: PublicSigningKeys) -> None:
        self.folder = folder
        self.root = root

    def run(self, *arguments: object, typed: tuple[str, ...] = (), code: int = 0) -> Result:
        given = "".join(f"{line}\n" for line in (PASSPHRASE, *typed)).encode()
        centre = ("--passphrase-stdin", "centre", "--centre", str(self.folder / "centre"))
        result = plain(*centre, *map(str, arguments), typed=given)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    def sign(self, number: int, *more: str, code: int = 0) -> Result:
        file = self.folder / "keys" / f"custodian-{number}.key"
        return self.run("publish", "sign", "--key", file, *more, typed=(PASSPHRASES[number - 1],), code=code)

    def shown(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.run("publish", "show", "--json").stdout)
        return found

    def found(self) -> Published:
        mailbox = SameMachineMailbox(self.folder / "centre", database=None, clock=SystemClock())
        try:
            trusted = first_trust(mailbox, self.root)
            assert trusted is not None
            return refresh(mailbox, trusted, now=SystemClock().now())
        finally:
            mailbox.close()


@pytest.fixture
def publishing(made: tuple[Path, PublicSigningKeys], tmp_path: Path) -> Publishing:
    folder, root = made
    return Publishing(Path(shutil.copytree(folder, tmp_path / "there")), root)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name in ("pathways/numbers.json", "directory/directory.json"):
        file = tmp_path / "source" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(read_shipped_content(name))
    return tmp_path / "source"


def test_two_custodians_publish_from_a_folder(publishing: Publishing, source: Path, tmp_path: Path) -> None:
    assert "Nothing has been published yet." in publishing.run("publish", "show").stdout
    publishing.run("publish", "finish", code=3)
    publishing.sign(1, code=3)
    told = publishing.run("publish", "prepare", source).stdout
    assert "new: directory/directory.json" in told
    assert "Nobody has signed yet, 0 of 2." in told
    first = publishing.sign(1)
    assert "new: directory/directory.json" in first.stderr
    assert first.stdout == "Custodian 1 has signed, 1 of 2. A second custodian must sign.\n", "what was shown before is not said again"
    publishing.sign(1, code=3)
    signed = publishing.sign(3, "--json")
    assert "directory/directory.json" in signed.stderr
    assert json.loads(signed.stdout)["signed_by"] == [1, 3]
    (tmp_path / "stick").mkdir()
    finished = publishing.run("publish", "finish", "--stick", tmp_path / "stick").stdout
    assert "Number 1, in force · published" in finished
    assert "Files handed out: 14" in finished
    assert publishing.found().number == 1
    assert StickFolder(tmp_path / "stick").fetch_pack_file("1.root.json", 1 << 20) is not None
    assert "Files handed out: 0" in publishing.run("publish", "finish").stdout
    assert "Files handed out: 7" in publishing.run("publish", "finish", "--again").stdout
    shown = publishing.shown()
    assert (shown["root"], shown["draft"]) == (1, None)
    assert "signed by custodians 1, 3" in publishing.run("publish", "show").stdout


def test_a_return_to_what_was_published(publishing: Publishing, source: Path) -> None:
    shutil.copytree(source / "directory", source.parent / "other" / "directory")
    for arguments in ((str(source),), (str(source.parent / "other"), "--without-keys"), ("--return-to", "1")):
        draft = json.loads(publishing.run("publish", "prepare", *arguments, "--json").stdout)
        publishing.sign(1)
        publishing.sign(2)
        told = publishing.run("publish", "finish").stdout
    assert (draft["number"], draft["returns_to"], draft["complete"]) == (3, 1, False)
    assert "which return to 1" in told
    assert "which return to 1" in publishing.run("publish", "prepare", "--return-to", 1).stdout


def test_what_the_program_was_shipped_with(publishing: Publishing) -> None:
    draft = json.loads(publishing.run("publish", "prepare", "--shipped", "--json").stdout)
    assert {"name": "directory/directory.json", "change": "new"} in draft["files"]


def test_the_keys_alone_and_a_larger_number(publishing: Publishing) -> None:
    for option in ("--above", "--return-to"):
        publishing.run("publish", "prepare", option, 1 << 53, code=2)
        publishing.run("publish", "prepare", option, 1 << 64, code=2)
    told = publishing.run("publish", "prepare", "--above", 7).stdout
    assert "Number 8, prepared " in told
    assert "The centre's keys, for laptops to seal for." in told
    publishing.sign(2)
    publishing.sign(3)
    publishing.run("publish", "finish")
    assert "The files are those that are published now." in publishing.run("publish", "prepare").stdout


def test_a_laptop_takes_the_keys_by_hand(publishing: Publishing, tmp_path: Path) -> None:
    told = publishing.run("publish", "trust", tmp_path / "trust.json").stdout
    data = (tmp_path / "trust.json").read_bytes()
    assert f"Words of the file: {six_words(hashlib.sha512(data).digest(), word_list())}\n" in told
    assert read_trust_file(data, publishing.root).root


def test_nobody_is_asked_to_sign_what_laptops_would_refuse(publishing: Publishing, source: Path) -> None:
    (source / "directory" / "directory.json").write_bytes(b"{}")
    assert "directory/directory.json" in publishing.run("publish", "prepare", source, code=3).stderr
    assert publishing.shown()["draft"] is None


def test_one_source_at_a_time(publishing: Publishing, source: Path) -> None:
    publishing.run("publish", "prepare", source, "--shipped", code=2)


def test_a_custodian_at_a_terminal_is_asked(publishing: Publishing, terminal: Callable[[], None]) -> None:
    publishing.run("publish", "prepare")
    terminal()
    file = publishing.folder / "keys" / "custodian-1.key"
    told = publishing.run("publish", "sign", "--key", file, typed=("n",), code=3)
    assert "Is this what you want to sign?" in told.stderr
    assert publishing.shown()["draft"] is not None
    publishing.run("publish", "sign", "--key", file, "--yes", typed=(PASSPHRASES[0],))


def test_new_custodians_take_over_with_two_old_keys(publishing: Publishing, tmp_path: Path) -> None:
    publishing.run("publish", "prepare")
    publishing.sign(1)
    publishing.sign(2)
    publishing.run("publish", "finish")
    keys = publishing.folder / "keys"
    refused = publishing.run("custodians", "init", tmp_path / "new", "--replace", typed=NEW, code=3)
    assert "--by-hand" in refused.stderr
    old = ("--old-key", keys / "custodian-1.key", "--old-key", keys / "custodian-3.key")
    typed = (PASSPHRASES[0], PASSPHRASES[2], *NEW)
    publishing.run("custodians", "init", tmp_path / "new", "--replace", *old, typed=typed)
    publishing.run("publish", "finish")
    assert publishing.found().number == 2
