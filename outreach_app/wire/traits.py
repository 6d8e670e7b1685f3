"""Reads the traits of the second view: the file in use, or a newer one that came from outside."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from outreach_app.content import remembered
from outreach_app.domain.traits import Trait, TraitGroup, Traits
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.labels import LabelFields
from outreach_app.wire.shipped import read_current
from outreach_app.wire.strict import read_json

CodeText = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}\Z")]
SourceText = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]


class TraitFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One trait of the file."""

    code: CodeText
    group: TraitGroup
    label: LabelFields
    source: SourceText
    confirmed: bool
    retired: bool


class TraitsFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``traits.json``."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    published: date
    traits: Annotated[list[TraitFields], msgspec.Meta(min_length=1, max_length=200)]


@remembered()
def load_traits() -> Traits:
    """Return the traits in use.

    Raises:
        FileMissingError, UntrustedDataError: the installation is damaged.
    """
    return read_traits(read_current("indicators/traits.json"))


def read_traits(untrusted: bytes | str) -> Traits:
    """Return the traits written in ``untrusted``.

    Raises:
        UntrustedDataError: a wrong shape, or a code twice; names the field.
    """
    fields = read_json(untrusted, TraitsFields, what=_("The list of traits"))
    codes = [row.code for row in fields.traits]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            field = f"$.traits[{place}].code"
            raise UntrustedDataError(what=_("The list of traits"), field=field, reason="given twice")
    return Traits(fields.version, fields.published, tuple(map(_trait, fields.traits)))


def _trait(row: TraitFields) -> Trait:
    return Trait(row.code, row.group, row.label.by_language(), row.source, row.confirmed, row.retired)
