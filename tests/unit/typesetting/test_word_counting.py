"""Words and sentences in scripts with and without spaces."""

from __future__ import annotations

import pytest

from outreach_app.typesetting.word_counting import count_words, most_words, sentences


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("You can say no.", "en", 4),
        ("The first part is {first_days} days.", "en", 6),
        ("It's a well-known place", "en", 5),
        ("Du kan sige nej – altid.", "da", 5),
        ("คุณขอความช่วยเหลือได้", "th", 6),
        ("您可以得到帮助。", "zh-Hans", 4),
        ("يمكنك أن تقول لا.", "ar", 4),
        ("", "en", 0),
        ("… – *", "en", 0),
    ],
)
def test_counts_words_not_marks(text, language, words):
    assert count_words(text, language) == words


def test_a_sentence_ends_as_its_script_ends_it():
    assert sentences("Take your time. Can you call?", "en") == ("Take your time", "Can you call")
    assert sentences("可以打电话。您可以说不！", "zh-Hans") == ("可以打电话", "您可以说不")
    assert sentences("هل تريد المساعدة؟ اتصل.", "ar") == ("هل تريد المساعدة", "اتصل")


def test_thai_ends_a_clause_with_a_space():
    assert sentences("โทรได้ ถามได้", "th") == ("โทรได้", "ถามได้")


def test_the_longest_sentence_counts():
    assert most_words("One two. One two three. One.", "en") == 3
    assert most_words("", "en") == 0
