"""``outreach carry``: hand over what other laptops put on a stick, without a vault."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("stick", type=click.Path(path_type=Path))
@click.option("--mailbox", metavar="URL", required=True, help="Hand over to this mailbox.")
@click.option("--trust", type=click.Path(path_type=Path), help="File of the certificate authority to trust.")
@click.option("--patient", is_flag=True, help="Try again for ever where the network fails.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def carry(stick: Path, mailbox: str, trust: Path | None, patient: bool, as_json: bool) -> None:
    """Hand over the sealed batches on a stick and bring back what the centre has for its laptops."""
    from outreach_app.cli.errors import NotAllCarriedError
    from outreach_app.cli.files import print_json
    from outreach_app.cli.sending import patience_of, show, tell_beside
    from outreach_app.services.carrying import carry as carry_stick
    from outreach_app.sync.carriers.http import HttpMailbox
    from outreach_app.sync.carriers.stick import StickFolder

    with HttpMailbox(mailbox, trust=trust) as road:
        done = carry_stick(StickFolder(stick), road, report=show, patience=patience_of(patient))
    counts = {
        "batches": done.batches, "handed_over": done.handed_over, "receipts": done.receipts, "letters": done.letters,
        "pack_files": done.pack_files,
    }  # fmt: skip
    if as_json:
        problem = "" if done.packs_problem is None else done.packs_problem.sentence()
        not_taken = [{"file": one.file, "code": one.code} for one in done.not_taken]
        print_json({**counts, "not_taken": not_taken, "packs_problem": problem})
    else:
        for name, count in counts.items():
            click.echo(f"{count:6}  {name.replace('_', ' ')}")
    tell_beside(done.packs_problem)
    if done.not_taken:
        raise NotAllCarriedError(count=len(done.not_taken))
