"""Taking what the centre published: all of it in one transaction, or what is here stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outreach_app.content import NOTHING, content_in_use, generation, use_content
from outreach_app.leaflets.directory import EMERGENCY, HOTLINE, help_lines
from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.program import Program
from outreach_app.records import packs as rows
from outreach_app.records import policy
from outreach_app.services import content_copy
from outreach_app.services import packs as packs_module
from outreach_app.services.errors import PackFileWrongError, PackOlderError, PolicySetByCentreError
from outreach_app.services.packs import PacksState, PackTaken
from outreach_app.services.packs_road import checked_content
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.keys import SigningKeys
from outreach_app.sync.packs.client import Published
from outreach_app.sync.packs.errors import PackArchiveError
from outreach_app.vault.layout import CONTENT_COPY
from tests.support.centre_box import CentreBox
from tests.support.content_packs import (
    DIRECTORY,
    GOOD_UNTIL,
    STATES,
    THAI,
    edited,
    other_number,
    pack_of,
    policy_file,
    published,
    small_pack,
    whole_files,
)
from tests.support.packs import PUBLISHED_AT, centre_keys
from tests.support.pdf_reading import text_by_pypdf
from tests.support.sending import send
from tests.support.sessions import Laptop, PreparedLaptop
from tests.support.sync_people import Centre

OLD_WORDS, NEW_WORDS = "คุณอยู่ในอันตรายตอนนี้ไหม", "ตอนนี้มีอันตรายกับคุณไหม"
SHIPPED_NUMBER = "+45 70 20 25 50"


@pytest.fixture(autouse=True)
def nothing_in_use() -> Iterator[None]:
    yield
    use_content(NOTHING)


@pytest.fixture
def copy(laptop: Laptop) -> Path:
    return laptop.parts.vault.folder / CONTENT_COPY


def number_shown() -> str:
    return help_lines().line(HOTLINE).number


def take(laptop: Laptop, number: int = 1, content: bytes | None = None, **changes: object) -> PackTaken:
    found = published(content or small_pack(number), number, **changes)
    return offered(laptop, found)


def offered(laptop: Laptop, found: Published) -> PackTaken:
    """Take a publication as ``packs_road`` does."""
    checked, refused = checked_content(found, laptop.session.packs.known())
    return laptop.session.packs.take(found, checked, refused)


def audited(laptop: Laptop) -> list[str]:
    found = laptop.db.execute("SELECT detail FROM audit WHERE action = 'content_taken' ORDER BY seq")
    return [row[0] for row in found]


class TestContent:
    def test_before_anything_came_the_shipped_texts_hold(self, laptop: Laptop) -> None:
        assert laptop.session.packs.state() == PacksState()
        laptop.session.packs.bring_up_to_date()
        assert content_in_use() == NOTHING

    def test_what_was_taken_is_in_use_at_once(self, laptop: Laptop, copy: Path) -> None:
        before, pack = generation(), small_pack()
        taken = take(laptop, content=pack)
        assert (taken.installed, taken.refused) == (True, None)
        assert taken.changes.leaflets
        assert taken.changes.enrolment
        assert (number_shown(), generation()) == ("+45 11 22 33 01", before + 1)
        assert copy.read_bytes() == pack
        state = laptop.session.packs.state()
        assert (state.number, state.published_on, state.keys_number) == (1, PUBLISHED_AT.date(), 1)
        assert (state.installed_at, state.looked_at) == (laptop.clock.now(), laptop.clock.now())
        assert (state.trusted, state.expired, state.expires_on, state.revoked) == (True, False, date(2026, 4, 1), False)
        assert audited(laptop) == ["keys:1", "content:1"]

    def test_a_later_publication_of_the_same_content_only_renews_its_date(self, laptop: Laptop) -> None:
        pack = small_pack()
        take(laptop, content=pack)
        before = generation()
        later = GOOD_UNTIL + timedelta(days=90)
        sha256 = hashlib.sha256(pack).hexdigest()
        for number, content in ((2, None), (3, pack)):
            again = offered(laptop, published(content, number, expires_at=later, content_sha256=sha256))
            assert (again.installed, again.changes.leaflets) == (False, False)
        assert (generation(), laptop.session.packs.state().expires_on) == (before, later.date())
        assert (laptop.session.packs.state().number, number_shown()) == (1, "+45 11 22 33 01")

    def test_an_older_pack_is_refused_and_its_keys_are_taken(self, laptop: Laptop) -> None:
        take(laptop, 1, small_pack(5))
        taken = take(laptop, 2, small_pack(4))
        assert isinstance(taken.refused, PackOlderError)
        assert (taken.installed, number_shown(), laptop.session.packs.state().number) == (False, "+45 11 22 33 05", 5)
        assert laptop.session.packs.state().keys_number == 2
        assert "not newer" in taken.refused.sentence()

    def test_another_pack_of_the_same_number_is_refused(self, laptop: Laptop) -> None:
        take(laptop, 1, small_pack(5))
        assert isinstance(take(laptop, 2, pack_of({DIRECTORY: other_number()}, 5)).refused, PackOlderError)

    def test_the_way_back_is_a_newer_number(self, laptop: Laptop) -> None:
        for number in (1, 2):
            take(laptop, number)
        back = pack_of({DIRECTORY: other_number("+45 11 22 33 01")}, 3, returns_to=1)
        assert take(laptop, 3, back).installed
        assert (laptop.session.packs.state().returns_to, number_shown()) == (1, "+45 11 22 33 01")

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            (pack_of({DIRECTORY: b"{}"}, 2), PackFileWrongError),
            (pack_of({DIRECTORY: other_number(), "policy.json": b"[]"}, 2), PackFileWrongError),
            (b"no archive at all", PackArchiveError),
        ],
    )
    def test_one_bad_file_keeps_all_of_it_away(
        self, laptop: Laptop, copy: Path, wrong: bytes, error: type[Exception]
    ) -> None:
        pack = small_pack()
        take(laptop, content=pack)
        taken = take(laptop, 2, wrong)
        assert isinstance(taken.refused, error)
        assert (taken.installed, taken.changes.leaflets, taken.changes.enrolment) == (False, False, True)
        assert (number_shown(), copy.read_bytes()) == ("+45 11 22 33 01", pack)

    def test_a_look_that_was_overtaken_changes_nothing(self, laptop: Laptop) -> None:
        take(laptop, 2)
        taken = take(laptop, 1)
        assert (taken.installed, taken.changes.sending, laptop.session.packs.state().number) == (False, False, 2)

    def test_keys_without_any_content_are_taken(self, laptop: Laptop, copy: Path) -> None:
        taken = offered(laptop, published(None))
        assert (taken.installed, laptop.session.packs.state().keys_number, copy.exists()) == (False, 1, False)

    def test_what_stops_the_transaction_leaves_everything_as_it_was(
        self, laptop: Laptop, copy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(packs_module, "apply_policy", stop)
        with pytest.raises(RuntimeError):
            take(laptop)
        assert (laptop.session.packs.state(), number_shown(), copy.exists()) == (PacksState(), SHIPPED_NUMBER, False)
        assert audited(laptop) == []


    def test_a_whole_pack_prints_new_words_and_no_draft_mark(self, laptop: Laptop) -> None:
        thai = whole_files()[THAI].decode().replace(OLD_WORDS, NEW_WORDS).encode()
        checked = {"state": "checked", "checked_by": "A. Checker", "checked_on": "2026-03-01"}
        states = edited(STATES, lambda states: states["where_to_get_help"].update(th=checked))
        assert take(laptop, content=pack_of({**whole_files(), THAI: thai, STATES: states})).installed
        made = make_leaflet(LeafletRequest("where_to_get_help", "th"), laptop.clock.local_now().date())
        printed = "".join(text_by_pypdf(made.pdf).split())
        assert (made.state, NEW_WORDS in printed, OLD_WORDS in printed) == ("checked", True, False)


class TestAge:
    def test_what_has_expired_stays_in_use_and_says_so(self, laptop: Laptop) -> None:
        take(laptop)
        laptop.clock.set_wall(GOOD_UNTIL)
        state = laptop.session.packs.state()
        assert (state.expired, state.number, number_shown()) == (True, 1, "+45 11 22 33 01")

    def test_a_clock_put_back_makes_nothing_young_again(self, laptop: Laptop) -> None:
        take(laptop, timestamp_at=GOOD_UNTIL)
        laptop.clock.set_wall(datetime(2026, 1, 2, tzinfo=UTC))
        assert laptop.session.packs.state().expired
        assert laptop.session.packs.known().now == GOOD_UNTIL

    def test_the_desks_receipts_tell_the_time_and_the_mailboxs_do_not(self, laptop: Laptop, box: CentreBox) -> None:
        laptop.finish("one")
        send(laptop.session, box)
        stored = laptop.db.execute("SELECT issued_at FROM receipts WHERE kind = 'stored'").fetchone()
        assert stored is not None
        assert laptop.session.packs.known().now == laptop.clock.now()
        box.ingest()
        send(laptop.session, box)
        issued = laptop.db.execute("SELECT issued_at FROM receipts WHERE kind = 'ingested'").fetchone()
        assert laptop.session.packs.known().now == datetime.fromisoformat(issued[0])


class TestCopy:
    def test_it_serves_a_locked_laptop(self, laptop: Laptop, copy: Path) -> None:
        take(laptop)
        use_content(NOTHING)
        Program(copy.parent)
        assert number_shown() == "+45 11 22 33 01"

    def test_a_damaged_one_gives_the_shipped_texts_until_the_vault_is_open(self, laptop: Laptop, copy: Path) -> None:
        take(laptop)
        whole = copy.read_bytes()
        copy.write_bytes(whole[:100] + b"?" + whole[101:])
        Program(copy.parent)
        assert number_shown() == SHIPPED_NUMBER
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), copy.read_bytes()) == ("+45 11 22 33 01", whole)

    def test_a_replaced_one_is_put_right_when_the_vault_is_open(self, laptop: Laptop, copy: Path) -> None:
        take(laptop)
        whole = copy.read_bytes()
        copy.write_bytes(pack_of({DIRECTORY: other_number("+45 99 99 99 99")}, 9))
        Program(copy.parent)
        assert number_shown() == "+45 99 99 99 99", "as whoever can change it says, until the vault is open"
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), copy.read_bytes()) == ("+45 11 22 33 01", whole)

    def test_one_that_the_vault_knows_nothing_of_goes(self, laptop: Laptop, copy: Path) -> None:
        copy.write_bytes(small_pack(9))
        Program(copy.parent)
        assert number_shown() == "+45 11 22 33 09"
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), copy.exists()) == (SHIPPED_NUMBER, False)

    def test_a_lost_one_is_made_again_and_nothing_is_read_anew(self, laptop: Laptop, copy: Path) -> None:
        take(laptop)
        before = generation()
        copy.unlink()
        laptop.session.packs.bring_up_to_date()
        assert copy.is_file()
        laptop.session.packs.bring_up_to_date()
        assert generation() == before

    def test_a_full_disk_costs_the_copy_and_nothing_else(
        self, laptop: Laptop, copy: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(file: Path, content: bytes) -> None:
            file.with_name(file.name + ".new").write_bytes(content[:10])
            raise OSError

        monkeypatch.setattr(content_copy, "replace_durably", full)
        assert take(laptop).installed
        assert number_shown() == "+45 11 22 33 01"
        assert not copy.exists()
        assert not copy.with_name(copy.name + ".new").exists()

    def test_a_folder_in_its_place_is_left_alone(self, laptop: Laptop, copy: Path) -> None:
        copy.mkdir()
        (copy / "x").touch()
        laptop.session.packs.bring_up_to_date()
        assert take(laptop).installed
        assert number_shown() == "+45 11 22 33 01"

    def test_a_pack_that_another_program_wrote_hides_no_help_line(self, laptop: Laptop) -> None:
        take(laptop)
        laptop.db.execute("UPDATE content_pack SET data = x'00'")
        use_content(NOTHING)
        laptop.session.packs.bring_up_to_date()
        assert (number_shown(), help_lines().line(EMERGENCY).number) == (SHIPPED_NUMBER, "112")


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

    def test_keys_that_only_seal_anew_give_nobody_up(self, laptop: Laptop, box: CentreBox) -> None:
        laptop.finish("one")
        send(laptop.session, box)
        take(laptop, keys=centre_keys(number=2, issued_at="2026-03-02T20:00:00Z"))
        box.ingest()
        send(laptop.session, box)
        assert laptop.session.sending.list_batches()[0].state == "ingested"
        assert laptop.session.enrolling.enrolled().keys.earlier == ()


def test_whom_to_trust_is_settled_once(laptop: Laptop) -> None:
    trusted = published(None).trusted
    assert laptop.session.packs.known().trusted is None
    assert laptop.session.packs.begin_trust(trusted).sending
    assert laptop.session.packs.known().trusted == trusted
    assert not laptop.session.packs.begin_trust(published(None).trusted).sending
    assert audited(laptop) == ["trust"]
    assert laptop.session.packs.state() == PacksState(trusted=True)


def test_a_vault_opened_again_uses_what_it_has(prepared: PreparedLaptop, tmp_path: Path) -> None:
    with prepared.copy(tmp_path / "again") as laptop:
        take(laptop)
    use_content(NOTHING)
    (tmp_path / "again" / CONTENT_COPY).unlink()
    with prepared.open(tmp_path / "again") as laptop:
        laptop.session.packs.bring_up_to_date()
        assert number_shown() == "+45 11 22 33 01"
        assert rows.pack_bytes(laptop.db) == (tmp_path / "again" / CONTENT_COPY).read_bytes()
