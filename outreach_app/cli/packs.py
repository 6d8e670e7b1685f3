"""``outreach packs``: what the centre published and how old it is, fetching it, making a pack and checking it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach_app.cli.state import State
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.services.packs import PacksState


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def packs(ctx: click.Context, as_json: bool) -> None:
    """Texts, lists, keys and policy of the centre: what is in use, and since when."""
    if ctx.invoked_subcommand is not None:
        return
    from outreach_app.cli.files import print_json

    with ctx.obj.unlocked() as session:
        state = session.packs.state()
    if as_json:
        print_json(_row(state))
    else:
        click.echo(_sentence(state))


@packs.command()
@click.option("--mailbox", metavar="URL", help="Fetch by network from this mailbox.")
@click.option("--stick", type=click.Path(path_type=Path), help="Fetch from this folder, such as a USB stick.")
@click.option("--trust", type=click.Path(path_type=Path), help="File of the certificate authority to trust.")
@click.pass_obj
def fetch(state: State, mailbox: str | None, stick: Path | None, trust: Path | None) -> None:
    """Fetch what the centre published last; “outreach send” does the same."""
    from outreach_app.cli.files import print_json
    from outreach_app.cli.sending import carrier_for, show
    from outreach_app.services.packs_road import fetch_packs

    if (mailbox is None) == (stick is None):
        raise click.UsageError(_("Name one road: --mailbox URL or --stick DIR."))
    with state.unlocked() as session, ExitStack() as closing:
        source = carrier_for(closing, mailbox, stick, trust)
        fetched = fetch_packs(lambda step: step(session.packs), source, show)
    print_json({"installed": fetched.installed, **_row(fetched.state)})
    if fetched.problem is not None:
        raise fetched.problem


@packs.command("trust")
@click.argument("file")
@click.option("--words", default="", help="The six words the centre reads out; compared here.")
@click.pass_obj
def trust_file(state: State, file: str, words: str) -> None:
    """Take the custodians' keys from FILE (trust.json) after its six words were compared by phone.

    Without --words nothing is changed: the words of FILE are told. With them, its custodians take the place of those
    this laptop trusted.
    """
    from outreach_app.cli.files import print_json, read_untrusted
    from outreach_app.services.packs_road import take_trust_by_hand, words_of_trust
    from outreach_app.sync.packs.trust_file import TRUST_LIMIT

    untrusted = read_untrusted(file, TRUST_LIMIT)
    with state.unlocked() as session:
        packs_of, changed = session.packs, False
        if words:
            changed = take_trust_by_hand(lambda step: step(packs_of), untrusted, words).sending
        told = words_of_trust(lambda step: step(packs_of), untrusted)
        print_json({"trusted": packs_of.state().trusted, "changed": changed, "words": told})


@packs.command()
@click.argument("file")
def check(file: str) -> None:
    """Read every file of the pack FILE as a laptop will, and print what is in it; for before it is published."""
    from outreach_app.cli.files import print_json, read_untrusted
    from outreach_app.services.pack_checks import check_pack
    from outreach_app.sync.packs.archive import PACKED_LIMIT

    checked = check_pack(read_untrusted(file, PACKED_LIMIT))
    manifest = checked.manifest
    print_json(
        {
            "number": manifest.number, "published_at": manifest.published_at, "returns_to": manifest.returns_to,
            "files": [entry.name for entry in manifest.files], "policy": dict(checked.policy),
        }
    )  # fmt: skip


@packs.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--number", type=click.IntRange(1), required=True, help="Higher than that of every pack before.")
@click.option("--returns-to", type=click.IntRange(1), help="The earlier number whose texts this brings back.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
def make(folder: Path, number: int, returns_to: int | None, out: Path) -> None:
    """Make a pack of the files in FOLDER, named as in a pack, and read it back as a laptop will."""
    from outreach_app.cli.files import print_json, write_file
    from outreach_app.clock import SystemClock
    from outreach_app.services.pack_checks import check_pack
    from outreach_app.sync.packs.archive import write_archive
    from outreach_app.sync.packs.sources import files_in
    from outreach_app.wire.content import make_manifest

    files = files_in(folder)
    pack = write_archive(make_manifest(number, SystemClock().now(), files, returns_to=returns_to), files)
    check_pack(pack)
    write_file(out, pack)
    print_json({"number": number, "files": sorted(files), "bytes": len(pack)})


def _row(state: PacksState) -> dict[str, Any]:
    days = {name: _iso(getattr(state, name)) for name in ("published_on", "installed_at", "looked_at", "expires_on")}
    return {
        "number": state.number, "returns_to": state.returns_to, "expired": state.expired, "trusted": state.trusted,
        "keys_number": state.keys_number, "revoked": state.revoked, "set_aside": state.set_aside, **days,
    }  # fmt: skip


def _iso(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())


def _sentence(state: PacksState) -> str:
    told = [_age(state)]
    if not state.trusted:
        told.append(_("The custodians of the centre are not known here yet. Fetch once by network or stick."))
    if state.revoked:
        told.append(_("The centre takes nothing from this laptop any more. Your notes are safe here. Call the centre."))
    return " ".join(told)


def _age(state: PacksState) -> str:
    published = state.published_on
    if published is None:
        return _("The texts that came with the program are in use.")
    days = {"day": published.isoformat(), "until": "" if state.expires_on is None else state.expires_on.isoformat()}
    if state.set_aside:
        return _(
            "Texts of the centre of {day} do not fit this version of the program. The texts that came with it are in "
            "use until the centre publishes newer ones."
        ).format(**days)
    if state.expired:
        return _("Texts of the centre of {day}; they should have been renewed by {until}.").format(**days)
    return _("Texts of the centre of {day}.").format(**days)
