"""Signed requests of the desk: exactly this request, within ten minutes, by nobody else."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from outreach_app.sync.desk_request import BODY_HEADER, INSTANT_HEADER, sign_request, verify_request
from outreach_app.sync.errors import ClocksDifferError, SignatureWrongError
from tests.support.mailboxes import NOW
from tests.support.sync_people import CENTRE, LAPTOP

HEADERS = sign_request("PUT", "/v1/devices", b"body", now=NOW, keys=CENTRE.desk)


def verify(headers: dict[str, str], method: str = "PUT", target: str = "/v1/devices", minutes: int = 0) -> str:
    return verify_request(method, target, headers, now=NOW + timedelta(minutes=minutes), keys=CENTRE.desk.public)


def test_a_signed_request_names_the_hash_of_its_body() -> None:
    assert verify(HEADERS) == hashlib.sha512(b"body").hexdigest()
    assert verify(HEADERS, minutes=10) == verify(HEADERS, minutes=-10)


@pytest.mark.parametrize(
    ("changes", "method", "target"),
    [
        ({}, "GET", "/v1/devices"),
        ({}, "PUT", "/v1/device"),
        ({INSTANT_HEADER: "2026-03-02T20:00:01Z"}, "PUT", "/v1/devices"),
        ({BODY_HEADER: "0" * 128}, "PUT", "/v1/devices"),
        ({"outreach-signature": ""}, "PUT", "/v1/devices"),
        ({"outreach-signature": "Æ"}, "PUT", "/v1/devices"),
    ],
)
def test_nothing_of_it_can_be_changed(changes: dict[str, str], method: str, target: str) -> None:
    with pytest.raises(SignatureWrongError):
        verify(HEADERS | changes, method, target)


def test_no_headers_no_desk() -> None:
    with pytest.raises(SignatureWrongError):
        verify({})


def test_others_cannot_sign() -> None:
    with pytest.raises(SignatureWrongError):
        verify(sign_request("PUT", "/v1/devices", b"body", now=NOW, keys=LAPTOP.signing))


@pytest.mark.parametrize("minutes", [11, -11, 60 * 24 * 365 * 10])
def test_an_old_request_is_told_from_a_forged_one(minutes: int) -> None:
    with pytest.raises(ClocksDifferError):
        verify(HEADERS, minutes=minutes)
