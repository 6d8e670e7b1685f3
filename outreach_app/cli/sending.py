"""``outreach seal``, ``send`` and ``receipts``."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outreach_app.cli.state import State
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.errors import KnownError
    from outreach_app.records.batches import BatchRow
    from outreach_app.services.progress import Progress
    from outreach_app.services.sending_road import SendingResult
    from outreach_app.sync.carriers.carrier import Carrier
    from outreach_app.sync.carriers.patience import Patience


@click.command()
@click.pass_obj
def seal(state: State) -> None:
    """Seal every note that may leave into batches for the centre."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        rows = session.sending.seal(show)
    print_json([{"batch": row.seq, "records": row.records, "bytes": row.bytes, "hash": row.sha512} for row in rows])


@click.command()
@click.option("--mailbox", metavar="URL", help="Hand over by network to this mailbox.")
@click.option("--stick", type=click.Path(path_type=Path), help="Hand over by this folder, such as a USB stick.")
@click.option("--trust", type=click.Path(path_type=Path), help="File of the certificate authority to trust.")
@click.option("--patient", is_flag=True, help="Try again for ever where the network fails.")
@click.pass_obj
def send(state: State, mailbox: str | None, stick: Path | None, trust: Path | None, patient: bool) -> None:
    """Seal what waits, hand over all batches and fetch the receipts there are."""
    from outreach_app.cli.files import print_json
    from outreach_app.services.sending_road import seal_and_send

    if (mailbox is None) == (stick is None):
        raise click.UsageError(_("Name one road: --mailbox URL or --stick DIR."))
    with state.unlocked() as session, ExitStack() as closing:
        carrier = carrier_for(closing, mailbox, stick, trust)
        road = "network" if mailbox else "stick"
        result = seal_and_send(
            lambda step: step(session.sending), carrier, road, report=show, patience=patience_of(patient)
        )
    print_json(_told(result))
    tell_beside(result.packs_problem)
    if result.problem is not None:
        raise result.problem


@click.command()
@click.option("--check", is_flag=True, help="Compare the receipts with one another instead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def receipts(state: State, check: bool, as_json: bool) -> None:
    """List batches with the dates of their receipts, newest first."""
    from outreach_app.cli.files import print_json

    if check:
        _check(state, as_json=as_json)
        return
    with state.unlocked() as session:
        rows = session.sending.list_batches()
    if as_json:
        print_json([_row(row) for row in rows])
        return
    for row in rows:
        click.echo(f"{row.seq:5}  {row.records:6}  {row.state}")


def _check(state: State, *, as_json: bool) -> None:
    """Say whether the logs that the receipts speak of only grew."""
    import msgspec

    from outreach_app.cli.errors import ReceiptsDifferError
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        checked = session.receipt_checking.check()
    if as_json:
        print_json(msgspec.to_builtins(checked))
    else:
        for fault in checked.faults:
            click.echo(f"{fault.epoch}.{fault.seq}  {fault.issuer}  {fault.kind}")
        click.echo(_("Receipts compared: {count}.").format(count=checked.receipts))
    if checked.faults:
        raise ReceiptsDifferError


def carrier_for(closing: ExitStack, mailbox: str | None, stick: Path | None, trust: Path | None) -> Carrier:
    """Return the road that was named."""
    if mailbox is not None:
        from outreach_app.sync.carriers.http import HttpMailbox

        return closing.enter_context(HttpMailbox(mailbox, trust=trust))
    from outreach_app.sync.carriers.stick import StickFolder

    return StickFolder(stick or Path())


def patience_of(patient: bool) -> Patience:
    """Return how long a command goes on where the network fails."""
    from outreach_app.sync.carriers.patience import AT_A_PROMPT, FOR_EVER

    return FOR_EVER if patient else AT_A_PROMPT


def tell_beside(problem: KnownError | None) -> None:
    """Say on standard error what kept packs away: the rest was done."""
    if problem is not None:
        click.echo(problem.sentence(), err=True)


def show(progress: Progress) -> None:
    """Say on standard error how far a run is."""
    if progress.bytes_total:
        click.echo(f"{progress.phase} {progress.bytes_done}/{progress.bytes_total} bytes", err=True)
    elif progress.total:
        click.echo(f"{progress.phase} {progress.done}/{progress.total}", err=True)


def _told(result: SendingResult) -> dict[str, object]:
    return {
        "sealed": result.sealed, "sent": result.sent, "stored": result.stored, "receipts": result.receipts,
        "refused": list(result.refused), "packs": result.packs, "letters": result.letters,
    }  # fmt: skip


def _row(row: BatchRow) -> dict[str, object]:
    instants = {
        name: None if at is None else at.isoformat()
        for name, at in (
            ("sealed_at", row.sealed_at), ("sent_at", row.sent_at), ("stored_at", row.stored_at),
            ("ingested_at", row.ingested_at),
        )
    }  # fmt: skip
    return {
        "batch": row.seq, "epoch": row.epoch, "hash": row.sha512, "records": row.records, "bytes": row.bytes,
        "road": row.road, "state": row.state, **instants,
    }  # fmt: skip
