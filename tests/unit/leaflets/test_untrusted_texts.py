"""Translations that come in a pack: plain words with the places of the English text, and nothing that hides in them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.leaflets import untrusted_texts
from outreach_app.leaflets.untrusted_texts import LONGEST, check_translations, places_of, text_fault
from outreach_app.wire.errors import UntrustedDataError

NAME = "locales/da/leaflets.po"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def catalogue(english: str, words: str, head: str = HEAD) -> bytes:
    return f'{head}msgid "{english}"\nmsgstr "{words}"\n'.encode()


@pytest.mark.parametrize(
    "untrusted",
    [
        catalogue("Call {hotline}", "Ring til {hotline}"),
        catalogue("Call {hotline}", ""),
        catalogue("From {a} to {b}", "Fra {b} til {a}"),
        catalogue("Ask", "Sp\u00f8rg\u200b"),
        b"",
    ],
)
def test_what_is_fine(untrusted: bytes) -> None:
    check_translations(untrusted, NAME)


@pytest.mark.parametrize(
    ("untrusted", "reason"),
    [
        (catalogue("Call {hotline}", "Ring"), "not the places"),
        (catalogue("Call", "Ring {hotline}"), "not the places"),
        (catalogue("{a} {a}", "{a}"), "not the places"),
        (catalogue("Call {hotline}", "Ring {hotline.__class__}"), "markup"),
        (catalogue("Call {hotline}", "Ring {hotline!r}"), "markup"),
        (catalogue("Call {hotline}", "Ring {hotline:>999999999}"), "markup"),
        (catalogue("Call {0}", "Ring {0}"), "markup"),
        (catalogue("Call", "<b>Ring</b>"), "markup"),
        (catalogue("Call", "Ring \u202e112"), "cannot be printed"),
        (catalogue("Call", "Ring\\nnu"), "cannot be printed"),
        (catalogue("Call", "Ring \ue000"), "cannot be printed"),
        (catalogue("Call", "x" * (LONGEST + 1)), "too long"),
        (catalogue("Call", "Ring", HEAD.replace("utf-8", "utf-7")), "not UTF-8"),
        (catalogue("Call", "Ring") + b"\xff", "not UTF-8"),
        (b"this is no catalogue\n", "no catalogue"),
        (b'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "en"\nmsgstr[1] "flere"\n', "several forms"),
        (b'msgctxt "x"\nmsgid "one"\nmsgstr "en"\n', "several forms"),
    ],
)
def test_what_is_refused(untrusted: bytes, reason: str) -> None:
    with pytest.raises(UntrustedDataError, match=NAME) as refused:
        check_translations(untrusted, NAME)
    assert reason in str(refused.value.values["reason"])


def test_too_many_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted_texts, "MOST_MESSAGES", 1)
    with pytest.raises(UntrustedDataError, match="too many"):
        check_translations(HEAD.encode() + b'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n', NAME)


@given(st.binary(max_size=300) | st.text(alphabet='msgidtr"\\n #~,[]0{}\n', max_size=200).map(str.encode))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(untrusted: bytes) -> None:
    with suppress(UntrustedDataError):
        check_translations(untrusted, NAME)


def test_places_that_nothing_fills() -> None:
    assert places_of("{a} and {b_c}") == {"a", "b_c"}
    assert text_fault("Call {hotline}", {"hotline"}) == ""
    assert "nothing fills" in text_fault("Call {nobody}", {"hotline"})
