"""The OpenAPI description says exactly what the mailbox serves, and the mailbox answers as described (Schemathesis)."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.routing import Route

from outreach_app.centre.mailbox.app import DESCRIPTION, make_app
from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.desk_request import sign_request
from outreach_app.sync.letters import make_letter
from outreach_app.sync.receipts import Receipt, make_receipt
from outreach_app.sync.uploads import CHUNK, upload_opening
from outreach_app.wire.letters import Letter
from outreach_app.wire.shipped import read_shipped
from tests.support.clock import FakeClock
from tests.support.mailboxes import (
    CONFIGURATION,
    RunningMailbox,
    Uploading,
    batch,
    device_list,
    entry,
    large_batch,
    running_mailbox,
)
from tests.support.sync_people import CENTRE, LAPTOP

TEXT = json.loads(read_shipped(DESCRIPTION))
API = schemathesis.openapi.from_dict(TEXT)
OPERATIONS = {one.ok().definition.raw["operationId"]: one.ok() for one in API.get_all_operations()}
SOURCES = Path(__file__).parents[4] / "outreach_app" / "centre" / "mailbox"
SMALL, LARGE, NEW = batch(), large_batch(2), batch(3)
LETTER = make_letter(
    Letter(kind="gap", device=LAPTOP.device, number=1, issued_at="2026-03-03T09:00:00Z"),
    device=LAPTOP.receiving.public, issuer=CENTRE.desk,
)  # fmt: skip
RECEIPT = make_receipt(
    Receipt(
        kind="ingested", device=LAPTOP.device, epoch=1, seq=1, sha512=SMALL.sha512, issued_at="2026-03-02T20:00:00Z"
    ),
    device=LAPTOP.receiving.public, issuer=CENTRE.desk,
)  # fmt: skip
LIST = device_list(entry(LAPTOP), number=2)

# What is really there, and bodies that really fit: only a laptop or a desk can make them.
PLACES: dict[str, dict[str, str]] = {
    "putBatch": {"sha512": NEW.sha512}, "getBatch": {"sha512": SMALL.sha512},
    "openUpload": {"sha512": LARGE.sha512}, "getUpload": {"sha512": LARGE.sha512},
    "putChunk": {"sha512": LARGE.sha512, "index": "1"}, "commitUpload": {"sha512": LARGE.sha512},
    "getReceipts": {"sha512": SMALL.sha512}, "putReceipt": {"sha512": SMALL.sha512},
    "getLetters": {"device": LAPTOP.device}, "putLetter": {"device": LAPTOP.device, "kind": "gap"},
    "getPackFile": {"name": "1.root.json"}, "putPackFile": {"name": "timestamp.json"},
}  # fmt: skip
BODIES: dict[str, bytes] = {
    "putBatch": NEW.data, "openUpload": upload_opening(LARGE.data), "putChunk": LARGE.data[CHUNK : 2 * CHUNK],
    "putReceipt": RECEIPT, "putLetter": LETTER, "putPackFile": b"{}", "putDevices": LIST,
}  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMailbox]:
    file = tmp_path_factory.mktemp("described") / "mailbox.db"
    with closing(MailboxStore(open_database(None, file))) as store:
        store.put_device_list(1, device_list(entry(LAPTOP)))
        store.packs.put_file("1.root.json", b"{}", replace=False)
        with running_mailbox(store) as mailbox, httpx.Client(base_url=mailbox.url, trust_env=False) as client:
            client.put(f"/v1/batches/{SMALL.sha512}", content=SMALL.data)
            Uploading(client, LARGE).open()
            yield mailbox


def send(case: schemathesis.Case, running: RunningMailbox, *, signed: bool) -> requests.Response:
    """Send what Schemathesis thought of; signed as the desk where the operation asks for it."""
    asked = case.as_transport_kwargs(base_url=running.url)
    asked = {name: value for name, value in asked.items() if name in {"method", "url", "headers", "data", "params", "json"}}
    with requests.Session() as session:
        session.trust_env = False
        request = session.prepare_request(requests.Request(**asked))
        if signed:
            body = request.body or b""
            data = body.encode() if isinstance(body, str) else body
            request.headers.update(
                sign_request(request.method, request.path_url, data, now=running.clock.now(), keys=CENTRE.desk)
            )
        return session.send(request, timeout=20, allow_redirects=False)


def check(case: schemathesis.Case, response: requests.Response) -> None:
    case.validate_response(
        response,
        checks=[
            not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
            response_schema_conformance,
        ],
    )  # fmt: skip


def examples(count: int) -> settings:
    return settings(
        max_examples=count, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_answers_are_as_described(name: str, running: RunningMailbox) -> None:
    load_all_checks()
    operation, desk = OPERATIONS[name], "security" in OPERATIONS[name].definition.raw
    places = PLACES.get(name)

    @given(case=operation.as_strategy(GenerationMode.POSITIVE))
    @examples(8)
    def anything_described(case: schemathesis.Case) -> None:
        check(case, send(case, running, signed=desk))

    @given(case=operation.as_strategy(GenerationMode.NEGATIVE, path_parameters=places))
    @examples(6)
    def something_else(case: schemathesis.Case) -> None:
        check(case, send(case, running, signed=False))

    anything_described()
    if operation.query or operation.headers:
        something_else()


def running_token(running: RunningMailbox) -> dict[str, str]:
    with httpx.Client(base_url=running.url, trust_env=False) as client:
        upload = Uploading(client, LARGE)
        upload.open()
        return upload.headers


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_what_fits_is_taken(name: str, running: RunningMailbox) -> None:
    load_all_checks()
    operation, desk = OPERATIONS[name], "security" in OPERATIONS[name].definition.raw
    case = operation.Case(path_parameters=PLACES.get(name, {}), query={}, headers={})
    headers: dict[str, str] = {}
    body = BODIES.get(name, b"")
    target = case.formatted_path
    if desk:
        headers = sign_request(case.method, target, body, now=running.clock.now(), keys=CENTRE.desk)
    if name in {"putChunk", "commitUpload"}:
        headers = running_token(running)
    with requests.Session() as session:
        session.trust_env = False
        answer = session.request(case.method, running.url + target, data=body, headers=headers, timeout=20)
    expected = 409 if name == "commitUpload" else min(int(status) for status in operation.definition.raw["responses"])
    assert answer.status_code == expected
    check(case, answer)


def test_the_description_is_served_and_sound(running: RunningMailbox) -> None:
    answer = httpx.get(f"{running.url}/v1/openapi.json", trust_env=False)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == TEXT
    API.validate()


def test_every_route_is_described_and_no_other(store: MailboxStore) -> None:
    app = make_app(PostOffice(CONFIGURATION, store, FakeClock()))
    served = {
        (route.path, method.lower())
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert served == {(path, method) for path, methods in TEXT["paths"].items() for method in methods}


def test_every_code_of_a_refusal_is_described_and_no_other() -> None:
    described = set(re.findall(r"[a-z_]+", " ".join(" ".join(codes) for codes in enums(TEXT["components"]["responses"]))))
    assert described == raised() - {"no_such_path", "no_such_method"}


def test_the_page_for_people_names_every_code() -> None:
    page = (SOURCES.parents[2] / "docs" / "formats-sync.md").read_text()
    table = page[page.index("A refusal is") :]
    table = table[: table.index("Time limits")]
    named = set(re.findall(r"`([a-z_]+)`", "\n".join(line for line in table.splitlines() if line.startswith("| "))))
    assert raised() <= named


def enums(tree: object) -> Iterator[list[str]]:
    if isinstance(tree, dict):
        if "enum" in tree:
            yield tree["enum"]
        for value in tree.values():
            yield from enums(value)


def raised() -> set[str]:
    """Return every code that stands in the mailbox's source: in refusals and in limits of bodies."""
    found = set()
    for file in SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
                "RefusalError", "refuse", "small_number", "BodyLimit"
            }:  # fmt: skip
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                found |= {text for text in texts if re.fullmatch(r"[a-z_]+", text) and text != "after"}
    return found | {"no_such_path", "no_such_method"}
