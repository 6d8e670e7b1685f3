"""Letters and files of content packs over HTTP: left by the desk alone, fetched as they were left."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator

import httpx
import pytest

from outreach_app.centre.mailbox.publications import PACK_FILE_LIMIT
from outreach_app.sync.carriers.http import HttpDesk, HttpMailbox
from outreach_app.sync.desk_request import sign_request
from outreach_app.sync.errors import MailboxRefusedError
from outreach_app.sync.letters import make_letter
from outreach_app.wire.letters import Letter, LetterKind
from tests.support.clock import FakeClock
from tests.support.mailboxes import RunningMailbox, raw_answer
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP

CONTENT = f"{'a' * 64}.content.zip"


@pytest.fixture
def client(mailbox: RunningMailbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=mailbox.url, trust_env=False, timeout=20) as opened:
        yield opened


@pytest.fixture
def desk(mailbox: RunningMailbox) -> Iterator[HttpDesk]:
    with HttpDesk(mailbox.url, signing=CENTRE.desk, clock=mailbox.clock) as opened:
        yield opened


@pytest.fixture
def laptop(mailbox: RunningMailbox) -> Iterator[HttpMailbox]:
    with HttpMailbox(mailbox.url) as opened:
        yield opened


def letter(number: int, kind: LetterKind = "gap", device: str = LAPTOP.device) -> bytes:
    body = Letter(kind=kind, device=device, number=number, issued_at="2026-03-03T09:00:00Z")
    return make_letter(body, device=LAPTOP.receiving.public, issuer=CENTRE.desk)


def put(client: httpx.Client, path: str, data: bytes) -> tuple[int, str]:
    headers = sign_request("PUT", path, data, now=FakeClock().now(), keys=CENTRE.desk)
    answer = client.put(path, content=data, headers=headers)
    return answer.status_code, answer.json()["error"] if answer.content else ""


def test_of_each_kind_the_newest_letter_waits(desk: HttpDesk, laptop: HttpMailbox) -> None:
    assert laptop.fetch_letters(LAPTOP.device) == ()
    old, new, figures = letter(1), letter(3), letter(1, "figures")
    for one in (old, new, old, letter(3), figures):
        desk.put_letter(one)
    assert laptop.fetch_letters(LAPTOP.device) == (figures, new)
    assert laptop.fetch_letters(OTHER_LAPTOP.device) == ()


def test_letters_that_do_not_fit_their_path(client: httpx.Client) -> None:
    path = f"/v1/letters/{LAPTOP.device}/gap"
    assert put(client, path, b"no letter") == (400, "not_a_letter")
    assert put(client, path, letter(1, "figures")) == (400, "wrong_name")
    assert put(client, path, letter(1, device="f" * 32)) == (400, "wrong_name")
    assert put(client, f"/v1/letters/{LAPTOP.device}/other", letter(1)) == (400, "wrong_name")
    assert client.get("/v1/letters/nobody").json() == {"error": "wrong_name"}


def test_files_of_packs_come_back_as_they_were_left(desk: HttpDesk, laptop: HttpMailbox) -> None:
    assert laptop.fetch_pack_file(CONTENT, 100) is None
    content = os.urandom(700_000)
    desk.put_pack_file(CONTENT, content)
    desk.put_pack_file(CONTENT, content)
    desk.put_pack_file("1.root.json", b"")
    assert laptop.fetch_pack_file(CONTENT, PACK_FILE_LIMIT) == content
    assert laptop.fetch_pack_file("1.root.json", 10) == b""


def test_only_the_timestamp_and_the_trust_file_are_said_anew(desk: HttpDesk, laptop: HttpMailbox) -> None:
    for name in ("timestamp.json", "trust.json"):
        desk.put_pack_file(name, b"one")
        desk.put_pack_file(name, b"another")
        assert laptop.fetch_pack_file(name, 100) == b"another"
    desk.put_pack_file("1.root.json", b"one")
    with pytest.raises(MailboxRefusedError, match="file_exists"):
        desk.put_pack_file("1.root.json", b"another")
    assert laptop.fetch_pack_file("1.root.json", 100) == b"one"


@pytest.mark.parametrize("name", [".hidden", "A.json", "a" * 192, "a%2Fb", "a b", "%C3%A6.json"])
def test_other_names_are_refused(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/v1/packs/{name}")
    assert answer.status_code in {400, 404}
    assert answer.json()["error"] in {"wrong_name", "no_such_path"}
    assert client.put(f"/v1/packs/{name}", content=b"x").status_code in {400, 404}


@pytest.mark.parametrize("path", [f"/v1/letters/{LAPTOP.device}/gap", "/v1/packs/timestamp.json"])
def test_only_the_desk_may_publish(client: httpx.Client, path: str) -> None:
    assert client.put(path, content=letter(1)).json() == {"error": "not_the_desk"}
    headers = sign_request("PUT", path, letter(1), now=FakeClock().now(), keys=LAPTOP.signing)
    assert client.put(path, content=letter(1), headers=headers).json() == {"error": "not_the_desk"}


def test_a_file_beyond_the_limit_is_not_read(mailbox: RunningMailbox) -> None:
    path = "/v1/packs/big.bin"
    headers = sign_request("PUT", path, b"", now=FakeClock().now(), keys=CENTRE.desk)
    headers |= {"host": "x", "content-length": str(PACK_FILE_LIMIT + 1)}
    text = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    answer = raw_answer(mailbox.address, f"PUT {path} HTTP/1.1\r\n{text}\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_letters_travel_as_base64(client: httpx.Client, desk: HttpDesk) -> None:
    one = letter(1)
    desk.put_letter(one)
    assert client.get(f"/v1/letters/{LAPTOP.device}").json() == {"letters": [base64.b64encode(one).decode()]}
