"""Publishing at the desk: prepare, two custodians sign, finish; and what laptops then find."""

from pathlib import Path

import pytest

from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.errors import (
    SignatureMissingError,
)
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing import finish, prepare, sign
from outreach_app.centre.desk.publishing_roads import files_to_publish, hand_out
from outreach_app.centre.desk.publishing_state import FileChange, show
from outreach_app.sync.packs.archive import read_archive
from outreach_app.sync.packs.client import Published
from tests.support.publishing import FILES, PackBox, make_custodians, taken


@pytest.fixture
def custodians(desk: Desk, tmp_path: Path) -> tuple[CustodianSecrets, ...]:
    return make_custodians(desk, tmp_path / "keys")


@pytest.fixture
def box() -> PackBox:
    return PackBox()


def content_of(published: Published) -> dict[str, bytes]:
    assert published.content is not None
    return dict(read_archive(published.content).files)


def test_two_custodians_publish_and_a_laptop_finds_it(
    desk: Desk, custodians: tuple[CustodianSecrets, ...], box: PackBox
) -> None:
    draft = prepare(desk, FILES)
    assert (draft.number, draft.content_number, draft.signed_by, draft.complete) == (1, 1, (), False)
    assert draft.files == tuple(FileChange(name, "new") for name in FILES)
    assert draft.new_sealing_key == desk.keys.current_sealing_key.key_id
    assert sign(desk, custodians[2]).signed_by == (3,)
    with pytest.raises(SignatureMissingError):
        finish(desk)
    assert files_to_publish(desk) == ()
    assert sign(desk, custodians[0], number=1).complete
    publication = finish(desk)
    assert (publication.number, publication.signed_by) == (1, (1, 3))
    assert hand_out(desk, box, mailbox="own") == 7
    assert hand_out(desk, box, mailbox="own") == 0
    found = taken(desk, box)
    assert content_of(found) == FILES
    assert found.keys.sealing_key_id == desk.keys.current_sealing_key.key_id
    assert found.keys.revoked == ()
    state = show(desk)
    assert (state.root, state.draft, state.history) == (1, None, (publication,))
    assert state.fresh_until == found.expires_at
