"""Laptops for the tests of services: made once for the whole run, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.centre_box import CentreBox
from tests.support.sessions import Laptop, PreparedLaptop


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault", enrolled=True)


@pytest.fixture(scope="session")
def prepared_health(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault", role="health", enrolled=True)


@pytest.fixture(scope="session")
def prepared_alone(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault")


@pytest.fixture
def laptop(prepared: PreparedLaptop, tmp_path: Path) -> Iterator[Laptop]:
    with prepared.copy(tmp_path / "vault") as opened:
        yield opened


@pytest.fixture
def alone(prepared_alone: PreparedLaptop, tmp_path: Path) -> Iterator[Laptop]:
    """Not enrolled."""
    with prepared_alone.copy(tmp_path / "alone") as opened:
        yield opened


@pytest.fixture
def box(laptop: Laptop) -> CentreBox:
    assert laptop.box is not None
    return laptop.box
