"""Taking what the custodians published: what goes well, who vouches for it, and the keys in it."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from tuf.api.metadata import Metadata, Targets

from outreach_app.sync.packs.client import first_trust, take_trust, verify_kept
from outreach_app.sync.packs.errors import (
    PackUntrustedError,
    TrustOtherCentreError,
    TrustOtherCustodiansError,
    TrustWordsDifferError,
)
from outreach_app.sync.packs.repository import (
    TIMESTAMP_GOOD,
    add_signatures,
    make_root,
    make_targets,
)
from outreach_app.sync.packs.trust_file import TrustBody, make_trust_file
from outreach_app.sync.packs.trusted_files import CONTENT, KEYS, TIMESTAMP, TRUST
from outreach_app.sync.signed_document import write_signed
from outreach_app.wire.strict import write_json
from tests.support.packs import (
    ANNA,
    BO,
    DESK_KEY,
    FIRST_CONTENT,
    OTHER_DESK_KEY,
    PUBLISHED_AT,
    PUBLISHERS,
    SUCCESSORS,
    PackRepository,
    centre_keys,
    refused,
    take,
)
from tests.support.sync_people import CENTRE, Centre

OTHER_CENTRE = Centre()


@pytest.fixture
def repository() -> PackRepository:
    return PackRepository()


def test_a_laptop_takes_what_two_custodians_signed(repository: PackRepository) -> None:
    trusted = first_trust(repository, CENTRE.root.public)
    assert trusted == repository.trust()
    found = take(repository, trusted)
    assert (found.number, found.content, found.keys) == (1, FIRST_CONTENT, centre_keys())
    assert found.content_sha256 == hashlib.sha256(FIRST_CONTENT).hexdigest()
    assert found.expires_at == PUBLISHED_AT + TIMESTAMP_GOOD
    assert found.timestamp_at == PUBLISHED_AT
    assert found.trusted.targets == repository.files["1.targets.json"]


def test_content_that_is_here_is_not_fetched_again(repository: PackRepository) -> None:
    first = take(repository)
    repository.publish(keys=centre_keys(mailbox_url="https://mailbox.example"))
    repository.asked.clear()
    again = take(repository, first.trusted, known_sha256=first.content_sha256)
    assert (again.number, again.content, again.content_sha256) == (2, None, first.content_sha256)
    assert again.keys.mailbox_url == "https://mailbox.example"
    assert not any(name.endswith(CONTENT) for name in repository.asked)


def test_nothing_new_asks_for_little(repository: PackRepository) -> None:
    first = take(repository)
    repository.asked.clear()
    again = take(repository, first.trusted, known_sha256=first.content_sha256)
    assert again.trusted == first.trusted
    assert [name.rpartition(".k")[0] or name for name in repository.asked[:2]] == ["2.root.json", TIMESTAMP]
    assert len(repository.asked) == 3  # and keys.json


def test_keys_may_be_published_before_any_content() -> None:
    found = take(PackRepository(content=None))
    assert (found.content, found.content_sha256) == (None, "")


def test_a_fresh_timestamp_puts_the_end_off(repository: PackRepository) -> None:
    first = take(repository)
    repository.now += timedelta(days=40)
    repository.stamp()
    again = take(repository, first.trusted)
    assert again.expires_at == first.expires_at + timedelta(days=40)
    assert again.trusted.snapshot == first.trusted.snapshot


def test_two_laptops_one_far_behind_come_to_the_same(repository: PackRepository) -> None:
    one = take(repository)
    for number in range(2, 6):
        repository.publish(b"content %d" % number)
        if number % 2:
            one = take(repository, one.trusted)
    two = take(repository)
    assert one == two


def test_a_kept_copy_is_checked_without_a_road_and_whatever_its_age(repository: PackRepository) -> None:
    found = take(repository)
    kept = verify_kept(found.trusted, found.keys_bytes, found.content)
    assert kept == found
    assert verify_kept(found.trusted, found.keys_bytes, None).content_sha256 == found.content_sha256
    with pytest.raises(PackUntrustedError):
        verify_kept(found.trusted, found.keys_bytes, b"Fictional content")
    with pytest.raises(PackUntrustedError):
        verify_kept(found.trusted, write_json(centre_keys(number=2)), found.content)
    with pytest.raises(PackUntrustedError):
        verify_kept(take(PackRepository(content=None)).trusted, found.keys_bytes, found.content)


def test_trust_of_another_centre_is_refused(repository: PackRepository) -> None:
    with pytest.raises(TrustOtherCentreError):
        first_trust(repository, OTHER_CENTRE.root.public)


def test_a_trust_file_without_a_root_is_refused(repository: PackRepository) -> None:
    body = TrustBody(issued_at="2026-03-02T20:00:00Z", root="?")
    repository.files[TRUST] = write_signed(body, context=b"outreach-trust-root/1", keys=CENTRE.root)
    with pytest.raises(TrustOtherCentreError):
        first_trust(repository, CENTRE.root.public)


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b'{"body": "AAAA", "signatures": "AAAA"}'])
def test_a_damaged_trust_file_is_refused(repository: PackRepository, damage: bytes) -> None:
    repository.files[TRUST] = damage
    with pytest.raises(TrustOtherCentreError):
        first_trust(repository, CENTRE.root.public)


def test_trust_needs_a_root_that_its_own_custodians_signed(repository: PackRepository) -> None:
    unsigned = make_root(
        [one.signatory for one in PUBLISHERS], DESK_KEY.public, version=1, now=repository.now, signed_by=[ANNA.key]
    )
    for root in (unsigned, b"{}", b"no JSON", repository.files["1.targets.json"]):
        repository.files[TRUST] = make_trust_file(root, issued_at=repository.now, centre_root=CENTRE.root)
        with pytest.raises(PackUntrustedError):
            first_trust(repository, CENTRE.root.public)


def test_no_trust_lies_there(repository: PackRepository) -> None:
    del repository.files[TRUST]
    assert first_trust(repository, CENTRE.root.public) is None


def test_the_first_trust_names_the_custodians_this_laptop_knows(repository: PackRepository) -> None:
    known = [one.custodian for one in PUBLISHERS]
    assert first_trust(repository, CENTRE.root.public, known) == repository.trust()
    with pytest.raises(TrustOtherCustodiansError, match="six words"):
        first_trust(repository, CENTRE.root.public, [*known[:2], SUCCESSORS[0].custodian])


def test_new_trust_is_taken_by_hand_after_six_words(repository: PackRepository) -> None:
    def words_of(fingerprint: bytes) -> str:
        return fingerprint.hex()[:12]

    data = repository.files[TRUST]
    heard = words_of(hashlib.sha512(data).digest())
    trusted = take_trust(data, CENTRE.root.public, words=f"  {heard} ", words_of=words_of)
    assert trusted == repository.trust()
    with pytest.raises(TrustWordsDifferError):
        take_trust(data, CENTRE.root.public, words="other words", words_of=words_of)
    with pytest.raises(TrustOtherCentreError):
        take_trust(data, OTHER_CENTRE.root.public, words=heard, words_of=words_of)


def test_a_sealing_key_of_ones_own_is_refused(repository: PackRepository) -> None:
    """A man in the middle offers keys of his own: under the right name, and in lists he signs himself."""
    forged = write_json(centre_keys(OTHER_CENTRE))
    (there,) = (name for name in repository.files if name.endswith(KEYS))
    repository.files[there] = forged
    assert refused(repository) == KEYS
    trusted = repository.trust()
    mine = PackRepository(centre=OTHER_CENTRE, custodians=SUCCESSORS, desk=OTHER_DESK_KEY)
    assert refused(mine, trusted) == TIMESTAMP
    with pytest.raises(TrustOtherCentreError):
        first_trust(mine, CENTRE.root.public)


@pytest.mark.parametrize(
    "keys",
    [
        b"{}",
        b"no JSON",
        centre_keys(sealing_key="AAAA"),
        centre_keys(mailbox_key="AAAA"),
        centre_keys(desk_key="AAAA"),
        centre_keys(sealing_key_id="0" * 32),
    ],
)
def test_keys_that_are_none_are_not_taken_even_signed(repository: PackRepository, keys: Any) -> None:
    repository.publish(keys=keys)
    assert refused(repository) == KEYS


def test_a_list_without_keys_is_not_taken(repository: PackRepository) -> None:
    targets = make_targets({CONTENT: b"alone"}, version=2, now=repository.now)
    repository.put_targets(add_signatures(targets, [ANNA.key, BO.key]))
    assert refused(repository) == KEYS


def test_a_file_without_the_hash_we_ask_for_by_is_not_taken(repository: PackRepository) -> None:
    targets = Metadata[Targets].from_bytes(make_targets({KEYS: b"{}"}, version=2, now=repository.now))
    targets.signed.targets[KEYS].hashes = {"sha512": hashlib.sha512(b"{}").hexdigest()}
    repository.put_targets(add_signatures(targets.to_bytes(), [ANNA.key, BO.key]))
    assert refused(repository) == KEYS
