"""A round of pictures waits for what is worked on, also where the machine stands still in between."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from types import SimpleNamespace

from ui import pictures
from ui.pictures import PictureRound
from ui.tasks import TaskRunner


def test_a_machine_that_stands_still_does_not_end_the_wait(qapp, monkeypatch, tmp_path: Path) -> None:
    tasks = TaskRunner()
    pages = PictureRound(qapp, None, SimpleNamespace(tasks=tasks), tmp_path)
    seconds = itertools.count()
    monkeypatch.setattr(pictures, "time", SimpleNamespace(monotonic=lambda: next(seconds) / 2, sleep=time.sleep))
    done: list[str] = []
    tasks.run_vault(lambda: time.sleep(0.05) or "unlocked", done.append)
    pages._settle()
    assert done == ["unlocked"]
    tasks.shut_down()
