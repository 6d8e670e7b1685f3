"""Fetching what the centre published: trust on first use of the centre's word, then only forward, and never in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar

import pytest

from outreach_app.content import NOTHING, use_content
from outreach_app.leaflets.directory import HOTLINE, help_lines
from outreach_app.records import packs
from outreach_app.records.packs import TrustRow
from outreach_app.services.errors import NotEnrolledError, PackFileWrongError, PackOlderError
from outreach_app.services.packs import Packs
from outreach_app.services.packs_road import PacksFetched, fetch_packs, take_trust_by_hand, words_of_trust
from outreach_app.services.progress import Progress
from outreach_app.sync.errors import NotTheMailboxError
from outreach_app.sync.packs.errors import (
    PackExpiredByCentreError,
    PackExpiredError,
    PackIncompleteError,
    PackUntrustedError,
    TrustOtherCentreError,
    TrustWordsDifferError,
)
from outreach_app.sync.packs.trusted_files import TIMESTAMP, TRUST
from tests.support.content_packs import DIRECTORY, pack_of, small_pack
from tests.support.packs import PUBLISHED_AT, PUBLISHERS, SUCCESSORS, PackRepository
from tests.support.sessions import Laptop
from tests.support.sync_people import Centre

T = TypeVar("T")


@pytest.fixture(autouse=True)
def nothing_in_use() -> Iterator[None]:
    yield
    use_content(NOTHING)


@pytest.fixture
def published() -> PackRepository:
    return PackRepository(content=small_pack())


def asking(laptop: Laptop) -> Callable[[Callable[[Packs], T]], T]:
    return lambda step: step(laptop.session.packs)


def fetch(laptop: Laptop, source: PackRepository) -> PacksFetched:
    return fetch_packs(asking(laptop), source)


def number_shown() -> str:
    return help_lines().line(HOTLINE).number


def test_the_first_look_trusts_whom_the_centre_names_and_takes_all(laptop: Laptop, published: PackRepository) -> None:
    seen: list[Progress] = []
    fetched = fetch_packs(asking(laptop), published, seen.append)
    assert (fetched.installed, fetched.problem, fetched.state.number) == (True, None, 1)
    assert (fetched.changes.leaflets, number_shown()) == (True, "+45 11 22 33 01")
    assert [(each.phase, each.done, each.total) for each in seen] == [("packs", 0, 1), ("packs", 1, 1)]


def test_a_second_look_fetches_no_content_again(laptop: Laptop, published: PackRepository) -> None:
    fetch(laptop, published)
    published.asked.clear()
    again = fetch(laptop, published)
    assert (again.installed, again.problem, again.state.number) == (False, None, 1)
    assert TRUST not in published.asked
    assert not any(name.endswith("content.zip") for name in published.asked)


def test_content_that_was_refused_is_not_fetched_again_until_other_content_is_published(
    laptop: Laptop, published: PackRepository
) -> None:
    fetch(laptop, published)
    published.publish(pack_of({DIRECTORY: b"{}"}, 2))
    first = fetch(laptop, published)
    assert isinstance(first.problem, PackFileWrongError)
    for _ in range(2):
        published.asked.clear()
        again = fetch(laptop, published)
        assert type(again.problem) is PackFileWrongError
        assert again.problem.sentence() == first.problem.sentence()
        assert not any(name.endswith("content.zip") for name in published.asked)
    published.publish(small_pack(1, published_at=PUBLISHED_AT.replace(hour=21)))
    assert isinstance(fetch(laptop, published).problem, PackOlderError)
    published.asked.clear()
    assert isinstance(fetch(laptop, published).problem, PackOlderError)
    assert not any(name.endswith("content.zip") for name in published.asked)
    published.publish(small_pack(4))
    assert fetch(laptop, published).installed
    assert fetch(laptop, published).problem is None


def test_newer_content_takes_its_place_also_under_new_custodians(laptop: Laptop, published: PackRepository) -> None:
    fetch(laptop, published)
    published.rotate(SUCCESSORS)
    published.publish(small_pack(2))
    assert fetch(laptop, published).installed
    assert number_shown() == "+45 11 22 33 02"


def test_where_nothing_was_ever_published_nothing_is_wrong(laptop: Laptop, published: PackRepository) -> None:
    for files in ({}, {TRUST: published.files[TRUST], "1.root.json": published.files["1.root.json"]}):
        fetched = fetch(laptop, replace_files(published, files))
        assert (fetched.installed, fetched.problem) == (False, None)
    assert fetched.state.trusted


def replace_files(repository: PackRepository, files: dict[str, bytes]) -> PackRepository:
    repository.files = dict(files)
    return repository


def test_another_centres_custodians_are_not_trusted(laptop: Laptop) -> None:
    fetched = fetch(laptop, PackRepository(centre=Centre()))
    assert isinstance(fetched.problem, TrustOtherCentreError)
    assert not fetched.state.trusted


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (lambda source: source.publish(small_pack(2), signed_by=PUBLISHERS[:1]), PackUntrustedError),
        (lambda source: source.files.update({TIMESTAMP: b"{}"}), PackUntrustedError),
        (lambda source: [source.files.pop(name) for name in list(source.files) if "content.zip" in name], PackIncompleteError),
        (lambda source: source.publish(pack_of({DIRECTORY: b"{}"}, 2)), PackFileWrongError),
        (lambda source: source.files.update({TIMESTAMP: bytes(10 << 20)}), NotTheMailboxError),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_is_here_stays(
    laptop: Laptop, published: PackRepository, harm: Callable[[PackRepository], object], error: type[Exception]
) -> None:
    fetch(laptop, published)
    published.publish(small_pack(2))
    harm(published)
    fetched = fetch(laptop, published)
    assert isinstance(fetched.problem, error)
    assert (fetched.installed, fetched.state.number, number_shown()) == (False, 1, "+45 11 22 33 01")


def test_after_one_bad_pack_the_next_good_one_is_taken(laptop: Laptop, published: PackRepository) -> None:
    published.publish(pack_of({DIRECTORY: b"{}"}, 2))
    assert isinstance(fetch(laptop, published).problem, PackFileWrongError)
    published.publish(small_pack(3))
    assert fetch(laptop, published).installed


def test_what_has_expired_on_the_road_is_not_taken(laptop: Laptop, published: PackRepository) -> None:
    fetch(laptop, published)
    laptop.clock.set_wall(laptop.clock.now() + timedelta(days=400))
    fetched = fetch(laptop, published)
    assert isinstance(fetched.problem, PackExpiredError)
    assert (fetched.state.expired, number_shown()) == (True, "+45 11 22 33 01")


def test_what_expired_by_the_centres_clock_alone_blames_no_laptop(laptop: Laptop, published: PackRepository) -> None:
    later = laptop.clock.now() + timedelta(days=50)
    with laptop.vault.transaction() as db:
        packs.keep_trust(db, TrustRow(published.trust().root, stamped_at=later))
    problem = fetch(laptop, published).problem
    assert isinstance(problem, PackExpiredByCentreError)
    assert "whether its clock is right" in problem.sentence()
    with laptop.vault.transaction() as db:
        packs.keep_trust(db, TrustRow(published.trust().root, stamped_at=later + timedelta(days=680)))
    assert fetch(laptop, published).installed


def test_a_laptop_that_was_never_enrolled_trusts_nobody(alone: Laptop, published: PackRepository) -> None:
    with pytest.raises(NotEnrolledError):
        fetch(alone, published)


class TestByHand:
    def test_custodians_are_trusted_after_six_words(self, laptop: Laptop, published: PackRepository) -> None:
        file = published.files[TRUST]
        words = words_of_trust(asking(laptop), file)
        assert len(words.split()) == 6
        assert take_trust_by_hand(asking(laptop), file, words).sending
        assert laptop.session.packs.state().trusted
        del published.files[TRUST]
        assert fetch(laptop, published).installed

    def test_other_words_change_nothing(self, laptop: Laptop, published: PackRepository) -> None:
        with pytest.raises(TrustWordsDifferError):
            take_trust_by_hand(asking(laptop), published.files[TRUST], "one two three four five six")
        assert not laptop.session.packs.state().trusted
