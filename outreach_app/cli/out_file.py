"""The type of options that name a file to write; imports nothing large, so that ``--help`` stays quick."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from outreach_app.i18n import gettext as _


class OutFile(click.Path):
    """Refuses ``-``, which would become a file of that name."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if os.fspath(value) == "-":
            self.fail(_("Name a file to write to; “-” is not one."), param, ctx)
        return super().convert(value, param, ctx)
