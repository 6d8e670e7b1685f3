"""Policy is set by a supervisor, audited, and refused with what it could be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outreach_app.records import policy
from outreach_app.services.errors import PolicyNeedsSupervisorError, PolicyNotUsableError
from outreach_app.services.policies import PolicyValues
from tests.support.sessions import Laptop, PreparedLaptop
from tests.support.vaults import OTHER_PASSPHRASE


def test_without_a_word_notes_leave_after_a_fortnight_and_nothing_expires(laptop: Laptop) -> None:
    assert laptop.session.policies.show() == PolicyValues(14, {}, review_before_sending=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [(policy.SHED_AFTER, 3), (policy.EXPIRE_AFTER, {"coded": 365, "contact": 30}), (policy.EXPIRE_AFTER, {}), (policy.REVIEW, True)],
)
def test_a_value_that_was_set_holds_and_stands_in_the_audit(laptop: Laptop, name: str, value: Any) -> None:
    laptop.session.policies.set_policy(name, value)
    assert getattr(laptop.session.policies.show(), name) == value
    last = laptop.db.execute("SELECT action, subject, detail FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert last == ("policy_set", "", name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (policy.SHED_AFTER, 0), (policy.SHED_AFTER, 36_501), (policy.SHED_AFTER, "14"), (policy.SHED_AFTER, True), (policy.SHED_AFTER, 1.5),
        (policy.EXPIRE_AFTER, 5), (policy.EXPIRE_AFTER, {"notes": 5}), (policy.EXPIRE_AFTER, {"coded": 0}), (policy.EXPIRE_AFTER, None),
        (policy.REVIEW, 1), (policy.SENDING_WEEKDAY, 8), (policy.SENDING_WEEKDAY, True), ("mailbox_url", "https://x.example"), ("", 1),
    ],
)
def test_what_no_policy_can_be_is_refused_with_what_it_could_be(laptop: Laptop, name: str, value: Any) -> None:
    with pytest.raises(PolicyNotUsableError) as refused:
        laptop.session.policies.set_policy(name, value)
    assert "{" not in refused.value.sentence().replace('{"coded"', "")
    assert laptop.session.policies.show() == PolicyValues(14, {}, review_before_sending=False)


@pytest.fixture
def with_supervisor(prepared: PreparedLaptop, tmp_path: Path) -> Iterator[Laptop]:
    with prepared.copy(tmp_path / "team") as laptop:
        laptop.session.workers.add_worker("Lene", "supervisor", OTHER_PASSPHRASE)
        yield laptop


def test_where_there_is_a_supervisor_nobody_else_sets_policy(with_supervisor: Laptop) -> None:
    assert not with_supervisor.session.policies.may_set
    with pytest.raises(PolicyNeedsSupervisorError):
        with_supervisor.session.policies.set_policy(policy.SHED_AFTER, 3)
    assert with_supervisor.session.policies.show().shed_after_days == 14
