"""Copies of a folder as a power cut would find it: before and after every file operation of the program inside a block.

What the database library writes by itself is not seen here; its own journal makes a commit whole or nothing, and
``tests/faults`` cuts inside it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def power_cuts(folder: Path, into: Path) -> Iterator[list[Path]]:
    """Run the block and fill the list with copies of ``folder``, one for each moment that differs from the last."""
    taken: list[Path] = []

    def take() -> None:
        copy = into / f"{len(taken):03d}"
        shutil.copytree(folder, copy, symlinks=True)
        if taken and _content(copy) == _content(taken[-1]):
            shutil.rmtree(copy)
        else:
            taken.append(copy)

    def watched(operation: Callable[..., Any]) -> Callable[..., Any]:
        def around(*arguments: Any, **named: Any) -> Any:
            take()
            try:
                return operation(*arguments, **named)
            finally:
                take()

        return around

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", watched(os.fsync))
        for name in ("replace", "rename", "unlink"):
            patch.setattr(Path, name, watched(getattr(Path, name)))
        take()
        yield taken
        take()


def _content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
