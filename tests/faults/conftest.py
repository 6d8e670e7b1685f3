"""The shim, compiled once for each process that runs tests of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import fault_shim


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fault_shim.build(tmp_path_factory.mktemp("shim"))
