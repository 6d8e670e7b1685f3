"""What came with a publication beside its texts: the policy the centre sets, and keys that hold from then on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from outreach_app.content import NOTHING, use_content
from outreach_app.records import policy
from outreach_app.services.errors import PolicySetByCentreError
from outreach_app.services.packs import PackTaken
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.keys import SigningKeys
from tests.support.centre_box import CentreBox
from tests.support.content_packs import (
    pack_of,
    policy_file,
)
from tests.support.packs import centre_keys
from tests.support.sending import send
from tests.support.sessions import Laptop
from tests.support.sync_people import Centre
from tests.support.taking_packs import take


@pytest.fixture(autouse=True)
def nothing_in_use() -> Iterator[None]:
    yield
    use_content(NOTHING)


class TestPolicy:
    def take_policy(self, laptop: Laptop, number: int = 1, **named: object) -> PackTaken:
        return take(laptop, number, pack_of({"policy.json": policy_file(**named)}, number))

    def test_it_is_set_with_the_texts_and_stands_in_the_audit(self, laptop: Laptop) -> None:
        taken = self.take_policy(
            laptop, review_before_sending=True, shed_after_days=7, expire_after_days={"coded": 365}
        )
        shown = laptop.session.policies.show()
        assert taken.changes.settings
        assert (shown.review_before_sending, shown.shed_after_days, shown.expire_after_days) == (True, 7, {"coded": 365})
        found = laptop.db.execute("SELECT detail FROM audit WHERE action = 'policy_set' ORDER BY seq").fetchall()
        assert found == [(f"{name}:centre",) for name in (policy.SHED_AFTER, policy.EXPIRE_AFTER, policy.REVIEW)]

    def test_a_retention_that_stays_keeps_its_day(self, laptop: Laptop) -> None:
        self.take_policy(laptop, expire_after_days={"coded": 365})
        first = policy.keeping_policy(laptop.db).set_on
        laptop.clock.advance(30 * 86_400)
        assert not self.take_policy(laptop, 2, expire_after_days={"coded": 365}).changes.settings
        assert policy.keeping_policy(laptop.db).set_on == first
        self.take_policy(laptop, 3, expire_after_days={"coded": 300})
        assert policy.keeping_policy(laptop.db).set_on != first, "what is new can be seen coming"

    def test_what_the_centre_set_nobody_else_sets(self, laptop: Laptop) -> None:
        self.take_policy(laptop, shed_after_days=7)
        assert laptop.session.policies.set_by_centre() == {policy.SHED_AFTER}
        with pytest.raises(PolicySetByCentreError, match=policy.SHED_AFTER):
            laptop.session.policies.set_policy(policy.SHED_AFTER, 3)
        laptop.session.policies.set_policy(policy.REVIEW, True)
        self.take_policy(laptop, 2)
        laptop.session.policies.set_policy(policy.SHED_AFTER, 3)
        assert laptop.session.policies.show().shed_after_days == 3, "what the centre no longer names is free again"


class TestKeys:
    def test_newer_keys_are_sealed_for_and_believed(self, laptop: Laptop) -> None:
        other = Centre()
        take(laptop, keys=centre_keys(other, number=4, mailbox_url="https://new.example"))
        enrolled = laptop.session.enrolling.enrolled()
        assert enrolled.sealing == other.sealing_key
        assert (enrolled.mailbox_key, enrolled.desk_key) == (other.mailbox.public, other.desk.public)
        assert laptop.session.enrolling.state().mailbox_url == "https://new.example"

    def test_older_keys_never_come_back(self, laptop: Laptop) -> None:
        other = Centre()
        take(laptop, keys=centre_keys(other, number=4))
        assert not take(laptop, 2, keys=centre_keys(number=4)).changes.enrolment
        assert not take(laptop, 3, keys=centre_keys(number=3)).changes.enrolment
        assert laptop.session.enrolling.enrolled().sealing == other.sealing_key

    def test_a_laptop_that_was_revoked_knows(self, laptop: Laptop) -> None:
        device = laptop.session.enrolling.enrolled().device
        take(laptop, keys=centre_keys(revoked=(device,)))
        assert laptop.session.packs.state().revoked


def signed_by_others(centre: Centre) -> Centre:
    """The same centre, whose mailbox and desk have new keys."""
    return replace(centre, mailbox=SigningKeys.generate(), desk=SigningKeys.generate())


def rotated(laptop: Laptop, other: Centre, at: datetime) -> None:
    keys = centre_keys(other, number=9, issued_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    take(laptop, keys=keys)


class TestLateReceipts:
    """The centre of ``box`` signs with the keys of the enrolment; then others are published."""

    def test_one_that_was_issued_before_new_keys_is_believed(self, laptop: Laptop, box: CentreBox) -> None:
        laptop.finish("one")
        send(laptop.session, box)
        box.ingest()
        rotated(laptop, Centre(), datetime(2026, 3, 4, tzinfo=UTC))
        send(laptop.session, box)
        assert laptop.session.sending.list_batches()[0].state == "ingested"

    def test_one_that_was_issued_after_is_not(self, laptop: Laptop, box: CentreBox) -> None:
        laptop.finish("one")
        send(laptop.session, box)
        box.ingest()
        rotated(laptop, Centre(), datetime(2026, 3, 2, 21, tzinfo=UTC))
        assert isinstance(send(laptop.session, box).problem, ReceiptUnreadableError)
        assert laptop.session.sending.list_batches()[0].state == "stored"

    def test_one_about_a_batch_sealed_under_new_keys_is_not_whenever_it_says(
        self, laptop: Laptop, box: CentreBox
    ) -> None:
        rotated(laptop, signed_by_others(box.centre), datetime(2026, 3, 4, tzinfo=UTC))
        laptop.finish("one")
        assert isinstance(send(laptop.session, box).problem, ReceiptUnreadableError)
        assert laptop.session.sending.list_batches()[0].state == "sent"

    def test_one_that_nobody_of_this_centre_signed_never_is(self, laptop: Laptop, box: CentreBox) -> None:
        rotated(laptop, Centre(), datetime(2026, 3, 4, tzinfo=UTC))
        box.centre = signed_by_others(box.centre)
        laptop.finish("one")
        assert isinstance(send(laptop.session, box).problem, ReceiptUnreadableError)

    def test_keys_that_only_seal_anew_give_nobody_up(self, laptop: Laptop, box: CentreBox) -> None:
        laptop.finish("one")
        send(laptop.session, box)
        take(laptop, keys=centre_keys(number=2, issued_at="2026-03-02T20:00:00Z"))
        box.ingest()
        send(laptop.session, box)
        assert laptop.session.sending.list_batches()[0].state == "ingested"
        assert laptop.session.enrolling.enrolled().keys.earlier == ()
