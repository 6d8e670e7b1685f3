"""Reads the code lists: the shipped file, or a newer one that came from outside."""

from __future__ import annotations

from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated, get_args

import msgspec

from outreach_app.domain.code_lists import Code, CodeList, CodeLists, ListName
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.labels import LabelFields
from outreach_app.wire.shipped import read_shipped
from outreach_app.wire.strict import read_json

CodeText = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_]{0,39}\Z")]


class CodeFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One code of a list."""

    code: CodeText
    label: LabelFields
    retired: bool


class CodeListsFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``code_lists.json``."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    published: date
    lists: dict[ListName, list[CodeFields]]


@cache
def load_code_lists() -> CodeLists:
    """Return the code lists shipped with the program.

    Raises:
        FileMissingError, UntrustedDataError: the installation is damaged.
    """
    return read_code_lists(read_shipped("code_lists/code_lists.json"))


def read_code_lists(untrusted: bytes | str) -> CodeLists:
    """Return the code lists written in ``untrusted``.

    Raises:
        UntrustedDataError: a list is missing, a code comes twice, or the shape is wrong; names the field.
    """
    fields = read_json(untrusted, CodeListsFields, what=_("The code lists"))
    for name in get_args(ListName):
        _check_list(name, fields)
    lists = {name: CodeList(name, tuple(map(_code, entries))) for name, entries in fields.lists.items()}
    return CodeLists(fields.version, fields.published, MappingProxyType(lists))


def _check_list(name: ListName, fields: CodeListsFields) -> None:
    codes = [entry.code for entry in fields.lists.get(name, [])]
    if not codes:
        raise UntrustedDataError(what=_("The code lists"), field=f"$.lists.{name}", reason="missing")
    if len(set(codes)) != len(codes):
        raise UntrustedDataError(what=_("The code lists"), field=f"$.lists.{name}", reason="a code is given twice")


def _code(entry: CodeFields) -> Code:
    return Code(entry.code, entry.label.by_language(), entry.retired)
