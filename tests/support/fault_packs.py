"""Faults while a content pack is taken: its texts, keys and policy are there together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from outreach_app.content import NOTHING, use_content
from outreach_app.leaflets.directory import HOTLINE, help_lines
from outreach_app.services.pack_checks import check_pack
from outreach_app.services.session import Session
from outreach_app.sync.packs.trusted_files import Published
from outreach_app.vault.layout import CONTENT_COPY
from tests.support.content_packs import DIRECTORY, other_number, pack_of, policy_file, published
from tests.support.fault_laptop import unlocked
from tests.support.fault_operations import Acknowledge, Operation, old_or_new


@cache
def publication(number: int) -> Published:
    """Return a publication whose help line and policy tell its number."""
    files = {DIRECTORY: other_number(f"+45 11 22 33 0{number}"), "policy.json": policy_file(shed_after_days=number)}
    return published(pack_of(files, number), number)


def take(session: Session, number: int) -> None:
    content = publication(number).content
    assert content is not None
    session.packs.take(publication(number), check_pack(content))


class TakePack(Operation):
    """A second pack takes the place of the first."""

    name = "take pack"
    enrolled = True

    def prepare(self) -> None:
        super().prepare()
        try:
            with unlocked(self.folder) as session:
                take(session, 1)
        finally:
            use_content(NOTHING)

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        try:
            super().run(folder, acknowledge, mended)
        finally:
            use_content(NOTHING)

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        take(session, 2)
        acknowledge("taken")

    def reopen(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        try:
            super().reopen(folder, acknowledge, mended)
        finally:
            use_content(NOTHING)

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        try:
            return super().check(folder, acknowledged)
        finally:
            use_content(NOTHING)

    def found(self, session: Session, acknowledged: list[str]) -> str:
        state = session.packs.state()
        number = state.number
        assert state.keys_number == number, "texts without their keys, or keys without their texts"
        assert session.policies.show().shed_after_days == number, "a policy of other texts"
        assert help_lines().line(HOTLINE).number == f"+45 11 22 33 0{number}", "other texts in use than kept"
        return old_or_new("taken" in acknowledged, number == 2, number == 1)

    def look(self, folder: Path, acknowledged: list[str], passphrase: str) -> str:
        found = super().look(folder, acknowledged, passphrase)
        assert (folder / CONTENT_COPY).is_file(), "leaflets while locked would be others"
        return found


PACKS: tuple[type[Operation], ...] = (TakePack,)
