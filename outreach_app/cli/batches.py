"""``outreach batch inspect``: what anybody may see of a sealed file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from outreach_app.sync.keys import PublicSigningKeys

_PATH = click.Path(path_type=Path)


@click.group()
def batch() -> None:
    """Sealed files on their way between laptop and centre."""


@batch.command()
@click.argument("file", type=_PATH)
@click.option("--request", type=_PATH, help="Enrolment request of the laptop that should have signed a batch.")
def inspect(file: Path, request: Path | None) -> None:
    """Print as JSON what may be shown of FILE: a batch, receipt or letter. Needs no passphrase and opens nothing."""
    import msgspec

    from outreach_app.cli.files import print_json, read_untrusted
    from outreach_app.sync.inspecting import LARGEST
    from outreach_app.sync.inspecting import inspect as look

    found = look(read_untrusted(str(file), LARGEST), None if request is None else _signer(request))
    print_json({"file": file.name, **msgspec.to_builtins(found)})


def _signer(request: Path) -> PublicSigningKeys:
    from outreach_app.cli.documents import read_either
    from outreach_app.sync.enrolment import read_request

    return read_request(read_either(str(request))).device.signing
