"""The slow derivation and its limits."""

from __future__ import annotations

import pytest

from outreach_app.vault import argon
from outreach_app.vault.argon import DEFAULT, FLOOR, Argon2Cost, derive
from outreach_app.vault.errors import NotEnoughMemoryError, UnsafeCostError

pytestmark = pytest.mark.real_derivation
SALT = bytes(range(16))


def test_the_same_input_gives_the_same_key() -> None:
    key = derive(b"words", SALT, FLOOR)
    assert len(key) == 32
    assert key == derive(b"words", SALT, FLOOR)
    assert key != derive(b"words", SALT[::-1], FLOOR)
    assert key != derive(b"word", SALT, FLOOR)


@pytest.mark.parametrize(
    "cost",
    [
        Argon2Cost(FLOOR.memory_kib - 1, 1, 1), Argon2Cost(8, 1, 1), Argon2Cost(argon.CEILING_KIB + 1, 1, 1),
        Argon2Cost(FLOOR.memory_kib, 0, 1), Argon2Cost(FLOOR.memory_kib, 17, 1), Argon2Cost(FLOOR.memory_kib, 1, 0),
        Argon2Cost(FLOOR.memory_kib, 1, 17), Argon2Cost(-1, -1, -1),
    ],
)  # fmt: skip
def test_too_weak_and_absurd_are_refused(cost: Argon2Cost) -> None:
    with pytest.raises(UnsafeCostError):
        derive(b"words", SALT, cost)


def test_defaults_are_within_the_limits() -> None:
    DEFAULT.check()
    assert Argon2Cost(262144, 3, 2) == DEFAULT


def test_missing_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Starved:
        def __init__(self, **_values: object) -> None:
            raise MemoryError

    monkeypatch.setattr(argon, "Argon2id", Starved)
    with pytest.raises(NotEnoughMemoryError, match="256 MB"):
        derive(b"words", SALT, DEFAULT)
