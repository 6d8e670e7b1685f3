"""The day's backup begins by itself, lets whatever the worker asks for go first, and ends in words only when refused."""

from __future__ import annotations

import threading

import pytest

from outreach_app.errors import CancelledError
from outreach_app.vault import backups
from tests.support.window_parts import make_parts
from ui.daily_backup import MOST_GIVEN_WAY, DailyBackup

SOON = 10  # milliseconds


@pytest.fixture
def parts(qapp, tmp_path):
    made = make_parts(tmp_path, filled=True)
    yield made
    made.end()


def made_here(parts):
    return backups.list_backups(parts.context.program.folder)


def test_it_begins_after_unlocking_and_tells_the_pages(parts, qtbot):
    daily, told = DailyBackup(parts.context, quiet=SOON), []
    parts.context.changes_hub.changed.connect(told.append)
    with qtbot.waitSignal(daily.ended) as ended:
        parts.context.navigation.unlocked.emit()
    assert ended.args == [None]
    assert [info.kind for info in made_here(parts)] == ["daily"]
    assert [changes.backups for changes in told] == [True]


def test_what_was_cut_short_is_finished_first(parts, qtbot):
    cancelled = threading.Event()
    cancelled.set()

    def erase(session):
        contact = session.contacts.list_contacts()[0]
        with pytest.raises(CancelledError):
            session.erasing.erase_contact(contact.id, "asked", cancel=cancelled)

    parts.ask(lambda session: session.backing_up.backup_now())
    parts.ask(erase)
    assert parts.ask(lambda session: session.keeping.overview().unfinished)
    daily, told = DailyBackup(parts.context, quiet=SOON), []
    parts.context.changes_hub.changed.connect(told.append)
    with qtbot.waitSignal(daily.ended) as ended:
        parts.context.navigation.unlocked.emit()
    assert ended.args == [None]
    assert not parts.ask(lambda session: session.keeping.overview().unfinished)
    assert [info.kind for info in made_here(parts)] == ["fresh"]
    assert [changes.backups for changes in told] == [True]


def test_a_second_one_of_the_day_is_not_made(parts, qtbot):
    parts.ask(lambda session: session.backing_up.backup_now())
    daily = DailyBackup(parts.context, quiet=SOON)
    with qtbot.waitSignal(daily.ended):
        parts.context.navigation.unlocked.emit()
    assert len(made_here(parts)) == 1


def test_it_gives_way_to_a_question_and_is_made_afterwards(parts, qtbot, monkeypatch):
    daily, tries = DailyBackup(parts.context, quiet=SOON), []
    work = daily._work

    def slow(session, stopping):
        tries.append(None)
        if len(tries) == 1:
            assert daily._give_way.wait(5), "the question was not noticed"
        return work(session, stopping)

    monkeypatch.setattr(daily, "_work", slow)
    answers = []
    parts.context.navigation.unlocked.emit()
    qtbot.waitUntil(lambda: len(tries) == 1)
    parts.context.ask(lambda session: session.today.overview().held, answers.append)
    with qtbot.waitSignal(daily.ended):
        pass
    assert answers == [9]
    assert len(tries) == 2
    assert len(made_here(parts)) == 1


def test_it_does_not_give_way_for_ever(parts, qtbot):
    daily = DailyBackup(parts.context, quiet=SOON)
    daily._given_way = MOST_GIVEN_WAY
    daily._running = True
    parts.context.tasks.vault_asked.emit()
    assert not daily._give_way.is_set()


def test_a_refusal_is_told(parts, qtbot):
    (parts.context.program.folder / "backups").write_bytes(b"a file where the folder belongs")
    daily = DailyBackup(parts.context, quiet=SOON)
    with qtbot.waitSignal(daily.ended) as ended:
        parts.context.navigation.unlocked.emit()
    assert ended.args[0].sentence()


def test_a_lock_that_began_keeps_it_from_beginning(parts, qtbot):
    daily = DailyBackup(parts.context, quiet=SOON)
    parts.context.tasks.stopping.set()
    parts.context.navigation.unlocked.emit()
    qtbot.wait(5 * SOON)
    parts.context.tasks.stopping.clear()
    assert not made_here(parts)
    assert not daily._running
