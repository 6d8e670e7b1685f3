"""The command behind `make centre`: a centre on this machine for trying the whole way by hand, fictional people only.

It enrols whatever request lies in its folder, takes in what arrives, and says each step; Ctrl+C ends it.
"""

from __future__ import annotations

import time
from pathlib import Path

import click

from outreach_app.practice.centre_process import CentreProcess
from outreach_app.vault.passphrase import generate_passphrase

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "try"
REQUEST = "request.json"
PORT = 8765  # the same each time: a laptop enrolled here finds it again
_PAUSE = 4.0  # seconds between two looks


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
@click.option("--port", type=int, default=PORT, show_default=True)
@click.option("--rounds", type=int, default=0, help="Stop after so many looks; 0 for never (tests).")
def try_centre(folder: Path, port: int, rounds: int) -> None:
    """Run a centre for trying in FOLDER until stopped."""
    centre = _opened(folder)
    click.echo(f"A centre for trying runs at {centre.start_mailbox(port)}. Fictional people only.")
    click.echo(f"1. In the window, Sending: save the enrolment request as {folder / REQUEST}")
    try:
        _watch(centre, folder, rounds)
    except KeyboardInterrupt:
        click.echo("The centre has stopped.")
    finally:
        centre.stop()


def _opened(folder: Path) -> CentreProcess:
    """Return the folder's centre, made now if there is none; its passphrase lies beside it, as no real one may."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / "passphrase"
    if kept.exists():
        return CentreProcess(folder / "centre", kept.read_text(encoding="utf-8"))
    passphrase = generate_passphrase()
    centre = CentreProcess(folder / "centre", passphrase)
    centre.run("init", "init", str(centre.folder))
    kept.touch(mode=0o600)
    kept.write_text(passphrase, encoding="utf-8")
    return centre


def _watch(centre: CentreProcess, folder: Path, rounds: int) -> None:
    done = 0
    while not rounds or done < rounds:
        done += 1
        request, reply = folder / REQUEST, folder / "reply.json"
        if request.exists() and not (reply.exists() and reply.stat().st_mtime >= request.stat().st_mtime):
            words = centre.run(
                "enrol", "enrol", str(request), "--out", str(reply), "--mailbox", centre.url, "--json"
            )["words"]
            click.echo(f"2. The centre read the request; its words: {words['request']}")
            click.echo(f"3. In the window, accept {reply}; its words: {words['reply']}")
        taken = centre.run("ingest", "ingest", str(centre.folder), "--json")
        if taken["ingested"]:
            click.echo(f"4. Batches that came and were opened: {taken['ingested']}; fetch the receipts in the window.")
            click.echo(centre.run("count", "count", is_json=False))
        time.sleep(_PAUSE)


if __name__ == "__main__":
    try_centre()
