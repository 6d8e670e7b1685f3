"""The log as JSON lines: codes, numbers and route templates; no names, no addresses, nothing of what was sent."""

from __future__ import annotations

import json
import logging

import httpx
import pytest

from outreach_app import logs
from outreach_app.centre.mailbox.json_logs import json_logs, log_exchange
from outreach_app.centre.mailbox.store import MailboxStore
from tests.support.mailboxes import batch, device_list, entry, running_mailbox
from tests.support.sync_people import LAPTOP

_log = logging.getLogger("outreach_app.test")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with json_logs():
        logs.event(_log, "counted", records=14, name="Maria", route=logs.Literal("/v1/health"), half=0.5)
    (line,) = lines(capsys)
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info", "code": "counted", "records": 14, "name": "<str>", "route": "/v1/health", "half": 0.5
    }  # fmt: skip


def test_an_event_without_values(capsys: pytest.CaptureFixture[str]) -> None:
    with json_logs():
        logs.event(_log, "certificate_taken")
    (line,) = lines(capsys)
    assert (line.keys(), line["code"]) == ({"time", "level", "code"}, "certificate_taken")


def test_a_bug_says_where_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    with json_logs():
        try:
            {}["Maria"]
        except KeyError as error:
            logs.bug(_log, error)
    (line,) = lines(capsys)
    assert (line["level"], line["code"], line["type"]) == ("error", "bug", "KeyError")
    assert "test_json_logs.py" in str(line["at"])
    assert "Maria" not in json.dumps(line)


def test_of_a_library_only_its_name_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    foreign = logging.getLogger("uvicorn.error")
    with json_logs():
        foreign.warning("GET /v1/letters/%s", LAPTOP.device)
        try:
            {}["Maria"]
        except KeyError:
            foreign.exception("Maria")
    first, second = lines(capsys)
    assert (first["code"], first["logger"], first["error"]) == ("other", "uvicorn.error", "")
    assert (second["level"], second["error"]) == ("error", "KeyError")
    assert "Maria" not in json.dumps(second)
    assert LAPTOP.device not in json.dumps(first)


def test_afterwards_everything_is_as_before() -> None:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    with json_logs():
        assert root.handlers != before[0]
    assert (root.handlers, root.level) == before


def test_each_request_has_a_line_without_content(store: MailboxStore, capsys: pytest.CaptureFixture[str]) -> None:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    sealed = batch()
    with (
        json_logs(),
        running_mailbox(store, seen=log_exchange) as running,
        httpx.Client(base_url=running.url, trust_env=False) as client,
    ):
        client.put(f"/v1/batches/{sealed.sha512}", content=sealed.data)
        client.get(f"/v1/letters/{LAPTOP.device}?name=Maria")
        client.get("/v1/Maria")
        client.request("BREW", "/v1/health")
        client.get("/v1/batches")
    text = capsys.readouterr().err
    found = [json.loads(line) for line in text.splitlines()]
    answered = [line for line in found if line["code"] == "answered"]
    assert [(line["method"], line["route"], line["status"], line["refusal"]) for line in answered] == [
        ("PUT", "/v1/batches/{sha512}", 200, ""),
        ("GET", "/v1/letters/{device}", 200, ""),
        ("GET", "none", 404, "no_such_path"),
        ("other", "/v1/health", 405, "no_such_method"),
        ("GET", "/v1/batches", 401, "not_the_desk"),
    ]
    assert answered[0]["received"] == len(sealed.data)
    assert answered[0]["sent"] > 1000
    assert answered[0]["seconds"] > 0
    for secret in ("Maria", LAPTOP.device, sealed.sha512, "127.0.0.1"):
        assert secret not in text
