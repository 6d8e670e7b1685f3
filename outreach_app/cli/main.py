"""The root of the command line: global options, lazy commands, and the exit codes.

0 done, 2 usage, 3 a known error (one sentence on standard error), 70 a bug of ours (code locations only).
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from outreach_app import __version__, logs
from outreach_app.cli.state import State
from outreach_app.errors import EXIT_BUG, EXIT_DONE, EXIT_KNOWN, NO_SPACE, CancelledError, DiskFullError, KnownError
from outreach_app.i18n import INTERFACE_LANGUAGES, use_language
from outreach_app.i18n import gettext as _
from outreach_app.paths import default_vault_folder
from outreach_app.vault.layout import CONTENT_COPY

_log = logging.getLogger(__name__)
_WHERE = {
    "vault": "vaults:vault",
    "record": "notes:record",
    "tally": "tallies:tally",
    "list": "notes:list_notes",
    "search": "notes:search",
    "figures": "figures:figures",
    "indicators": "indicators:indicators",
    "assess": "indicators:assess",
    "packs": "packs:packs",
    "pathway": "pathways:pathway",
    "leaflet": "leaflets:leaflet",
    "letters": "letters:letters",
    "keeping": "keeping:keeping",
    "erase": "erasing:erase",
    "blank": "erasing:blank",
    "policy": "policies:policy",
    "practice": "practising:practice",
    "enrol": "enrolling:enrol",
    "batch": "batches:batch",
    "seal": "sending:seal",
    "send": "sending:send",
    "receipts": "sending:receipts",
    "carry": "carrying:carry",
    "recover": "recovering:recover",
    "centre": "centre:centre",
    "machine": "machines:machine",
    "tour": "tours:tour",
    "worker": "workers:worker",
}


class _LazyGroup(click.Group):
    """Imports a command's module when it is called, so that ``--help`` and short commands stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        return sorted(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - Click's signature
        if cmd_name not in _WHERE:
            return None
        module, name = _WHERE[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(f"outreach_app.cli.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KnownError as error:
            _end_known(ctx, error)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort):
            _say(CancelledError().sentence())
            ctx.exit(EXIT_KNOWN)
        except BrokenPipeError:  # the reader of our output went away
            _drop_output()
            ctx.exit(EXIT_DONE)
        except Exception as error:  # noqa: BLE001 - the one place where a bug ends: a report without values
            if isinstance(error, OSError) and error.errno in NO_SPACE:  # behind standard output
                _end_known(ctx, DiskFullError())
            logs.bug(_log, error)
            _say(_("Something in the program is broken. Nothing that was finished is lost."))
            ctx.exit(EXIT_BUG)


def _use_content_of(folder: Path) -> None:
    """Go by the texts of the centre that lie beside the vault, also in commands that need no vault."""
    if (folder / CONTENT_COPY).is_file():
        from outreach_app.program import use_copy

        use_copy(folder)


def _end_known(ctx: click.Context, error: KnownError) -> NoReturn:
    if isinstance(error, DiskFullError):
        _drop_output()
    _say(error.sentence())
    ctx.exit(EXIT_KNOWN)


def _drop_output() -> None:
    """Let what is left for a reader who went away, or for a full disk, be flushed to nobody at the end."""
    with suppress(OSError), Path(os.devnull).open("wb") as nobody:
        os.dup2(nobody.fileno(), sys.stdout.fileno())


def _say(sentence: str) -> None:
    with suppress(OSError):  # nobody reads
        click.echo(sentence, err=True)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="outreach")
@click.option("--vault", "folder", type=click.Path(path_type=Path), help="Folder of the vault.")
@click.option("--passphrase-fd", type=int, metavar="N", help="Read the passphrase from this file descriptor.")
@click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase from the first line of standard input.")
@click.option("--key-file", "key_file", metavar="FILE", help="Key file that is needed beside the passphrase.")
@click.option("--language", type=click.Choice(INTERFACE_LANGUAGES), default="en", help="Language of sentences.")
@click.pass_context
def cli(
    ctx: click.Context, folder: Path | None, passphrase_fd: int | None, passphrase_stdin: bool, key_file: str | None,
    language: str,
) -> None:  # fmt: skip
    """Outreach: encrypted contact notes, rights leaflets and sealed batches. Without a command the window starts."""
    logs.start()
    use_language(language)
    if passphrase_fd is not None and passphrase_stdin:
        raise click.UsageError(_("Give the passphrase by one way only."))
    ctx.obj = State(
        folder or default_vault_folder(), passphrase_fd, passphrase_stdin, named=folder is not None, key_file=key_file,
        desk_window=ctx.obj,
    )  # fmt: skip
    _use_content_of(ctx.obj.folder)
