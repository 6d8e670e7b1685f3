"""Pictures of every page, grabbed offscreen by a window in a process of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from outreach_app.own_command import own_command
from outreach_app.tour.report import Verifier

_TIMEOUT = 300  # seconds
_PNG = b"\x89PNG\r\n\x1a\n"


def grab_screens(verifier: Verifier, vault: Path, passphrase: str, out: Path) -> None:
    """Grab each page, light and dark, and check that each picture is one."""
    with verifier.step("screens", "Grab a picture of each page"):
        folder = out / "screens"
        folder.mkdir()
        command = [*own_command(), "window", "--vault", str(vault), "--pictures", str(folder)]
        done = subprocess.run(
            command, input=passphrase.encode() + b"\n", stdout=subprocess.DEVNULL, timeout=_TIMEOUT, check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        pictures = sorted(folder.glob("*.png"))
        verifier.expect(done.returncode == 0 and len(pictures) > 0, f"the window ended with {done.returncode}")
        for picture in pictures:
            verifier.expect(picture.read_bytes().startswith(_PNG), f"{picture.name} is no picture")
        verifier.report.screens = len(pictures)
