"""What the contract tests share: one private PostgreSQL for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgres import private_postgres


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    with private_postgres() as address:
        yield address
