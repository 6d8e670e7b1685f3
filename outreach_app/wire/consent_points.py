"""Reads the seven points of consent: what is said to a person before she agrees that something is passed on."""

from __future__ import annotations

from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated

import msgspec

from outreach_app.domain.consent import POINTS, RECIPIENTS
from outreach_app.domain.consent_talk import ConsentPoint, ConsentTexts, Remark
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.labels import LabelFields
from outreach_app.wire.shipped import read_shipped
from outreach_app.wire.strict import read_json

PointText = Annotated[str, msgspec.Meta(min_length=1, max_length=600)]


class TextFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said, in the staff languages."""

    en: PointText
    da: PointText


class PointFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One point."""

    id: str
    label: LabelFields
    text: TextFields


class RemarkFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said besides about one recipient."""

    recipient: str
    text: TextFields
    source: TextFields
    as_of: date
    confirmed: bool


class PointsFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``points.json``."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    published: date
    source: PointText
    confirmed: bool
    points: list[PointFields]
    remarks: list[RemarkFields]


@cache
def load_consent_texts() -> ConsentTexts:
    """Return the points shipped with the program.

    Raises:
        FileMissingError, UntrustedDataError: the installation is damaged.
    """
    return read_consent_texts(read_shipped("consent/points.json"))


def read_consent_texts(untrusted: bytes | str) -> ConsentTexts:
    """Return the points written in ``untrusted``.

    Raises:
        UntrustedDataError: not exactly the seven points, a recipient nobody knows, or the shape is wrong.
    """
    what = _("The points of consent")
    fields = read_json(untrusted, PointsFields, what=what)
    if tuple(point.id for point in fields.points) != POINTS:
        raise UntrustedDataError(what=what, field="$.points", reason="not the seven points in their order")
    if any(remark.recipient not in RECIPIENTS for remark in fields.remarks):
        raise UntrustedDataError(what=what, field="$.remarks", reason="an unknown recipient")
    points = tuple(ConsentPoint(point.id, point.label.by_language(), _texts(point.text)) for point in fields.points)
    remarks = tuple(
        Remark(each.recipient, _texts(each.text), _texts(each.source), each.as_of, each.confirmed)
        for each in fields.remarks
    )
    return ConsentTexts(fields.version, fields.source, fields.published, fields.confirmed, points, remarks)


def _texts(fields: TextFields) -> MappingProxyType[str, str]:
    return MappingProxyType({"en": fields.en, "da": fields.da})
