"""A desk taking in a stick, in a process of its own, that a test can kill; says after each batch how many it has seen."""

from __future__ import annotations

import sys
from pathlib import Path

from outreach_app.centre.desk.collecting import collect_from_stick
from outreach_app.centre.desk.opening import open_desk
from outreach_app.sync.carriers.stick import StickFolder
from tests.support import derivation
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE


def main() -> None:
    derivation.use(derivation.QuickDerivation)  # as in the test that made the desk
    centre, stick = Path(sys.argv[1]), Path(sys.argv[2])
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk:
        collect_from_stick(desk, StickFolder(stick), progress=lambda seen: print(seen, flush=True))


if __name__ == "__main__":
    main()
