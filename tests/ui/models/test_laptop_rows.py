"""What Today says of this laptop, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from outreach_app.services.keeping import Holding
from tests.support.clock import FakeClock
from tests.support.window_parts import make_parts
from ui.models.laptop_rows import laptop_rows

NOW = FakeClock().local_now()
HOLDING = Holding(9, 8, (("kept", 2),), 0, 0, 0, 0, unfinished=False)


@pytest.fixture(scope="module")
def overview(qapp, tmp_path_factory):
    parts = make_parts(tmp_path_factory.mktemp("rows"))
    parts.ask(lambda session: session.backing_up.backup_now())
    found = parts.ask(lambda session: session.today.overview())
    parts.end()
    return found


def firsts(overview, holding, now=NOW):
    went = []
    rows = laptop_rows(overview, holding, (), now, lambda page, place: went.append((page, place)))
    for row in rows:
        if row.on_action is not None:
            row.on_action()
    return [row.first for row in rows], went


def test_while_notes_are_being_looked_at_there_is_no_reason_yet(overview):
    names, _went = firsts(overview, None)
    assert names[0] == "0 notes"
    assert len(names) == 3


def test_what_may_leave_and_what_will_is_said_with_a_way(overview):
    names, went = firsts(overview, replace(HOLDING, may_shed=1, expires_soon=2, unfinished=True))
    assert names[1:4] == [
        "Something that left still lies in a backup",
        "2 leave within 14 days unless they are kept",
        "1 note is safe at the centre and may leave",
    ]
    assert went[1:4] == [("laptop", {"view": "holding"})] * 3


def test_an_enrolled_laptop_that_cannot_be_recovered_is_named(overview):
    names, went = firsts(replace(overview, enrolled=True), HOLDING)
    assert "A forgotten passphrase cannot be recovered yet" in names
    assert ("laptop", {"view": "recovery"}) in went


def test_a_rehearsed_laptop_needs_no_row_about_it(overview):
    rehearsed = replace(overview.recovery, possible=True, last_drill=NOW)
    names, _went = firsts(replace(overview, enrolled=True, recovery=rehearsed), HOLDING)
    assert not any("passphrase" in name for name in names)


def test_an_old_backup_is_marked(overview):
    rows = laptop_rows(overview, HOLDING, (), NOW + timedelta(days=4), lambda _page, _place: None)
    assert rows[-1].tone == "notice"
    rows = laptop_rows(overview, HOLDING, (), NOW, lambda _page, _place: None)
    assert rows[-1].tone == "muted"


@pytest.mark.parametrize(("held", "said"), [(0, "3 wait to be sent"), (2, "3 wait to be sent · 2 wait for review first")])
def test_what_waits_for_review_is_said_beside_what_waits_to_be_sent(overview, held, said):
    rows = laptop_rows(replace(overview, enrolled=True, waiting=3, held_back=held), None, (), NOW, lambda *_place: None)
    assert said in [row.second_line for row in rows]
