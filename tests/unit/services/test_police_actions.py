"""Police actions the team was called to are counted as actions and as people, and stay on the laptop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from outreach_app.domain.errors import (
    DateNotUsableError,
    MoreTalkedThanMetError,
    NumberNotUsableError,
    TextNotUsableError,
    UnknownCodeError,
)
from outreach_app.domain.police_action import PoliceAction, PoliceFigures
from outreach_app.services.errors import ActionLeftError
from tests.support.sessions import Laptop

ACTION = PoliceAction(date(2026, 3, 2), "kobenhavn", "hovedstaden", met=12, talked_to=7, words="two wanted a bed")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_called_to_n_police_actions_is_the_number_noted(laptop: Laptop) -> None:
    verbs = laptop.session.police_actions
    for action in (ACTION, replace(ACTION, district="fyn", met=3, talked_to=0), replace(ACTION, shift_date=date(2025, 12, 31))):
        assert verbs.record_action(action).changes.tallies
    assert verbs.figures(*YEAR) == PoliceFigures(actions=2, met=15, talked_to=7)
    assert verbs.figures(date(2024, 1, 1), date(2024, 12, 31)) == PoliceFigures(0, 0, 0)
    assert [row.action.district for row in verbs.list_actions(*YEAR)] == ["fyn", "kobenhavn"]
    assert [row.action.district for row in verbs.list_actions(*YEAR, limit=1)] == ["fyn"]


def test_it_is_amended_and_taken_back(laptop: Laptop) -> None:
    verbs = laptop.session.police_actions
    noted = verbs.record_action(ACTION)
    verbs.amend_action(noted.id, replace(ACTION, met=13))
    (row,) = verbs.list_actions(*YEAR)
    assert (row.id, row.worker_id, row.action) == (noted.id, laptop.session.worker.id, replace(ACTION, met=13))
    assert verbs.take_back(noted.id).tallies
    assert verbs.figures(*YEAR).actions == 0
    for again in (lambda: verbs.take_back(noted.id), lambda: verbs.amend_action(noted.id, ACTION)):
        with pytest.raises(ActionLeftError):
            again()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"district": "moon"}, UnknownCodeError), ({"district": ""}, UnknownCodeError), ({"region": "a street"}, UnknownCodeError),
        ({"met": -1}, NumberNotUsableError), ({"talked_to": -1}, NumberNotUsableError), ({"met": 10_001}, NumberNotUsableError),
        ({"talked_to": 13}, MoreTalkedThanMetError), ({"words": "a\x00"}, TextNotUsableError), ({"shift_date": date(1, 1, 1)}, DateNotUsableError),
    ],
)  # fmt: skip
def test_what_could_not_be_counted_is_refused(laptop: Laptop, change: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        laptop.session.police_actions.record_action(replace(ACTION, **change))
    assert laptop.session.police_actions.figures(*YEAR).actions == 0


def test_nothing_of_it_leaves(laptop: Laptop) -> None:
    laptop.session.police_actions.record_action(ACTION)
    laptop.session.sending.seal()
    assert laptop.session.sending.list_batches() == ()
