"""Publishing at the desk: prepare, two custodians sign, finish; and what laptops then find."""

from datetime import timedelta

import pytest

from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.errors import (
    ClockDoubtfulError,
    CustodianCannotPublishError,
    CustodianSignedError,
    NothingPreparedError,
    OtherCustodianKeyError,
    OtherDraftError,
    PublicationUnknownError,
    SignatureMissingError,
    TrustMissingError,
)
from outreach_app.centre.desk.facts import keep_mailbox_address
from outreach_app.centre.desk.key_rotation import rotate_sealing_key, rotation
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing import finish, prepare, refresh_timestamp, return_to, sign
from outreach_app.centre.desk.publishing_roads import files_to_publish, hand_out
from outreach_app.centre.desk.publishing_state import FileChange, Publishing, show
from outreach_app.centre.desk.publishing_trust import trust_document
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.packs.archive import read_archive
from outreach_app.sync.packs.client import Published
from outreach_app.sync.packs.publishing_keys import PublishingKey
from outreach_app.sync.packs.repository import ROOT_GOOD, TIMESTAMP_GOOD
from outreach_app.sync.sealing import key_id
from outreach_app.vault import audit
from outreach_app.wire.errors import UntrustedDataError
from tests.support.clock import FakeClock
from tests.support.publishing import FILES, PackBox, publish, taken
from tests.support.sync_people import LAPTOP

Custodians = tuple[CustodianSecrets, ...]
OTHERS = {"leaflets/states.json": b'{"fictional": 3}'}


def found_by_laptop(desk: Desk) -> Published:
    box = PackBox()
    hand_out(desk, box)
    return taken(desk, box)


def files_of(published: Published) -> dict[str, bytes]:
    assert published.content is not None
    return dict(read_archive(published.content).files)


def test_two_custodians_publish_and_a_laptop_finds_it(publisher: Desk, custodians: Custodians) -> None:
    draft = prepare(publisher, FILES)
    assert (draft.number, draft.content_number, draft.signed_by, draft.complete) == (1, 1, (), False)
    assert draft.files == tuple(FileChange(name, "new") for name in FILES)
    assert draft.new_sealing_key == publisher.keys.current_sealing_key.key_id
    assert sign(publisher, custodians[2]).signed_by == (3,)
    with pytest.raises(SignatureMissingError):
        finish(publisher)
    assert files_to_publish(publisher) == ()
    assert sign(publisher, custodians[0], number=1).complete
    publication = finish(publisher)
    assert (publication.number, publication.signed_by) == (1, (1, 3))
    found = found_by_laptop(publisher)
    assert (files_of(found), found.keys.revoked) == (FILES, ())
    assert found.keys.sealing_key_id == publisher.keys.current_sealing_key.key_id
    state = show(publisher)
    assert (state.root, state.draft, state.history, state.fresh_until) == (1, None, (publication,), found.expires_at)
    assert state.root_until == publisher.clock.now() + ROOT_GOOD
    details = [entry.detail for entry in audit.list_entries(publisher.vault) if entry.action == "publishing"]
    assert details[::-1] == ["root:1:0", "prepared:1", "signed:1:3", "signed:1:1", "published:1"]


def test_nobody_signs_twice_and_nobody_else_signs(publisher: Desk, custodians: Custodians) -> None:
    anna, bo, _carla = custodians
    with pytest.raises(NothingPreparedError):
        sign(publisher, anna)
    with pytest.raises(NothingPreparedError):
        finish(publisher)
    prepare(publisher, FILES)
    sign(publisher, anna)
    with pytest.raises(CustodianSignedError):
        sign(publisher, anna)
    with pytest.raises(OtherDraftError):
        sign(publisher, bo, number=7)
    with pytest.raises(CustodianCannotPublishError):
        sign(publisher, CustodianSecrets(bo.receiving))
    stranger = CustodianSecrets(ReceivingKeys.generate(), PublishingKey.generate())
    for signing in (anna.publishing, stranger.publishing):
        with pytest.raises(OtherCustodianKeyError):
            sign(publisher, CustodianSecrets(bo.receiving, signing))
    with pytest.raises(OtherCustodianKeyError):
        sign(publisher, stranger)
    draft = show(publisher).draft
    assert draft is not None
    assert draft.signed_by == (1,)


def test_what_is_prepared_anew_has_a_new_number_and_no_signatures(publisher: Desk, custodians: Custodians) -> None:
    prepare(publisher, FILES)
    sign(publisher, custodians[0])
    draft = prepare(publisher, OTHERS)
    assert (draft.number, draft.signed_by) == (2, ())
    assert publisher.vault.connection.execute("SELECT count(*) FROM pack_files").fetchone() == (2,)
    assert prepare(publisher, OTHERS, above=40).number == 41


def test_content_and_keys_are_published_alone(publisher: Desk, custodians: Custodians) -> None:
    first = publish(publisher, custodians, FILES)
    assert (first.number, first.content_number) == (1, 1)
    new = rotate_sealing_key(publisher)
    draft = prepare(publisher, OTHERS, keys=False)
    assert (draft.new_sealing_key, draft.files) == (
        "",
        (FileChange("leaflets/states.json", "changed"), FileChange("pathways/numbers.json", "removed")),
    )
    second = publish(publisher, custodians)
    assert (second.content_number, second.sealing_key) == (1, key_id(new))
    found = found_by_laptop(publisher)
    assert (files_of(found), found.keys.number, found.keys.sealing_key) == (FILES, 3, new.to_text())
    assert not rotation(publisher).waits
    assert publish(publisher, custodians, dict(FILES)).content_number == 1


def test_custodians_are_told_what_else_changes(publisher: Desk, custodians: Custodians) -> None:
    publish(publisher, custodians, FILES)
    again = prepare(publisher)
    assert (again.files, again.new_sealing_key, again.revoked, again.other_keys) == ((), "", (), False)
    revoke_device(publisher, LAPTOP.device)
    keep_mailbox_address(publisher, "https://mailbox.example")
    draft = prepare(publisher)
    assert (draft.revoked, draft.other_keys) == ((LAPTOP.device,), True)
    publish(publisher, custodians)
    found = found_by_laptop(publisher)
    assert (found.keys.revoked, found.keys.mailbox_url) == ((LAPTOP.device,), "https://mailbox.example")


def test_keys_may_come_before_any_content(publisher: Desk, custodians: Custodians) -> None:
    assert publish(publisher, custodians).content_number is None
    assert found_by_laptop(publisher).content is None
    with pytest.raises(PublicationUnknownError):
        return_to(publisher, 1)


def test_a_return_is_a_new_number_that_two_sign(publisher: Desk, custodians: Custodians) -> None:
    publish(publisher, custodians, FILES)
    publish(publisher, custodians, OTHERS)
    draft = return_to(publisher, 1)
    assert (draft.number, draft.content_number, draft.returns_to) == (3, 3, 1)
    for custodian in custodians[1:]:
        sign(publisher, custodian)
    assert finish(publisher).returns_to == 1
    found = found_by_laptop(publisher)
    assert files_of(found) == FILES
    assert found.content is not None
    manifest = read_archive(found.content).manifest
    assert (manifest.number, manifest.returns_to) == (3, 1)
    kept = publish(publisher, custodians)
    assert (kept.number, kept.content_number, kept.returns_to) == (4, 3, 1)
    with pytest.raises(PublicationUnknownError):
        return_to(publisher, 9)


def test_a_pack_holds_no_other_files(publisher: Desk) -> None:
    with pytest.raises(UntrustedDataError):
        prepare(publisher, {"program.py": b""})
    assert show(publisher).draft is None


def test_without_custodians_nothing_is_prepared(desk: Desk) -> None:
    with pytest.raises(TrustMissingError):
        prepare(desk, FILES)
    with pytest.raises(TrustMissingError):
        trust_document(desk)
    assert show(desk) == Publishing(0, None, None, (), None)
    assert not refresh_timestamp(desk)


def test_a_stop_in_the_middle_of_the_last_step_publishes_nothing(
    publisher: Desk, custodians: Custodians, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(publisher, custodians, FILES)
    prepare(publisher, OTHERS)
    for custodian in custodians[:2]:
        sign(publisher, custodian)
    with monkeypatch.context() as patched:
        patched.setattr("outreach_app.centre.desk.publishing_trust.make_timestamp", _stopped)
        with pytest.raises(InterruptedError):
            finish(publisher)
    assert files_of(found_by_laptop(publisher)) == FILES
    assert show(publisher).history == (first,)
    assert finish(publisher).number == 2
    assert files_of(found_by_laptop(publisher)) == OTHERS


def _stopped(*_arguments: object, **_values: object) -> bytes:
    raise InterruptedError


def test_the_desk_says_daily_that_it_is_still_the_newest(
    publisher: Desk, custodians: Custodians, clock: FakeClock
) -> None:
    publish(publisher, custodians, FILES)
    assert not refresh_timestamp(publisher)
    for days in (1, 30):
        clock.advance(days * 86400)
        assert refresh_timestamp(publisher)
        assert show(publisher).fresh_until == clock.now() + TIMESTAMP_GOOD
        assert not refresh_timestamp(publisher)
    assert found_by_laptop(publisher).timestamp_at == clock.now()


def test_a_clock_of_the_desk_that_was_ten_years_ahead_does_no_lasting_harm(
    publisher: Desk, custodians: Custodians, clock: FakeClock
) -> None:
    right = clock.now()
    clock.set_wall(right + timedelta(days=3653))
    with pytest.raises(ClockDoubtfulError):
        publish(publisher, custodians, FILES)
    publish(publisher, custodians, FILES)
    box = PackBox()
    hand_out(publisher, box)
    laptop = taken(publisher, box, now=right)
    clock.set_wall(right + timedelta(days=1))
    assert refresh_timestamp(publisher)
    hand_out(publisher, box)
    again = taken(publisher, box, laptop.trusted)
    assert again.timestamp_at == clock.now()
    with pytest.raises(ClockDoubtfulError):
        publish(publisher, custodians, OTHERS)
    assert publish(publisher, custodians, OTHERS).published_at == clock.now()
    hand_out(publisher, box)
    assert files_of(taken(publisher, box, again.trusted)) == OTHERS


def test_a_stop_before_the_key_was_noted_is_made_good(publisher: Desk, custodians: Custodians) -> None:
    publish(publisher, custodians, FILES)
    new = rotate_sealing_key(publisher)
    publish(publisher, custodians)
    publisher.vault.connection.execute("UPDATE sealing_stages SET published_at = NULL WHERE id = ?", (key_id(new),))
    publisher.reload_keys()
    assert rotation_waits(publisher)
    refresh_timestamp(publisher)
    assert not rotation_waits(publisher)


def rotation_waits(desk: Desk) -> bool:
    return any(key.stage == "next" for key in desk.keys.sealing)
