"""Lists that are too old, go back, do not fit each other, never end or were changed: each a calm sentence."""

from datetime import timedelta

import pytest
from tuf.api.metadata import Metadata, Snapshot, Targets, Timestamp

from outreach_app.errors import KnownError
from outreach_app.sync.errors import MailboxSilentError, NotTheMailboxError
from outreach_app.sync.packs.errors import (
    PackExpiredError,
    PackIncompleteError,
    PackMissingError,
    PackTooLargeError,
)
from outreach_app.sync.packs.repository import (
    ROOT_GOOD,
    TARGETS_GOOD,
    TIMESTAMP_GOOD,
    add_signatures,
    make_snapshot,
    make_targets,
)
from outreach_app.sync.packs.trust_rules import ISSUED_AT
from outreach_app.sync.packs.trusted_files import CONTENT, CONTENT_LIMIT, KEYS, TIMESTAMP
from outreach_app.wire.strict import write_json
from tests.support.packs import (
    ANNA,
    BO,
    FIRST_CONTENT,
    PUBLISHED_AT,
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
    ("years", "error"), [(10, PackExpiredError), (-10, None)], ids=["ten years ahead", "ten years behind"]
)
def test_a_clock_ten_years_off(repository: PackRepository, years: int, error: type[KnownError] | None) -> None:
    """Behind, the caller's floor holds (``trusted_now``); ahead, what is kept stays and the sentence names the clock."""
    now = repository.now + timedelta(days=3653 * years // 10)
    if error is None:
        assert take(repository, now=now).number == 1
        return
    with pytest.raises(error, match="Check the clock"):
        take(repository, now=now)


def test_a_list_is_good_until_its_last_second_and_no_longer(repository: PackRepository) -> None:
    trusted = take(repository).trusted
    end = repository.now + TIMESTAMP_GOOD
    assert take(repository, trusted, now=end - timedelta(seconds=1)).number == 1
    with pytest.raises(PackExpiredError) as caught:
        take(repository, trusted, now=end)
    assert caught.value.values == {"day": end.date().isoformat()}


def test_each_expired_list_is_told_by_its_day(repository: PackRepository) -> None:
    start = repository.now
    targets = repository.files["1.targets.json"]
    for good, renew in (
        (TIMESTAMP_GOOD, lambda: None),
        (TARGETS_GOOD, lambda: repository.put_snapshot(_snapshot_of(repository, targets, 2, good=TARGETS_GOOD))),
        (TARGETS_GOOD, lambda: repository.put_snapshot(_snapshot_of(repository, targets, 3, good=ROOT_GOOD))),
        (ROOT_GOOD, lambda: repository.publish(b"later")),
    ):
        repository.now = start + good
        renew()
        with pytest.raises(PackExpiredError) as caught:
            take(repository)
        assert caught.value.values == {"day": (start + good).date().isoformat()}


def _snapshot_of(repository: PackRepository, targets: bytes, version: int, *, good: timedelta) -> bytes:
    snapshot = Metadata[Snapshot].from_bytes(make_snapshot(targets, version=version, signed_by=[]))
    snapshot.signed.expires = PUBLISHED_AT + good
    return add_signatures(snapshot.to_bytes(), [repository.desk])


def test_freeze_an_old_timestamp_is_not_good_for_ever(repository: PackRepository) -> None:
    first = take(repository)
    frozen = dict(repository.files)
    repository.publish(b"warning that somebody holds back")
    repository.files = frozen
    assert take(repository, first.trusted, now=PUBLISHED_AT + timedelta(days=44)).number == 1
    with pytest.raises(PackExpiredError):
        take(repository, first.trusted, now=PUBLISHED_AT + timedelta(days=46))


def test_a_timestamp_must_say_when_it_was_signed(repository: PackRepository) -> None:
    for wrong in ("yesterday", None):
        timestamp = Metadata[Timestamp].from_bytes(repository.files[TIMESTAMP])
        timestamp.signed.version += 1
        if wrong:
            timestamp.signed.unrecognized_fields[ISSUED_AT] = wrong
        else:
            timestamp.signed.unrecognized_fields.clear()
        timestamp.signatures.clear()
        repository.files[TIMESTAMP] = add_signatures(timestamp.to_bytes(), [repository.desk])
        assert refused(repository) == TIMESTAMP


def test_rollback_of_the_timestamp(repository: PackRepository) -> None:
    old = repository.files[TIMESTAMP]
    repository.stamp()
    trusted = take(repository).trusted
    repository.files[TIMESTAMP] = old
    assert refused(repository, trusted) == TIMESTAMP


def test_rollback_of_the_snapshot_under_a_newer_timestamp(repository: PackRepository) -> None:
    repository.publish(b"newer")
    trusted = take(repository).trusted
    repository.stamp(repository.files["1.snapshot.json"])
    assert refused(repository, trusted) == TIMESTAMP


def test_rollback_of_the_list_of_files_under_a_newer_snapshot(repository: PackRepository) -> None:
    repository.publish(b"newer")
    trusted = take(repository).trusted
    repository.put_targets(repository.files["1.targets.json"])
    assert refused(repository, trusted) == "3.snapshot.json"


def test_a_snapshot_that_forgets_the_list_of_files(repository: PackRepository) -> None:
    trusted = take(repository).trusted
    snapshot = Metadata[Snapshot].from_bytes(repository.files["1.snapshot.json"])
    snapshot.signed.version, snapshot.signed.meta = 2, {}
    snapshot.signatures.clear()
    repository.snapshots = 2
    repository.put_snapshot(add_signatures(snapshot.to_bytes(), [repository.desk]))
    assert refused(repository, trusted) == "2.snapshot.json"
    assert refused(repository) == "snapshot.json"


def test_rollback_of_the_root(repository: PackRepository) -> None:
    repository.rotate(SUCCESSORS)
    repository.publish()
    trusted = take(repository).trusted
    repository.files["3.root.json"] = repository.files["1.root.json"]
    assert refused(repository, trusted) == "3.root.json"


def test_another_timestamp_of_the_same_number_changes_nothing(repository: PackRepository) -> None:
    first = take(repository)
    repository.timestamps -= 1
    repository.now += timedelta(days=1)
    repository.stamp()
    assert take(repository, first.trusted, now=PUBLISHED_AT).trusted == first.trusted


def test_mix_and_match_of_lists(repository: PackRepository) -> None:
    repository.publish(b"two")
    repository.publish(b"three")
    for listed in ("snapshot", "targets"):
        files = dict(repository.files)
        repository.files[f"3.{listed}.json"] = repository.files[f"2.{listed}.json"]
        assert refused(repository) == f"3.{listed}.json"
        repository.files = files
    assert take(repository).content == b"three"


def test_wrong_bytes_under_a_right_name(repository: PackRepository) -> None:
    for name in (KEYS, CONTENT):
        files = dict(repository.files)
        (there,) = (file for file in files if file.endswith(name))
        repository.files[there] = files[there][:-1] + b"?"
        assert refused(repository) == name
        del repository.files[there]
        assert refused(repository, error=PackIncompleteError) == there
        repository.files = files


def test_a_file_that_is_missing_is_told_by_its_name(repository: PackRepository) -> None:
    for name in ("1.snapshot.json", "1.targets.json"):
        files = dict(repository.files)
        del repository.files[name]
        assert refused(repository, error=PackIncompleteError) == name
        repository.files = files
    del repository.files[TIMESTAMP]
    refused(repository, error=PackMissingError)


@pytest.mark.parametrize("name", ["2.root.json", TIMESTAMP, "1.snapshot.json", "1.targets.json", KEYS, CONTENT])
def test_endless_data_is_cut_off(repository: PackRepository, name: str) -> None:
    there = next((file for file in repository.files if file.endswith(f".{name}")), name)
    repository.files[there] = b" " * (CONTENT_LIMIT + 1)
    with pytest.raises(NotTheMailboxError):
        take(repository)


@pytest.mark.parametrize("name", ["2.root.json", TIMESTAMP, "1.snapshot.json", "1.targets.json", KEYS, CONTENT])
def test_a_road_that_gives_more_than_was_asked_for_is_no_danger(name: str) -> None:
    class Generous(PackRepository):
        def fetch_pack_file(self, asked: str, limit: int) -> bytes | None:
            return b" " * (limit + 1) if asked.endswith(name) else self.files.get(asked)

    assert refused(Generous(), error=PackTooLargeError).endswith(name)


@pytest.mark.parametrize("name", [KEYS, CONTENT])
def test_not_even_custodians_can_list_a_file_beyond_the_limits(repository: PackRepository, name: str) -> None:
    files = {KEYS: write_json(centre_keys()), CONTENT: FIRST_CONTENT}
    targets = Metadata[Targets].from_bytes(make_targets(files, version=2, now=repository.now))
    targets.signed.targets[name].length = CONTENT_LIMIT + 1
    repository.put_targets(add_signatures(targets.to_bytes(), [ANNA.key, BO.key]))
    assert refused(repository, error=PackTooLargeError) == name


def test_a_slow_road_tells_itself(repository: PackRepository) -> None:
    class Slow(PackRepository):
        def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
            if name == "1.targets.json":
                raise MailboxSilentError
            return super().fetch_pack_file(name, limit)

    with pytest.raises(MailboxSilentError):
        take(Slow(), repository.trust())
