"""What the desk says of batches: numbers that people can say, and one sentence about what is missing."""

from __future__ import annotations

from outreach_app.centre.desk.words import batch_number, missing_line, named, short_number


def gap(first: int, last: int, epoch: int) -> dict[str, object]:
    return {"label": "Laptop\u202e 3", "device": "a1b2c3d4" * 4, "epoch": epoch, "first_missing": first, "last_missing": last}


def test_numbers_begin_anew_after_a_restore() -> None:
    assert (batch_number(7, 0), batch_number(7, 1), batch_number(2, 3)) == ("7", "7", "2 after restore 2")


def test_what_is_missing_is_said_with_eight_digits() -> None:
    assert missing_line(gap(2, 2, 1)) == "Missing from Laptop? 3 (a1b2c3d4): batch 2."
    assert missing_line(gap(2, 4, 2)) == "Missing from Laptop? 3 (a1b2c3d4): batches 2 to 4 after restore 1."
    assert (short_number("a1b2c3d4" * 4), named("laptop", "b2" * 16)) == ("a1b2c3d4", "laptop · b2b2b2b2")
