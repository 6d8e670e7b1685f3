"""Between the old cover and the new one nothing else is ever on the screen: looked at on a real X server."""

from __future__ import annotations

import time

import pytest

from outreach_app.program import Program
from outreach_app.vault.argon import FLOOR
from tests.support.screens import Onlooker, virtual_screen
from tests.support.window_driving import DrivenWindows, end, is_alive, wait_for

pytestmark = pytest.mark.real_derivation
PASSPHRASE = "cabin gentle napkin orbit wagon"
PLACE = (20, 20, 1200, 700)  # of the window: left, top, width, height
FEWEST_LOOKS = 10


@pytest.fixture
def screen():
    with virtual_screen() as environment:
        yield environment


def test_from_cover_to_cover_the_screen_does_not_change(screen, tmp_path):
    vault = tmp_path / "vault"
    Program(vault, cost=FLOOR).create_vault(PASSPHRASE, worker_name="Anna Meyer", role="outreach").close()
    with DrivenWindows(tmp_path, screen) as driven:
        window = driven.start(vault, "--geometry=" + ",".join(str(number) for number in PLACE))
        window.do("unlock", PASSPHRASE)
        window.until("unlocked")
        window.do("begin_note", "street")
        window.until("in_form")
        window.do("write", "The blue door", 3)
        window.do("cover")
        locking = Onlooker(screen, PLACE)
        window.do("press", "L")
        successor = driven.next()
        assert driven.process.wait(timeout=30) == 0
        assert successor.do("covered")
        changes, looks = locking.end()
        assert looks >= FEWEST_LOOKS
        assert changes == [0], "the old cover, then the same picture by the new process"

        uncovering = Onlooker(screen, PLACE)
        successor.do("uncover")
        successor.until("ready")
        end(successor.pid)
        wait_for(lambda: not is_alive(successor.pid))
        time.sleep(0.3)  # the X server takes the window away a moment after its process
        changes, _looks = uncovering.end()
        assert len(changes) > 1, "the onlooker sees a window that goes"
