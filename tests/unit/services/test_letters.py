"""Letters of the desk: only the centre's, only this laptop's, only newer ones; what they name is offered again or given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.services.errors import FiguresNeedSupervisorError, NotEnrolledError
from outreach_app.services.letters import Letters, MissingBatches
from outreach_app.sync.errors import LetterUnreadableError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import ReceivingKeys, SigningKeys
from outreach_app.sync.letters import make_letter
from outreach_app.wire.batch_records import VoidRecord
from outreach_app.wire.letters import FiguresRow, Letter, MissingNumbers
from tests.support.centre_box import CentreBox
from tests.support.sending import fetch, send
from tests.support.sessions import Laptop

ROW = FiguresRow(month="2026-03", setting="street", encounters=4, contacts=3, uses=0, tallies=0)


def device_of(laptop: Laptop) -> str:
    return laptop.session.enrolling.state().device


def letter(laptop: Laptop, box: CentreBox, number: int = 1, **values: Any) -> bytes:
    """Return a letter to this laptop, signed by the desk unless another ``issuer`` is given."""
    issuer, receiving = values.pop("issuer", box.centre.desk), values.pop("receiving", box.receiving)
    written = Letter(
        kind=values.pop("kind", "gap"), device=values.pop("device", device_of(laptop)), number=number,
        issued_at=write_instant(laptop.clock.now()), **values,
    )  # fmt: skip
    return make_letter(written, device=receiving, issuer=issuer)


def gap(first: int, last: int | None = None, **values: Any) -> MissingNumbers:
    return MissingNumbers(**{"epoch": 1, "first_missing": first, "last_missing": last or first, "waiting": 1, **values})


def missing(laptop: Laptop) -> tuple[MissingBatches, ...]:
    found = laptop.session.letters.gaps()
    assert found is not None
    return found.missing


def hand_over(laptop: Laptop, box: CentreBox, count: int, road: str = "network") -> None:
    """Seal one note after the other, each in a batch of its own, and hand them over."""
    for number in range(count):
        laptop.finish(str(number))
        send(laptop.session, box, road)


def numbers_to_hand_over(laptop: Laptop) -> list[int]:
    return [row.seq for row in laptop.session.sending.to_hand_over()]


def test_what_never_came_is_offered_again_though_it_was_stored(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 4)
    assert numbers_to_hand_over(laptop) == []
    assert laptop.session.letters.gaps() is None
    laptop.clock.advance(60)
    assert laptop.session.letters.take(letter(laptop, box, gaps=(gap(2, 3, waiting=1),))).sending
    (one,) = missing(laptop)
    assert (one.epoch, one.first, one.last, one.waiting, one.here) == (1, 2, 3, 1, (2, 3))
    assert (one.on_their_way, one.given_up, one.confirmed, one.unknown) == ((), (), (), 0)
    assert numbers_to_hand_over(laptop) == [2, 3]
    before = dict(box.batches)
    assert [row.seq for row in laptop.session.sending.unconfirmed()] == [1, 2, 3, 4]
    assert send(laptop.session, box).sent == 2
    assert box.batches == before, "the same bytes"


def test_what_was_answered_since_is_missing_no_more(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 2)
    laptop.session.letters.take(letter(laptop, box, gaps=(gap(1),)))
    laptop.clock.advance(86_400)
    box.ingest()
    fetch(laptop.session, box)
    assert missing(laptop) == ()
    assert numbers_to_hand_over(laptop) == []


def test_the_all_clear_ends_it(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 2)
    laptop.session.letters.take(letter(laptop, box, 5, gaps=(gap(1),)))
    laptop.session.letters.take(letter(laptop, box, 6))
    assert (missing(laptop), numbers_to_hand_over(laptop)) == ((), [])


def test_older_letters_and_the_same_again_change_nothing(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 2)
    laptop.clock.advance(60)
    old, new = letter(laptop, box, 5, gaps=(gap(1),)), letter(laptop, box, 6, gaps=(gap(2),))
    laptop.session.letters.take(new)
    for untrusted in (old, new):
        assert not laptop.session.letters.take(untrusted).sending
    assert [one.here for one in missing(laptop)] == [(2,)]
    found = laptop.session.letters.gaps()
    assert found is not None
    assert (found.number, found.taken_at, found.issued_at) == (6, laptop.clock.now(), laptop.clock.now())
    assert laptop.db.execute("SELECT count(*) FROM letters").fetchone() == (1,)


def test_forged_damaged_and_foreign_letters_are_refused_and_shed_nothing(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 1)
    good = letter(laptop, box, gaps=(gap(1),))
    foreign = [
        letter(laptop, box, issuer=SigningKeys.generate()),
        letter(laptop, box, issuer=box.centre.mailbox),
        letter(laptop, box, device="c" * 32),
        letter(laptop, box, receiving=ReceivingKeys.generate().public),
        good[:-1], good[:-1] + bytes([good[-1] ^ 1]), b"", b"outreach-letter/1\n",
    ]  # fmt: skip
    for untrusted in foreign:
        with pytest.raises(LetterUnreadableError):
            laptop.session.letters.take(untrusted)
    assert laptop.session.letters.gaps() is None
    assert laptop.session.sending.list_batches()[0].state == "stored"
    assert laptop.session.sending.sealed_bytes(laptop.session.sending.list_batches()[0].sha512) is not None


def test_what_is_no_longer_here_is_given_up_and_the_centre_told_once(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish("two")
    send(laptop.session, box)
    first = laptop.session.sending.list_batches()[0]
    laptop.db.execute("UPDATE batches SET data = NULL")  # as after something in it was blanked
    laptop.session.letters.take(letter(laptop, box, 1, gaps=(gap(1),)))
    assert [one.given_up for one in missing(laptop)] == [(1,)]
    assert laptop.session.sending.list_batches()[0].state == "voided"
    assert laptop.session.sending.outbox().notices == 1
    laptop.session.letters.take(letter(laptop, box, 2, gaps=(gap(1, waiting=2),)))
    assert laptop.session.sending.outbox().notices == 1
    send(laptop.session, box)
    told = [record for record in box.records() if isinstance(record, VoidRecord)]
    assert [(record.epoch, record.seq, record.sha512) for record in told] == [(1, 1, first.sha512)]
    assert [record.id for record in box.records() if not isinstance(record, VoidRecord)].count(note_id) == 2


def test_a_number_that_was_refused_before_is_told_to_a_centre_that_forgot(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 1)
    box.refuse(next(iter(box.batches)))
    fetch(laptop.session, box)
    laptop.clock.advance(7 * 86_400)
    laptop.session.letters.take(letter(laptop, box, gaps=(gap(1),)))
    assert [one.given_up for one in missing(laptop)] == [(1,)]
    assert laptop.session.sending.outbox().notices == 1


def test_what_the_centre_confirmed_is_not_given_up(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 1)
    box.ingest()
    fetch(laptop.session, box)
    laptop.clock.advance(7 * 86_400)
    laptop.session.letters.take(letter(laptop, box, gaps=(gap(1),)))
    assert [one.confirmed for one in missing(laptop)] == [(1,)]
    assert laptop.session.sending.outbox().notices == 0
    assert laptop.session.sending.list_batches()[0].state == "ingested"


def test_numbers_this_laptop_knows_nothing_of_are_said(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 1)
    laptop.clock.advance(60)
    laptop.session.letters.take(letter(laptop, box, gaps=(gap(1, 1_000_000_000), gap(4, epoch=7))))
    first, second = missing(laptop)
    assert (first.here, first.unknown) == ((1,), 999_999_999)
    assert (second.epoch, second.unknown) == (7, 1)


def test_what_went_by_stick_since_is_under_way(laptop: Laptop, box: CentreBox) -> None:
    hand_over(laptop, box, 1)
    laptop.finish("on its way")
    laptop.session.sending.seal()
    laptop.clock.advance(60)
    laptop.session.letters.take(letter(laptop, box, gaps=(gap(1, 2),)))
    laptop.clock.advance(60)
    send(laptop.session, replace(box, gives_stored=False), "stick")
    (one,) = missing(laptop)
    assert (one.here, one.on_their_way) == ((1,), (2,))


def test_figures_are_for_supervisors(laptop: Laptop, box: CentreBox) -> None:
    assert laptop.session.letters.figures() is None
    day = laptop.clock.now().date()
    laptop.session.letters.take(letter(laptop, box, 3, kind="figures", as_of=day, rule="counting-2", rows=(ROW,)))
    found = laptop.session.letters.figures()
    assert found is not None
    assert (found.number, found.as_of, found.rule, found.rows) == (3, day, "counting-2", (ROW,))
    assert laptop.session.letters.gaps() is None
    laptop.session.letters.take(letter(laptop, box, 4, kind="figures", as_of=day + timedelta(days=1), rule="counting-2"))
    found = laptop.session.letters.figures()
    assert found is not None
    assert (found.number, found.rows) == (4, ())


def test_figures_stay_with_supervisors(laptop: Laptop, box: CentreBox) -> None:
    laptop.session.letters.take(letter(laptop, box, kind="figures", rows=(ROW,)))

    class NotSupervisor:
        may_manage = False

    letters = Letters(laptop.parts, laptop.session.enrolling, NotSupervisor())  # type: ignore[arg-type]  # all that is asked
    with pytest.raises(FiguresNeedSupervisorError):
        letters.figures()
    assert letters.gaps() is None


def test_nothing_is_taken_before_enrolment(alone: Laptop, box: CentreBox, laptop: Laptop) -> None:
    with pytest.raises(NotEnrolledError):
        alone.session.letters.take(letter(laptop, box))


def test_letters_stand_in_the_audit(laptop: Laptop, box: CentreBox) -> None:
    laptop.session.letters.take(letter(laptop, box, 9, gaps=(gap(3),)))
    row = laptop.db.execute("SELECT detail FROM audit WHERE action = 'letter'").fetchone()
    assert row == ("gap",)


def test_what_is_blanked_after_the_letter_is_given_up_by_the_next_run(laptop: Laptop, box: CentreBox) -> None:
    hers = laptop.finish("hers", consent=ConsentLevel.FOLLOW_UP)
    laptop.finish("other")
    send(laptop.session, box)
    laptop.clock.advance(60)
    laptop.session.letters.take(letter(laptop, box, gaps=(gap(1),)))
    laptop.session.erasing.blank(hers, "hers", "asked")
    assert laptop.session.sending.list_batches()[0].state == "stored"
    send(laptop.session, box)
    assert [row.state for row in laptop.session.sending.list_batches()] == ["stored", "voided"]
    send(laptop.session, box)
    assert [record.seq for record in box.records() if isinstance(record, VoidRecord)] == [1]
    assert laptop.session.sending.outbox().total == 0
