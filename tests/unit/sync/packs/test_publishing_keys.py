"""Keys for signing what is published: kept and read back strictly, named after themselves."""

import pytest

from outreach_app.sync.errors import KeyUnreadableError
from outreach_app.sync.packs.publishing_keys import PublicPublishingKey, PublishingKey
from outreach_app.sync.packs.trust_rules import OWNER


def test_a_key_is_kept_and_read_back() -> None:
    key = PublishingKey.generate()
    assert PublishingKey.from_bytes(key.to_bytes()).public == key.public
    assert PublicPublishingKey.from_text(key.public.to_text()) == key.public
    assert repr(key) == f"PublishingKey({key.public.keyid[:16]})"
    assert key.public.for_tuf("a1").unrecognized_fields == {OWNER: "a1"}


@pytest.mark.parametrize("kept", [b"", b"outreach-publishing-key/1\n", b"outreach-publishing-key/2\n" + bytes(32)])
def test_something_else_is_no_key(kept: bytes) -> None:
    with pytest.raises(KeyUnreadableError):
        PublishingKey.from_bytes(kept)


@pytest.mark.parametrize("text", ["", "AAAA", "?"])
def test_something_else_is_no_public_key(text: str) -> None:
    with pytest.raises(KeyUnreadableError):
        PublicPublishingKey.from_text(text)
