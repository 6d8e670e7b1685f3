"""Taking what the centre published: all of it in one transaction, or what is here stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from outreach_app.content import NOTHING, content_in_use, generation, use_content
from outreach_app.domain.changes import Changes
from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.services import packs as packs_module
from outreach_app.services.errors import PackFileWrongError, PackOlderError
from outreach_app.services.packs import PacksState
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
    published,
    small_pack,
    whole_files,
)
from tests.support.packs import PUBLISHED_AT, SUCCESSORS, PackRepository
from tests.support.pdf_reading import text_by_pypdf
from tests.support.sending import send
from tests.support.sessions import Laptop
from tests.support.taking_packs import SHIPPED_NUMBER, content_audited, number_shown, offered, take

OLD_WORDS, NEW_WORDS = "คุณอยู่ในอันตรายตอนนี้ไหม", "ตอนนี้มีอันตรายกับคุณไหม"


@pytest.fixture(autouse=True)
def nothing_in_use() -> Iterator[None]:
    yield
    use_content(NOTHING)


@pytest.fixture
def copy(laptop: Laptop) -> Path:
    return laptop.parts.vault.folder / CONTENT_COPY


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
        assert content_audited(laptop) == ["keys:1", "content:1"]

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
        assert content_audited(laptop) == []


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


def test_whom_to_trust_is_settled_once(laptop: Laptop) -> None:
    trusted = published(None).trusted
    assert laptop.session.packs.known().trusted is None
    assert laptop.session.packs.begin_trust(trusted).sending
    assert laptop.session.packs.known().trusted == trusted
    assert not laptop.session.packs.begin_trust(published(None).trusted).sending
    assert content_audited(laptop) == ["trust"]
    assert laptop.session.packs.state() == PacksState(trusted=True)


class TestTrustByHand:
    def test_it_takes_the_place_of_other_trust_and_keeps_the_number(self, laptop: Laptop) -> None:
        take(laptop, 5)
        other = PackRepository(custodians=SUCCESSORS).trust()
        assert not laptop.session.packs.begin_trust(other).sending
        assert laptop.session.packs.replace_trust(other).sending
        assert laptop.session.packs.known().trusted == other
        assert not laptop.session.packs.replace_trust(other).sending
        assert content_audited(laptop)[2:] == ["trust:by_hand"]
        older = offered(laptop, published(small_pack(6), 4, trusted=other))
        assert isinstance(older.refused, PackOlderError)
        assert (older.installed, laptop.session.packs.state().number) == (False, 5)
        assert offered(laptop, published(small_pack(6), 6, trusted=other)).installed

    def test_a_look_that_began_before_it_brings_nothing_back(self, laptop: Laptop) -> None:
        take(laptop, 1)
        began = laptop.session.packs.known().trusted
        other = PackRepository(custodians=SUCCESSORS).trust()
        laptop.session.packs.replace_trust(other)
        assert began is not None
        late = laptop.session.packs.take(published(None, 2), None, None, began.root)
        assert (late.installed, late.refused, late.changes) == (False, None, Changes())
        assert laptop.session.packs.known().trusted == other
