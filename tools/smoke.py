"""Starts the one-folder program as a stranger's machine would: copied elsewhere, with an empty environment."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

PROGRAM = "outreach"
SECONDS = 600


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--tour/--no-tour", default=True, help="Run the whole tour, or only ask for help.")
def smoke(folder: Path, tour: bool) -> None:
    """Run the program in FOLDER outside the checkout and print what it says."""
    with tempfile.TemporaryDirectory(prefix="outreach-smoke-") as elsewhere:
        result = run_elsewhere(folder, Path(elsewhere), tour=tour)
    click.echo(result.stdout)
    click.echo(result.stderr, err=True)
    sys.exit(result.returncode)


def run_elsewhere(folder: Path, elsewhere: Path, *, tour: bool) -> subprocess.CompletedProcess[str]:
    """Copy the program to ``elsewhere`` and run its tour there, or only its help.

    The environment holds a home folder and nothing else: no path, no display, no language.
    """
    copy = elsewhere / "program"
    home = elsewhere / "home"
    shutil.copytree(folder, copy, symlinks=True)
    home.mkdir()
    arguments = ["tour", "--out", str(elsewhere / "tour")] if tour else ["--help"]
    return subprocess.run(
        [str(copy / PROGRAM), *arguments],
        cwd=home, env={"HOME": str(home)}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip


if __name__ == "__main__":
    smoke()
