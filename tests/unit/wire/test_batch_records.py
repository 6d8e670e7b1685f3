"""Lines of a batch: written and read back the same; one struct a consent level, so that what has no field cannot leave."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from outreach_app.wire.batch_records import (
    RECORD_LIMIT,
    ApartRecord,
    BatchRecord,
    BlankingRecord,
    CodedRecord,
    ErasureRecord,
    HandOverRow,
    MergeRecord,
    NoteRecord,
    RecordVersion,
    ReferralRecord,
    SplitRecord,
    StandingRecord,
    TallyRecord,
    ViewRow,
    VoidRecord,
    WithdrawalRecord,
    kind_of,
    read_line,
    read_record,
    write_record,
)
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from tests.support.desk import coded, note, referral, tally

NOTICES: list[BatchRecord] = [
    ErasureRecord(id="a" * 32, version=1, worker="b" * 32, contact="c" * 32, records=["d" * 32]),
    BlankingRecord(id="a" * 32, version=1, worker="b" * 32, record="c" * 32, floor=3),
    VoidRecord(id="a" * 32, version=1, worker="b" * 32, epoch=1, seq=7, sha512="e" * 128),
    StandingRecord(id="a" * 32, version=1, worker="b" * 32, epoch=1, step=40, head="f" * 64, audit_entries=7, audit_head="0" * 64),
    MergeRecord(id="a" * 32, version=1, worker="b" * 32, contact="c" * 32, into="d" * 32),
    ApartRecord(id="a" * 32, version=1, worker="b" * 32, merge="e" * 32, contact="c" * 32, into="d" * 32),
    SplitRecord(
        id="a" * 32, version=1, worker="b" * 32, contact="c" * 32, made="d" * 32,
        through=[RecordVersion(id="f" * 32, version=1)],
    ),
    WithdrawalRecord(
        id="a" * 32, version=1, worker="b" * 32, contact="c" * 32, recipient="police",
        floors=[RecordVersion(id="f" * 32, version=2)],
    ),
]
RECORDS: list[BatchRecord] = [
    *NOTICES, tally(1), coded(2), note(3), referral(4),
    note(5, hand_over=HandOverRow(to_whom="police", said="s"), view=ViewRow(agrees=False, reason="r"), age=17),
]  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=kind_of)
def test_a_record_is_one_line_and_reads_back_the_same(record: BatchRecord) -> None:
    line = write_record(record)
    assert b"\n" not in line
    assert read_record(line) == record
    assert type(read_record(line)) is type(record)
    assert write_record(read_record(line)) == line
    assert json.loads(line)["kind"] == kind_of(record)


def names(kind: Any) -> set[str]:
    return {field.name for field in msgspec.structs.fields(kind)}


def test_a_line_is_kept_as_it_came_or_as_we_would_write_it() -> None:
    line = write_record(coded(1))
    record, kept = read_line(line)
    assert kept is line
    spelled_otherwise = json.dumps(json.loads(line), indent=1).encode()
    assert read_line(spelled_otherwise) == (record, line)


def test_each_level_adds_exactly_these_fields() -> None:
    assert names(TallyRecord) == {"id", "version", "worker", "shift_date", "setting", "region", "group", "count", "leaflets", "help_given"}
    assert names(NoteRecord) - names(CodedRecord) == {
        "met_at", "place_code", "speaking", "interpreter", "channel", "traits", "sign_words", "cards", "age", "age_when_it_began", "stay", "items", "sells_sex",
        "note", "follow_up_on", "follow_up_what", "hand_over", "view", "linkage_code",
    }  # fmt: skip
    assert names(ReferralRecord) - names(NoteRecord) == {"recipient", "identity_name"}
    assert names(CodedRecord) <= names(NoteRecord) <= names(ReferralRecord)


def texts_without_a_shape(kind: Any) -> set[str]:
    """Return the fields of a record that could hold words: texts without a pattern."""
    found = set()
    for field in msgspec.structs.fields(kind):
        shown = repr(field.type)
        if "str" in shown and "pattern='" not in shown:
            found.add(field.name)
    return found


def test_a_record_of_schema_two_is_read_as_it_is() -> None:
    """What a laptop of before sealed has none of the fields that came later."""
    later = {"traits", "channel", "sign_words", "cards"}
    for record in (coded(2), note(3), referral(4)):
        tree = {name: value for name, value in json.loads(write_record(record)).items() if name not in later}
        del tree["assessment"]["additions"]
        assert read_record(json.dumps(tree).encode()) == record


def test_a_notice_has_no_field_that_could_hold_words() -> None:
    for notice in NOTICES:
        assert texts_without_a_shape(type(notice)) == set()
    assert texts_without_a_shape(RecordVersion) == set()
    assert names(ErasureRecord) == {"id", "version", "worker", "contact", "records"}


@pytest.mark.parametrize(
    "change",
    [
        {"contact": "Anna"}, {"records": ["Anna"]}, {"records": ["d" * 32] * 20_001}, {"reason": "asked"}, {"version": 0},
    ],
)
def test_an_erasure_with_more_than_ids_is_refused(change: dict[str, Any]) -> None:
    whole = json.loads(write_record(NOTICES[0]))
    with pytest.raises(UntrustedDataError):
        read_record(json.dumps(whole | change).encode())


def test_who_is_one_person_is_said_in_ids_alone() -> None:
    assert names(MergeRecord) == {"id", "version", "worker", "contact", "into"}
    assert names(ApartRecord) == {"id", "version", "worker", "merge", "contact", "into"}
    assert names(SplitRecord) == {"id", "version", "worker", "contact", "made", "through"}
    assert names(WithdrawalRecord) == {"id", "version", "worker", "contact", "recipient", "floors"}


def test_a_coded_row_has_no_field_that_could_hold_words() -> None:
    assert texts_without_a_shape(CodedRecord) == set()
    assert texts_without_a_shape(TallyRecord) == set()
    assert texts_without_a_shape(NoteRecord) == {"met_at", "place_code", "note", "follow_up_what"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "case"}, "$.kind"), ({"kind": None}, "$.kind"), ({"id": "A" * 32}, "$.id"), ({"id": "a" * 32 + "\n"}, "$.id"),
        ({"version": 0}, "$.version"), ({"worker": "Anna"}, "$.worker"), ({"contact": "Red jacket"}, "$.contact"),
        ({"setting": ""}, "$.setting"), ({"setting": "by the bridge"}, "$.setting"), ({"region": "Main Street 5"}, "$.region"),
        ({"nationality": "Romanian"}, "$.nationality"), ({"languages": ["speaks a little"]}, "$.languages[0]"),
        ({"indicators": {"a b": "told"}}, "$.indicators"), ({"indicators": {"ab": "she said so"}}, "$.indicators"),
        ({"leaflets": [{"sheet": "a b", "language": "ro", "copies": 1}]}, "$.leaflets[0].sheet"),
        ({"note": "words"}, "$.note"), ({"linkage_code": "0" * 64}, "$.linkage_code"), ({"shift_date": "tonight"}, "$.shift_date"),
        ({"assessment": {"profile": "x", "catalogue": "1", "outcome": "a b", "provisional": True}}, "$.assessment.outcome"),
        ({"assessment": {"profile": "x", "catalogue": "words of hers", "outcome": "a", "provisional": True}}, "$.assessment.catalogue"),
    ],
)  # fmt: skip
def test_a_coded_line_with_anything_else_is_refused_by_field(change: dict[str, Any], field: str) -> None:
    line = json.dumps({**json.loads(write_record(coded(1))), **change}).encode()
    with pytest.raises(UntrustedDataError) as caught:
        read_record(line)
    assert str(caught.value.values["field"]).startswith(field)


def test_a_line_over_a_megabyte_is_refused() -> None:
    with pytest.raises(DataTooLargeError):
        read_record(b" " * (RECORD_LIMIT + 1))
