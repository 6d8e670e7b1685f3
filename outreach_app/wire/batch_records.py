"""What one line of a batch may hold. One struct per consent level: what has no field here cannot leave.

A record has a random id and a version; a higher version supersedes, nothing is overwritten. The table of
``docs/architecture.md`` ("Consent, batch content") is the source of every field. Notices tell the centre what is to
leave its register, who is one person or two, who took a consent back, which number will never come, and where the
laptop stands: random ids, codes and numbers.

Schemas: 2 brought notices of erasing, blanking and voiding, and the standing; 3 brought traits, words on single signs,
cards and the channel of an online contact; 4 brings merges, their undoing, splits and withdrawals. Rule for reading
older ones: a kind or field that came later may be missing and then means what its default says; none is renamed, taken
away or given another meaning. So every older schema is read by these same structs. A newer one is not read in part:
whoever meets it keeps the batch until a newer program is installed.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated

import msgspec

from outreach_app.wire.signed import Amount, Hash, Number
from outreach_app.wire.strict import read_spelled, write_json

SCHEMA = 4
RECORD_LIMIT = 1 << 20

Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_.-]{1,80}\Z")]
CodeOrNone = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_.-]{0,80}\Z")]
CatalogueName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_./-]{1,80}\Z")]
Nation = Annotated[str, msgspec.Meta(pattern=r"^([A-Z]{2})?\Z")]
LanguageTag = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*\Z")]
Words = Annotated[str, msgspec.Meta(max_length=400_000)]
Short = Annotated[str, msgspec.Meta(max_length=400)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Age = Annotated[int, msgspec.Meta(ge=0, le=120)]
Version = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
DigestOrNone = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]
Ids = Annotated[list[Id], msgspec.Meta(max_length=20_000)]


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """Fields every record has. ``worker`` is the worker's random slot id, never a name."""

    id: Id
    version: Version
    worker: Id


class LeafletCount(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Copies of one sheet put into hands."""

    sheet: Code
    language: LanguageTag
    copies: Count


class AssessmentRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The assessment in codes: no words, no reasons."""

    profile: Code
    catalogue: CatalogueName
    outcome: Code
    provisional: bool
    alerts: list[Code] = []
    additions: CatalogueName | None = None


class HandOverRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was handed over by phone because it could not wait for a batch."""

    to_whom: Short
    said: Words = ""
    without_consent_because: Short = ""


class ViewRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the worker made of the assessment."""

    agrees: bool
    reason: Short = ""


class CardsRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What she answered on cards in her language; ``draft`` while nobody had checked the translation."""

    language: LanguageTag
    draft: bool
    answers: dict[Code, Code] = {}


class TallyRecord(_Record, frozen=True, kw_only=True, tag="tally"):
    """A count without a row (``write_nothing``, and tallies proper): setting, region, leaflets, help.

    With the id of a note it supersedes that note: she no longer wants anything written.
    """

    shift_date: date
    setting: Code
    region: Code
    group: Code
    count: Count
    leaflets: list[LeafletCount] = []
    help_given: list[Code] = []


class CodedRecord(_Record, frozen=True, kw_only=True, tag="coded"):
    """One coded row: no words, no place finer than the region, no linkage code."""

    contact: Id
    shift_date: date
    setting: Code
    region: Code
    gender: Code
    age_band: CodeOrNone
    nationality: Nation
    languages: list[LanguageTag] = []
    exploitation: Code
    sector: CodeOrNone
    help_given: list[Code] = []
    help_offer: Code
    return_offer: Code
    leaflets: list[LeafletCount] = []
    indicators: dict[Code, Code] = {}
    assessment: AssessmentRow


class NoteRecord(CodedRecord, frozen=True, kw_only=True, tag="note"):
    """The whole note without identity, with the linkage code (``follow_up``)."""

    met_at: Short
    place_code: Short
    speaking: Code
    interpreter: Code
    channel: CodeOrNone = ""
    traits: list[Code] = []
    sign_words: dict[Code, Short] = {}
    cards: CardsRow | None = None
    age: Age | None = None
    age_when_it_began: Age | None = None
    stay: Code
    items: list[Code] = []
    sells_sex: bool
    note: Words
    follow_up_on: date | None = None
    follow_up_what: Words = ""
    hand_over: HandOverRow | None = None
    view: ViewRow | None = None
    linkage_code: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")] = ""


class ReferralRecord(NoteRecord, frozen=True, kw_only=True, tag="referral"):
    """As a note, plus identity for the one named recipient (``referral``)."""

    recipient: Code
    identity_name: Short


class ErasureRecord(_Record, frozen=True, kw_only=True, tag="erasure"):
    """Everything about one contact is to go: her random id and those of her notes; names no one and says no reason."""

    contact: Id
    records: Ids = []


class BlankingRecord(_Record, frozen=True, kw_only=True, tag="blanking"):
    """Words were blanked in ``record``, or a name of somebody else had left with it.

    Every version below ``floor`` is to go; that one stands instead.
    """

    record: Id
    floor: Version


class RecordVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One record and one of its versions; what the version means is said where it stands."""

    id: Id
    version: Version


RecordVersions = Annotated[list[RecordVersion], msgspec.Meta(max_length=20_000)]


class MergeRecord(_Record, frozen=True, kw_only=True, tag="merge"):
    """What was sent about ``contact`` is about ``into``: they are one person, until an ``apart`` names this id."""

    contact: Id
    into: Id


class ApartRecord(_Record, frozen=True, kw_only=True, tag="apart"):
    """The merge of this id is taken back, whichever of the two notices comes first."""

    merge: Id
    contact: Id
    into: Id


class SplitRecord(_Record, frozen=True, kw_only=True, tag="split"):
    """Notes sent as ``contact`` are about somebody else, ``made``: each of ``through`` up to the version it names.

    Later versions say themselves whom they are about.
    """

    contact: Id
    made: Id
    through: RecordVersions = []


class WithdrawalRecord(_Record, frozen=True, kw_only=True, tag="withdrawal"):
    """She took back what she had agreed to for ``recipient``: her notes that had left for it were lowered.

    ``floors``: the lowered version of each; every version below is to go, with the words and the name in it.
    """

    contact: Id
    recipient: Code
    floors: RecordVersions = []


class VoidRecord(_Record, frozen=True, kw_only=True, tag="void"):
    """A sealed batch was given up before it was handed over: its number blocks nothing, its records come again."""

    epoch: Number
    seq: Number
    sha512: Hash


class StandingRecord(_Record, frozen=True, kw_only=True, tag="standing"):
    """Where the vault stood when the batch was sealed, so that a rolled-back or copied laptop is noticed.

    ``step`` and ``audit_entries`` only grow within one epoch; heads are chain hashes and say nothing by themselves.
    """

    epoch: Number
    step: Amount
    head: Digest
    audit_entries: Amount = 0
    audit_head: DigestOrNone = ""


CountedRecord = TallyRecord | CodedRecord | NoteRecord | ReferralRecord
RegroupingRecord = MergeRecord | ApartRecord | SplitRecord
NoticeRecord = ErasureRecord | BlankingRecord | VoidRecord | RegroupingRecord | WithdrawalRecord
BatchRecord = CountedRecord | NoticeRecord | StandingRecord


def read_record(untrusted_line: bytes) -> BatchRecord:
    """Return one line of a batch as its record.

    Raises:
        UntrustedDataError, DataTooLargeError: the line is not exactly one of the records above.
    """
    return read_line(untrusted_line)[0]


def read_line(untrusted_line: bytes) -> tuple[BatchRecord, bytes]:
    """Return the same, and the line as ``write_record`` writes it: mostly the very bytes that came."""
    record: BatchRecord
    record, as_written = read_spelled(untrusted_line, BatchRecord, what="The record", limit=RECORD_LIMIT)  # type: ignore[arg-type]  # a union is a valid msgspec type
    return record, untrusted_line if as_written else write_record(record)


def write_record(record: BatchRecord) -> bytes:
    """Return the record as one line without the line end."""
    return write_json(record)


def digest_of(record: BatchRecord) -> str:
    """Return the SHA-256 of the record's line, 64 hex digits."""
    return digest_of_line(write_record(record))


def digest_of_line(line: bytes) -> str:
    """Return the same of a line that is written already."""
    return hashlib.sha256(line).hexdigest()


def kind_of(record: BatchRecord) -> str:
    """Return the record's ``kind``, as it stands in the line."""
    return str(type(record).__struct_config__.tag)
