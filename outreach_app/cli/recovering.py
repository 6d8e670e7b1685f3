"""``outreach recover``: a forgotten passphrase with the centre's help, and the drill that proves it works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach_app.cli.state import State
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.program import Program

_FILE = click.Path(path_type=Path)
_TEXTS = click.option("--texts", is_flag=True, help="Write numbered lines of text, for QR codes, instead of one file.")


@click.group()
def recover() -> None:
    """A forgotten passphrase, with the help of two of the centre's three custodians."""


@recover.command()
@click.option("--unlock", is_flag=True, help="Ask for the passphrase and say more: why not, and the last drill.")
@click.pass_obj
def status(state: State, unlock: bool) -> None:
    """Say whether a forgotten passphrase could be recovered, and list the slots of this laptop."""
    import msgspec

    from outreach_app.cli.files import print_json

    program = state.program()
    answer: dict[str, Any] = {
        "possible": program.recovery_possible(),
        "request_waits": program.recovery_waits() is not None,
        "slots": msgspec.to_builtins(program.list_slots_without_passphrase()),
    }
    if unlock:
        with state.unlocked() as session:
            answer = {**answer, **msgspec.to_builtins(session.recovering.status())}
    print_json(answer)
    if not answer["possible"]:
        click.echo(_not_possible(answer.get("reason", "")), err=True)


@recover.command()
@click.argument("file", type=_FILE)
@click.option("--slot", default="", metavar="ID", help="Whose passphrase was forgotten; needed with several workers.")
@click.option("--generate", is_flag=True, help="Make a new passphrase of five words and print it once.")
@_TEXTS
@click.pass_obj
def request(state: State, file: Path, slot: str, generate: bool, texts: bool) -> None:
    """Choose a new passphrase and write the request to FILE; its six words are read out to the centre by phone."""
    from outreach_app.cli.documents import write_either
    from outreach_app.cli.files import print_json
    from outreach_app.cli.passphrases import read_passphrase
    from outreach_app.vault.passphrase import generate_passphrase
    from outreach_app.vault.recovery_opening import find_recoverable

    program = state.program()
    find_recoverable(state.folder)  # say that nothing can be done before asking for a new passphrase
    slot_id = slot or _only_slot(program)
    made = generate_passphrase() if generate else ""
    passphrase = made or read_passphrase(state, prompt=_("New passphrase"), confirm=True)
    asked = program.begin_recovery(slot_id, passphrase)
    write_either(file, asked.document, texts=texts)
    answer = {"words": asked.words, "slot": slot_id}
    print_json({**answer, "passphrase": made} if made else answer)


@recover.command()
@click.argument("file")
@click.pass_obj
def accept(state: State, file: str) -> None:
    """Open the laptop with the reply in FILE and the new passphrase; from then on that one opens it."""
    from outreach_app.cli.documents import read_either
    from outreach_app.cli.files import print_json
    from outreach_app.cli.passphrases import read_passphrase
    from outreach_app.cli.state import wait_out
    from outreach_app.vault.recovery_pending import require

    require(state.folder)  # say that no request waits before asking for its passphrase
    program, untrusted_reply = state.program(), read_either(file)
    passphrase = read_passphrase(state, prompt=_("The passphrase chosen with the request"))
    wait_out(program.backoff.seconds_left())
    program.finish_recovery(untrusted_reply, passphrase).close()
    print_json({"state": "recovered"})


@recover.command("drill-request")
@click.argument("file", type=_FILE)
@_TEXTS
@click.pass_obj
def drill_request(state: State, file: Path, texts: bool) -> None:
    """Rehearse: write the request of a drill to FILE and print its six words."""
    from outreach_app.cli.documents import write_either
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        asked = session.recovering.begin_drill()
    write_either(file, asked.document, texts=texts)
    print_json({"words": asked.words})


@recover.command("drill-accept")
@click.argument("file")
@click.pass_obj
def drill_accept(state: State, file: str) -> None:
    """Prove with the reply in FILE that recovery works; nothing else changes but the secret, which is made anew."""
    from outreach_app.cli.documents import read_either
    from outreach_app.cli.files import print_json

    untrusted_reply = read_either(file)
    with state.unlocked() as session:
        session.recovering.finish_drill(untrusted_reply)
    print_json({"state": "drill passed"})


@recover.command()
@click.argument("file")
@click.pass_obj
def custodians(state: State, file: str) -> None:
    """Take the centre's signed list of custodians in FILE; for a laptop that was enrolled before there was one."""
    from outreach_app.cli.documents import read_either
    from outreach_app.cli.files import print_json

    untrusted = read_either(file)
    with state.unlocked() as session:
        session.recovering.take_custodians(untrusted)
        possible = session.recovering.status().possible
    print_json({"possible": possible})


def _only_slot(program: Program) -> str:
    from outreach_app.cli.errors import WorkerNotNamedError

    slots = program.list_slots_without_passphrase()
    if len(slots) != 1:
        raise WorkerNotNamedError
    return slots[0].slot_id


def _not_possible(reason: str) -> str:
    """Say in one sentence why a forgotten passphrase would be the end, and what helps."""
    sentences = {
        "not_enrolled": _(
            "This laptop is not enrolled: if its passphrase is forgotten, nobody can open it. Enrol it at the centre."
        ),
        "no_custodians": _(
            "The centre has named no custodians: if the passphrase is forgotten, nobody can open this laptop. "
            "Ask the centre for its list of custodians."
        ),
        "not_set": _("Recovery is not set yet. Open the laptop once more; then it is."),
    }
    unknown = _(
        "If the passphrase is forgotten, nobody can open this laptop: it is not enrolled, or the centre has named no "
        "custodians."
    )
    return sentences.get(reason, unknown)
