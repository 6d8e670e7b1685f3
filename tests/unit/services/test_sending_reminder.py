"""The weekly reminder on a laptop: from the enrolment on, by the runs that came to their end, put off by the day."""

from __future__ import annotations

from outreach_app.domain.sending_reminder import SendingReminder
from tests.support.centre_box import CentreBox
from tests.support.sending import TALLY, send
from tests.support.sessions import Laptop

DAY = 86_400


def test_before_enrolment_nothing_reminds(alone: Laptop) -> None:
    alone.finish("one")
    alone.clock.advance(30 * DAY)
    assert alone.session.reminding.due() is None


def test_a_week_after_the_enrolment_and_after_each_run_it_reminds(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    laptop.session.tallies.record_tally(TALLY)
    assert laptop.session.reminding.due() is None
    laptop.clock.advance(7 * DAY)
    assert laptop.session.reminding.due() == SendingReminder("waiting", 2, None)
    assert laptop.session.today.overview().reminder == SendingReminder("waiting", 2, None)
    send(laptop.session, box)
    assert laptop.session.reminding.due() is None
    sent_on = laptop.clock.local_now().date()
    laptop.clock.advance(7 * DAY)
    assert laptop.session.reminding.due() == SendingReminder("quiet", 0, sent_on)


def test_a_run_that_was_stopped_is_no_contact(laptop: Laptop) -> None:
    laptop.clock.advance(7 * DAY)
    laptop.session.sending.keep_run("network", laptop.clock.now(), "NoNetworkError")
    assert laptop.session.reminding.due() is not None
    laptop.session.sending.keep_run("network", laptop.clock.now())
    assert laptop.session.reminding.due() is None


def test_it_is_put_off_until_tomorrow(laptop: Laptop) -> None:
    laptop.clock.advance(8 * DAY)
    assert laptop.session.reminding.put_off().sending
    assert laptop.session.reminding.due() is None
    laptop.clock.advance(DAY)
    assert laptop.session.reminding.due() is not None


def test_a_supervisor_may_set_the_day(laptop: Laptop, box: CentreBox) -> None:
    send(laptop.session, box)
    laptop.clock.advance(DAY)
    laptop.finish("one")
    assert laptop.session.reminding.due() is None
    today = laptop.clock.local_now().isoweekday()
    laptop.session.policies.set_policy("sending_weekday", today)
    assert laptop.session.policies.show().sending_weekday == today
    reminder = laptop.session.reminding.due()
    assert reminder is not None
    assert reminder.reason == "waiting"
