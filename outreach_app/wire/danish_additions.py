"""Reads the signs named in Danish reports that the published lists do not have, and puts them beside each list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, NoReturn

import msgspec

from outreach_app.domain.indicator import ID_PREFIXES, Catalogue, Dimension, Indicator, Strength
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.labels import LabelFields
from outreach_app.wire.strict import read_json

Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}\Z")]
SourceText = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
FieldName = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{3}_[A-Za-z]{1,60}\Z")]
ValueText = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{1,60}\Z")]
Extension = Annotated[str, msgspec.Meta(pattern=r"^dk_[a-z0-9_]{1,40}\Z")]


class HtcdsFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the sign goes in HTCDS 2.0: a field and one of its values, or an extension of ours where it has none."""

    field: FieldName | None = None
    value: ValueText | None = None
    extension: Extension | None = None


class AdditionFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sign. ``like`` is the published fact of the same dimension whose strength it takes in each list."""

    slug: Slug
    dimension: Dimension
    like: Slug
    htcds: HtcdsFields
    label: LabelFields
    fact: SourceText
    source: SourceText
    retired: bool
    as_of: Annotated[int, msgspec.Meta(ge=1990, le=2200)] | None = None


class AdditionsFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``danish_additions.json``."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    published: date
    source: SourceText
    signs: Annotated[list[AdditionFields], msgspec.Meta(min_length=1, max_length=100)]


def read_additions(untrusted: bytes | str) -> AdditionsFields:
    """Return the additions written in ``untrusted``.

    Raises:
        UntrustedDataError: a wrong shape, a sign twice, or one that goes nowhere in HTCDS; names the field.
    """
    fields = read_json(untrusted, AdditionsFields, what=_("The Danish additions"))
    slugs = [sign.slug for sign in fields.signs]
    for place, sign in enumerate(fields.signs):
        if sign.slug in slugs[:place]:
            _refuse(f"$.signs[{place}].slug", "given twice")
        coded = sign.htcds.field is not None and sign.htcds.value is not None
        if coded == (sign.htcds.extension is not None):
            _refuse(f"$.signs[{place}].htcds", "either a field with its value, or an extension")
    return fields


def with_additions(catalogue: Catalogue, additions: AdditionsFields) -> Catalogue:
    """Return ``catalogue`` with the additions beside its published list.

    Raises:
        UntrustedDataError: a sign is like none of the list, or its id is taken.
    """
    signs = tuple(_sign(place, sign, catalogue) for place, sign in enumerate(additions.signs))
    return replace(catalogue, additions=signs, additions_version=additions.version)


def _sign(place: int, sign: AdditionFields, catalogue: Catalogue) -> Indicator:
    before = f"{ID_PREFIXES[catalogue.profile]}.{sign.dimension}."
    known = catalogue.by_id()
    if f"{before}{sign.slug}" in known:
        _refuse(f"$.signs[{place}].slug", f"stands in the list of {catalogue.profile}")
    model = known.get(f"{before}{sign.like}")
    if model is None:
        _refuse(f"$.signs[{place}].like", f"not in the list of {catalogue.profile}")
    strength: Strength = model.strength
    return Indicator(
        id=f"{before}{sign.slug}", dimension=sign.dimension, strength=strength, labels=sign.label.by_language(),
        fact=sign.fact, source=sign.source, confirmed=False, retired=sign.retired,
    )  # fmt: skip


def _refuse(field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The Danish additions"), field=field, reason=reason)
