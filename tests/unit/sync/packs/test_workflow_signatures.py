"""Who must have signed what, how custodians follow each other, and that every byte is under a signature."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot

from outreach_app.errors import KnownError
from outreach_app.sync.packs import workflow
from outreach_app.sync.packs.client import Published
from outreach_app.sync.packs.publishing_keys import PublishingKey
from outreach_app.sync.packs.repository import (
    add_signatures,
    make_snapshot,
    make_targets,
    make_timestamp,
)
from outreach_app.sync.packs.trusted_files import KEYS, TIMESTAMP
from outreach_app.wire.strict import write_json
from tests.support.packs import (
    ANNA,
    BO,
    CARLA,
    DORTE,
    EMIL,
    FRIDA,
    OTHER_DESK_KEY,
    PUBLISHERS,
    SUCCESSORS,
    PackRepository,
    centre_keys,
    refused,
    take,
)


@pytest.fixture
def repository() -> PackRepository:
    return PackRepository()


@pytest.mark.parametrize(
    "signers", [(), (ANNA,), (ANNA, ANNA), (ANNA, DORTE), (DORTE, EMIL, FRIDA)], ids=lambda who: str(len(who))
)
def test_one_custodian_alone_publishes_nothing(repository: PackRepository, signers: tuple[Any, ...]) -> None:
    targets = make_targets({KEYS: write_json(centre_keys())}, version=2, now=repository.now)
    repository.put_targets(add_signatures(targets, [one.key for one in signers]))
    assert refused(repository) == "2.targets.json"


def test_the_desk_alone_publishes_nothing(repository: PackRepository) -> None:
    targets = make_targets({KEYS: write_json(centre_keys())}, version=2, now=repository.now)
    repository.put_targets(add_signatures(targets, [repository.desk, ANNA.key]))
    assert refused(repository) == "2.targets.json"


def test_two_signatures_of_one_key_count_once(repository: PackRepository) -> None:
    """Under the same id, under another custodian's id, and with the list of signatures doubled."""
    targets = make_targets({KEYS: write_json(centre_keys())}, version=2, now=repository.now)
    signed = json.loads(add_signatures(targets, [ANNA.key]))
    (anna,) = signed["signatures"]
    bo = {**anna, "keyid": BO.key.public.keyid}
    for signatures in ([anna, anna], [anna, bo]):
        forged = json.dumps({**signed, "signatures": signatures}).encode()
        snapshot = Metadata[Snapshot].from_bytes(make_snapshot(targets, version=2, signed_by=[]))
        listed = MetaFile(2, len(forged), {"sha256": hashlib.sha256(forged).hexdigest()})
        snapshot.signed.meta = {"targets.json": listed}
        repository.files["2.targets.json"] = forged
        repository.put_snapshot(add_signatures(snapshot.to_bytes(), [repository.desk]))
        assert refused(repository) == "2.targets.json"


def test_every_pair_of_custodians_may_sign(repository: PackRepository) -> None:
    for pair in ((ANNA, BO), (ANNA, CARLA), (BO, CARLA), PUBLISHERS):
        repository.publish(signed_by=pair)
        assert take(repository).number == repository.number


@pytest.mark.parametrize("role", [TIMESTAMP, "1.snapshot.json"])
def test_only_the_desk_says_what_is_newest(repository: PackRepository, role: str) -> None:
    other = PublishingKey.generate()
    if role == TIMESTAMP:
        repository.files[role] = make_timestamp(
            repository.files["1.snapshot.json"], version=2, now=repository.now, signed_by=[other]
        )
        assert refused(repository) == TIMESTAMP
    else:
        repository.put_snapshot(make_snapshot(repository.files["1.targets.json"], version=2, signed_by=[other]))
        assert refused(repository) == "2.snapshot.json"


def test_a_chain_of_roots_is_followed(repository: PackRepository) -> None:
    first = take(repository)
    repository.rotate((ANNA, BO, DORTE))
    repository.rotate((ANNA, EMIL, DORTE))
    repository.rotate(SUCCESSORS, desk=OTHER_DESK_KEY)
    repository.publish(b"signed by other people")
    found = take(repository, first.trusted)
    assert found.content == b"signed by other people"
    assert found.trusted.root == repository.files["4.root.json"]


def test_a_chain_is_followed_so_many_roots_at_a_time(
    repository: PackRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workflow, "MOST_ROTATIONS", 2)
    first = take(repository)
    for _ in range(3):
        repository.rotate(PUBLISHERS)
    half = take(repository, first.trusted)
    assert half.trusted.root == repository.files["3.root.json"]
    assert take(repository, half.trusted).trusted.root == repository.files["4.root.json"]


def test_custodians_of_the_past_sign_nothing_any_more(repository: PackRepository) -> None:
    repository.rotate(SUCCESSORS)
    repository.publish(signed_by=PUBLISHERS)
    assert refused(repository) == "2.targets.json"
    repository.publish(signed_by=(DORTE, FRIDA))
    assert take(repository).number == 3


@pytest.mark.parametrize(
    "signers", [SUCCESSORS, (ANNA, *SUCCESSORS), (ANNA, BO), (ANNA, BO, DORTE)], ids=["new", "one old", "old", "one new"]
)
def test_a_root_needs_two_of_the_old_and_two_of_the_new(repository: PackRepository, signers: tuple[Any, ...]) -> None:
    first = take(repository)
    repository.rotate(SUCCESSORS, signed_by=signers)
    assert refused(repository, first.trusted) == "2.root.json"


def test_a_root_cannot_leave_out_a_number(repository: PackRepository) -> None:
    first = take(repository)
    repository.roots = 2
    repository.rotate(SUCCESSORS)
    repository.files["2.root.json"] = repository.files.pop("3.root.json")
    assert refused(repository, first.trusted) == "2.root.json"


def test_what_both_generations_signed_is_whole_before_and_after_the_new_root(repository: PackRepository) -> None:
    """The desk hands out a publication signed by old and new together: a cut anywhere leaves something whole."""
    first = take(repository)
    repository.rotate(SUCCESSORS)
    root = repository.files.pop("2.root.json")
    repository.publish(b"both", signed_by=(ANNA, BO, *SUCCESSORS))
    assert take(repository, first.trusted).content == b"both"
    repository.files["2.root.json"] = root
    assert take(repository, first.trusted).content == b"both"


def test_a_stolen_key_of_the_desk_that_ran_ahead_is_overcome_by_a_new_root(repository: PackRepository) -> None:
    """Fast-forward: timestamps and snapshots of an old key no longer hold anybody back once a root names another."""
    repository.timestamps = repository.snapshots = 1_000_000
    repository.publish(b"ahead")
    first = take(repository)
    repository.timestamps = repository.snapshots = 1
    repository.publish(b"mended")
    refused(repository, first.trusted)
    repository.rotate(PUBLISHERS, desk=OTHER_DESK_KEY)
    repository.publish(b"mended")
    found = take(repository, first.trusted)
    assert (found.content, repository.timestamp().version) == (b"mended", 3)


def test_a_list_of_files_that_ran_ahead_is_overcome_too(repository: PackRepository) -> None:
    repository.publish(b"ahead", number=1_000_000)
    first = take(repository)
    repository.rotate(SUCCESSORS, desk=OTHER_DESK_KEY)
    repository.publish(b"mended", number=2)
    assert take(repository, first.trusted).number == 2


def test_a_list_given_with_a_field_twice_is_refused(repository: PackRepository) -> None:
    """python-tuf's own reader would take the last of the two."""
    data = repository.files[TIMESTAMP]
    repository.files[TIMESTAMP] = data.replace(b'{"signatures"', b'{"signatures":[],"signatures"', 1)
    assert repository.files[TIMESTAMP] != data
    assert refused(repository) == TIMESTAMP


MUTATIONS: tuple[Callable[[bytes, int], bytes], ...] = (
    lambda data, place: data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :],
    lambda data, place: data[:place] + bytes([data[place] ^ 32]) + data[place + 1 :],
    lambda data, place: data[:place],
    lambda data, place: data[:place] + b"0" + data[place:],
    lambda data, place: data[:place] + data[place + 1 :],
)


@pytest.fixture(scope="module")
def newest() -> tuple[PackRepository, Published]:
    """What a laptop finds that is one root and one publication behind."""
    repository = PackRepository()
    repository.rotate((ANNA, BO, DORTE))
    repository.publish(b"the newest")
    return repository, take(repository)


def _asked(repository: PackRepository) -> list[str]:
    return sorted({name for name in repository.asked if name in repository.files})


@settings(max_examples=150, deadline=None)
@given(data=st.data(), mutate=st.sampled_from(MUTATIONS))
def test_any_change_of_any_published_byte_is_refused_or_means_nothing(
    newest: tuple[PackRepository, Published], data: st.DataObject, mutate: Callable[[bytes, int], bytes]
) -> None:
    repository, whole = newest
    files, trusted = dict(repository.files), repository.trust()
    name = data.draw(st.sampled_from(_asked(repository)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    repository.files[name] = mutate(files[name], place)
    try:
        found = take(repository, trusted)
    except KnownError:
        return
    finally:
        repository.files = files
    meaning = (found.number, found.keys, found.content, found.expires_at, found.timestamp_at)
    assert meaning == (whole.number, whole.keys, whole.content, whole.expires_at, whole.timestamp_at)


def test_dates_are_what_the_lists_say(repository: PackRepository) -> None:
    root = Metadata[Root].from_bytes(repository.files["1.root.json"]).signed
    assert root.expires == datetime.fromisoformat("2031-03-01T20:00:00+00:00")
