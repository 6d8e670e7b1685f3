"""``outreach centre serve``: run the mailbox of a centre's folder."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from outreach_app.i18n import gettext as _

_PATH = click.Path(path_type=Path)
_PORT = click.IntRange(0, 65535)


@click.command()
@click.argument("folder", type=_PATH)
@click.option("--port", type=_PORT, required=True, help="0 for any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--database", metavar="URL", help="postgresql://...; remembered for this folder.")
@click.option("--require-standby", is_flag=True, help="Refuse a database without a synchronous second node.")
@click.option("--certificate", type=_PATH, help="PEM file for TLS, together with --key.")
@click.option("--key", type=_PATH, help="PEM file of the certificate's private key.")
@click.option("--behind-proxy", is_flag=True, help="A proxy in front writes x-forwarded-for.")
@click.option(
    "--requests-per-minute", type=click.IntRange(0), default=3000, show_default=True, help="Of one address; 0: any."
)
@click.option("--metrics-port", type=_PORT, help="Figures for Prometheus, on this machine only.")
@click.option("--log-json", is_flag=True, help="Write the log as JSON lines.")
@click.option("--until-input-ends", is_flag=True, help="Also stop when standard input ends.")
def serve(
    folder: Path,
    port: int,
    host: str,
    database: str | None,
    require_standby: bool,
    certificate: Path | None,
    key: Path | None,
    behind_proxy: bool,
    requests_per_minute: int,
    metrics_port: int | None,
    log_json: bool,
    until_input_ends: bool,
) -> None:
    """Run the mailbox of FOLDER until stopped. Needs no passphrase: it cannot open anything."""
    from outreach_app.centre.mailbox.serve import Door
    from outreach_app.centre.mailbox.serve import serve as serve_mailbox

    if (certificate is None) != (key is None):
        raise click.UsageError(_("Give --certificate and --key together."))
    serve_mailbox(
        folder,
        port,
        database=_remembered(folder, database),
        require_standby=require_standby,
        host=host,
        door=Door(requests_per_minute, behind_proxy, certificate, key),
        metrics_port=metrics_port,
        log_json=log_json,
        until=sys.stdin.fileno() if until_input_ends else None,
    )


def _remembered(folder: Path, database: str | None) -> str | None:
    """Return the database of this folder; one that is named is remembered. A mailbox alone has no centre.json."""
    from outreach_app.centre.desk.folder import CentreSettings, is_centre, read_settings, write_settings

    settings = read_settings(folder) if is_centre(folder) else CentreSettings()
    if database and database != settings.database:
        settings = CentreSettings(database=database)
        if is_centre(folder):
            write_settings(folder, settings)
    return settings.database
