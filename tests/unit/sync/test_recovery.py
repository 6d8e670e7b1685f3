"""Requests and answers of a recovery: what fits, what does not, and what they never hold."""

import json
from datetime import UTC, datetime

import pytest

from outreach_app.errors import KnownError
from outreach_app.sync.enrolment import six_words
from outreach_app.sync.errors import (
    CustodianAnsweredError,
    OneAnswerMissingError,
    OtherCustodianError,
    RecoveryOtherLaptopError,
    RecoveryOtherPurposeError,
    RecoveryOtherRequestError,
    RecoveryUnreadableError,
)
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.recovery import answer, make_request, open_answers, read_reply, read_request
from outreach_app.vault.keys import new_keys
from outreach_app.vault.passphrase import word_list
from outreach_app.vault.recovery_slot import PAIRS, RecoverySlot, join_halves, open_recovery, slot_head
from outreach_app.wire.recovery import Purpose
from tests.support.custodians import ANNA, BO, CARLA, CUSTODIANS, VAULT_ID, answered, recovery_slot

ASKED_AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
KEYS = new_keys()
SLOT = recovery_slot(KEYS)
ONE_TIME = ReceivingKeys.generate()


def asked(slot: RecoverySlot = SLOT, purpose: Purpose = "recover", one_time: ReceivingKeys = ONE_TIME) -> bytes:
    return make_request(purpose, slot, slot_head(slot, VAULT_ID), one_time=one_time.public, issued_at=ASKED_AT)


REQUEST = asked()


@pytest.mark.parametrize("pair", PAIRS)
def test_two_custodians_in_either_order_open_the_slot(pair: tuple[int, int]) -> None:
    for order in (pair, pair[::-1]):
        reply = read_reply(answered(REQUEST, *(CUSTODIANS[place] for place in order)))
        secret = join_halves(open_answers(reply, read_request(REQUEST), ONE_TIME))
        recovered = open_recovery(SLOT, VAULT_ID, secret)
        assert recovered is not None
        assert recovered.keys == KEYS


def test_one_answer_is_not_enough() -> None:
    with pytest.raises(OneAnswerMissingError):
        open_answers(read_reply(answered(REQUEST, ANNA)), read_request(REQUEST), ONE_TIME)


def test_the_same_custodian_twice_or_a_third_one_is_refused() -> None:
    with pytest.raises(CustodianAnsweredError):
        answered(REQUEST, ANNA, ANNA)
    with pytest.raises(CustodianAnsweredError):
        answered(REQUEST, ANNA, BO, CARLA)


def test_a_key_the_laptop_does_not_know_is_refused() -> None:
    with pytest.raises(OtherCustodianError):
        answered(REQUEST, ReceivingKeys.generate())


def test_a_copied_request_with_another_one_time_key_has_other_words() -> None:
    thief = ReceivingKeys.generate()
    copied = json.loads(REQUEST)
    copied["one_time_key"] = thief.public.to_text()
    forged = read_request(json.dumps(copied).encode())
    assert six_words(forged.fingerprint(), word_list()) != six_words(read_request(REQUEST).fingerprint(), word_list())


def test_an_answer_opens_only_with_the_key_of_its_request() -> None:
    reply = read_reply(answered(REQUEST, ANNA, BO))
    with pytest.raises(RecoveryUnreadableError):
        open_answers(reply, read_request(REQUEST), ReceivingKeys.generate())


def refusal(request: bytes, reply: bytes) -> type[KnownError]:
    with pytest.raises(KnownError) as refused:
        open_answers(read_reply(reply), read_request(request), ONE_TIME)
    return refused.type


def test_each_reply_that_does_not_fit_has_its_own_sentence() -> None:
    other_laptop = asked(recovery_slot(device="aa" * 16))
    other_request = asked(one_time=ReceivingKeys.generate())
    drill = asked(purpose="drill")
    assert refusal(REQUEST, answered(other_laptop, ANNA, BO)) is RecoveryOtherLaptopError
    assert refusal(REQUEST, answered(other_request, ANNA, BO)) is RecoveryOtherRequestError
    assert refusal(REQUEST, answered(drill, ANNA, BO)) is RecoveryOtherPurposeError
    assert refusal(drill, answered(REQUEST, ANNA, BO)) is RecoveryOtherPurposeError


def test_an_answer_that_only_claims_to_fit_does_not_open() -> None:
    drill = json.loads(answered(asked(purpose="drill"), ANNA, BO))
    drill.update(purpose="recover", request_sha512=read_request(REQUEST).sha512)
    assert refusal(REQUEST, json.dumps(drill).encode()) is RecoveryUnreadableError


def test_answers_to_two_requests_do_not_come_together() -> None:
    other = asked(one_time=ReceivingKeys.generate())
    with pytest.raises(RecoveryOtherRequestError):
        answer(read_request(REQUEST), BO, read_reply(answered(other, ANNA)))


def test_halves_of_another_slot_in_a_request_are_noticed() -> None:
    mixed = json.loads(REQUEST)
    mixed["halves"] = json.loads(asked(recovery_slot()))["halves"]
    with pytest.raises(RecoveryUnreadableError):
        answer(read_request(json.dumps(mixed).encode()), ANNA)


def test_neither_request_nor_reply_holds_a_secret_of_the_laptop() -> None:
    reply = read_reply(answered(REQUEST, ANNA, BO))
    opened = open_answers(reply, read_request(REQUEST), ONE_TIME)
    seen = REQUEST + b"".join(read_request(REQUEST).sealed_halves.values()) + b"".join(opened.values())
    secret = join_halves(opened)
    for hidden in (SLOT.device_share, KEYS.data_key, KEYS.vault_secret, secret):
        assert hidden not in seen
        assert hidden.hex().encode() not in seen


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", REQUEST[:-1], REQUEST.replace(b"recover", b"recovar", 1)])
def test_a_damaged_request_is_refused_calmly(data: bytes) -> None:
    with pytest.raises(RecoveryUnreadableError):
        read_request(data)


@pytest.mark.parametrize("field", ["one_time_key", "halves"])
def test_base64_that_is_none_is_refused(field: str) -> None:
    body = json.loads(REQUEST)
    if field == "halves":
        body["halves"][1]["sealed"] = "?"
    else:
        body[field] = "?"
    with pytest.raises(RecoveryUnreadableError):
        read_request(json.dumps(body).encode())


def test_a_custodian_named_twice_is_refused() -> None:
    body = json.loads(REQUEST)
    body["halves"][1] = body["halves"][0]
    with pytest.raises(RecoveryUnreadableError):
        read_request(json.dumps(body).encode())


def test_a_reply_of_an_unknown_key_is_refused() -> None:
    body = json.loads(answered(REQUEST, ANNA, BO))
    body["answers"][0]["key_id"] = "00" * 16
    assert refusal(REQUEST, json.dumps(body).encode()) is RecoveryUnreadableError
    with pytest.raises(RecoveryUnreadableError):
        read_reply(b"{}")
