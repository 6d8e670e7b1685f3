"""What tests of faults share: the shim, compiled once for each process that runs them, and a private PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import fault_shim
from tests.support.postgres import private_postgres


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fault_shim.build(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="module")
def postgres_address() -> Iterator[str]:
    with private_postgres() as address:
        yield address
