"""The content in use: a pack's files before the shipped ones, and nothing that was read from other content stays."""

from __future__ import annotations

import pytest

from outreach_app import content
from outreach_app.content import (
    NOTHING,
    Content,
    content_file,
    content_in_use,
    generation,
    read_content,
    remembered,
    shipped_place,
    use_content,
    use_content_later,
)
from tests.support.content import pack_in_use

NAME = "leaflets/common.json"


def test_without_a_pack_everything_is_as_shipped():
    assert content_file(NAME) is None
    assert read_content(NAME) == shipped_place(NAME).read_bytes()
    with pytest.raises(OSError):
        read_content("leaflets/none.json")


def test_catalogues_lie_with_the_catalogues():
    assert shipped_place("locales/pt-BR/leaflets.po").parts[-3:] == ("pt_BR", "LC_MESSAGES", "leaflets.po")
    assert read_content("locales/zh-Hans/leaflets.po")


def test_a_pack_goes_before_what_is_shipped():
    with pack_in_use({NAME: b"{}"}):
        assert (content_file(NAME), read_content(NAME)) == (b"{}", b"{}")
        assert read_content("leaflets/groups.json") == shipped_place("leaflets/groups.json").read_bytes()


def test_what_was_read_is_forgotten_with_the_content_it_came_from():
    asked = []

    @remembered(2)
    def first_byte(name):
        """Say it."""
        asked.append(name)
        return read_content(name)[:1]

    assert first_byte.__doc__ == "Say it."
    assert [first_byte(NAME), first_byte(NAME), len(asked)] == [b"{", b"{", 1]
    with pack_in_use({NAME: b"x"}):
        assert [first_byte(NAME), first_byte(NAME), len(asked)] == [b"x", b"x", 2]
    assert first_byte(NAME) == b"{"
    first_byte.cache_clear()
    first_byte(NAME)
    assert len(asked) == 4


def test_the_same_content_again_changes_nothing():
    with pack_in_use({NAME: b"x"}):
        before = generation()
        use_content(Content(content_in_use().sha256, {NAME: b"x"}))
        assert generation() == before


def test_content_for_later_is_brought_once_and_only_when_asked_for():
    brought = []

    def bring():
        brought.append(1)
        return Content("ab", {NAME: b"later"})

    before = generation()
    use_content_later(bring)
    try:
        assert (generation(), brought) == (before + 1, [])
        assert (read_content(NAME), content_in_use().sha256, brought) == (b"later", "ab", [1])
        use_content(Content("ab", {NAME: b"later"}))
        assert generation() == before + 1, "what lay beside the vault is what the vault has"
        use_content_later(bring)
    finally:
        use_content(NOTHING)
    assert (content_file(NAME), brought) == (None, [1]), "what nobody asked for was never brought"


def test_two_who_ask_at_once_bring_it_once():
    class Meanwhile:
        """Another thread was quicker, between the look and the lock."""

        def __enter__(self):
            content._place._content, content._place._later = Content("cd"), None

        def __exit__(self, *_):
            pass

    use_content_later(lambda: Content("ab"))
    lock, content._place._lock = content._place._lock, Meanwhile()
    try:
        assert content_in_use().sha256 == "cd"
    finally:
        content._place._lock = lock
        use_content(NOTHING)
