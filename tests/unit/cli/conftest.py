"""The command line in this process, on copies of a vault that was made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outreach_app.cli.main import cli
from tests.support.sessions import PreparedLaptop
from tests.support.vaults import PASSPHRASE


@dataclass
class CommandLine:
    """Runs commands on one vault; the passphrase comes by standard input, before whatever else is typed."""

    folder: Path
    prepared: PreparedLaptop

    def run(self, *arguments: str, typed: bytes = b"", code: int = 0) -> Result:
        given = f"{PASSPHRASE}\n".encode() + typed
        result = plain("--vault", str(self.folder), "--passphrase-stdin", *arguments, typed=given)
        assert result.exit_code == code, (result.output, result.exception)
        return result


def plain(*arguments: str, typed: bytes = b"") -> Result:
    """Run one command without a vault."""
    return CliRunner().invoke(cli, list(arguments), input=typed, prog_name="outreach")


@pytest.fixture(scope="session")
def prepared_for_commands(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault", enrolled=True)


@pytest.fixture(scope="session")
def prepared_alone_for_commands(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault")


@pytest.fixture
def line(prepared_for_commands: PreparedLaptop, tmp_path: Path) -> CommandLine:
    folder = Path(shutil.copytree(prepared_for_commands.folder, tmp_path / "vault"))
    return CommandLine(folder, prepared_for_commands)


@pytest.fixture
def line_alone(prepared_alone_for_commands: PreparedLaptop, tmp_path: Path) -> CommandLine:
    """Not enrolled."""
    folder = Path(shutil.copytree(prepared_alone_for_commands.folder, tmp_path / "alone"))
    return CommandLine(folder, prepared_alone_for_commands)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the runner's standard input look like a terminal."""
    return lambda: monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False)
