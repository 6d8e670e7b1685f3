"""Pages ask and change through the context; the session stays on the vault thread."""

from __future__ import annotations

import pytest

from outreach_app.domain.changes import Changes
from outreach_app.errors import BugError, DiskFullError
from ui.context import changes_in


def test_an_answer_comes_back(open_shell):
    got: list[int] = []
    open_shell.context.ask(lambda session: session.encounters.count_encounters(), got.append)
    open_shell.wait(lambda: got == [0])


def test_a_change_is_told_to_all(open_shell):
    heard: list[Changes] = []
    order: list[str] = []
    open_shell.context.changes_hub.changed.connect(lambda changes: (heard.append(changes), order.append("all")))
    open_shell.context.change(
        lambda session: session.drafts.keep_draft("a" * 32, {"note": "x"}, page="encounter", field="note", cursor=1),
        lambda _changes: order.append("asker"),
    )
    open_shell.wait(lambda: bool(heard))
    assert heard == [Changes(drafts=True)]
    assert order == ["asker", "all"]


def test_the_session_is_refused_elsewhere(open_shell):
    with pytest.raises(BugError):
        _ = open_shell.context.sessions.session
    open_shell.context.tasks.call_vault(open_shell.context.sessions.close)
    with pytest.raises(BugError):
        open_shell.context.tasks.call_vault(lambda: open_shell.context.sessions.session)


def test_changes_are_found_where_a_service_puts_them():
    class Result:
        changes = Changes(encounters=True)

    assert changes_in(Result()) == Changes(encounters=True)
    assert changes_in(Changes(places=True)) == Changes(places=True)
    assert changes_in(3) is None


def test_the_worlds_fault_is_said_in_its_own_words_and_ours_without_values(open_shell, caplog):
    messages, said = open_shell.context.messages, []
    messages.said.connect(lambda tone, sentence, _undo: said.append((tone, sentence)))
    messages.tell_error(DiskFullError())
    messages.tell_error(ValueError("Maria from Station 4"))
    assert said[0] == ("notice", DiskFullError().sentence())
    assert "mistake" in said[1][1]
    assert "Maria" not in said[1][1] + caplog.text
    assert "ValueError" in caplog.text
