"""What may be asked of the leaflet press: options that fit the format, and batches from a file, strictly read."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from outreach_app.cli.errors import LeafletOptionError
from outreach_app.cli.leaflet_choices import language_meant, region_codes, sheet_meant
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.errors import TooManyCopiesError
from outreach_app.leaflets.formats.registry import FORMATS, Format, format_of
from outreach_app.leaflets.jobs import MOST_COPIES
from outreach_app.leaflets.languages import LANGUAGES
from outreach_app.leaflets.requests import LeafletRequest, Order
from outreach_app.leaflets.sheets import sheet_ids
from outreach_app.leaflets.texts import SOURCE_LANGUAGE
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.strict import ROOT, read_json

MOST_ORDERS = 500


class _Row(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    sheet: str
    language: str
    format: str = "a4"
    copies: int = 1
    beside: str = ""
    cover: bool = False
    duplex: bool = False
    region: str = ""

    def order(self) -> Order:
        """Return the row as an order, not yet checked."""
        request = LeafletRequest(
            self.sheet, self.language, self.format, self.beside, cover=self.cover, duplex=self.duplex,
            region=self.region,
        )  # fmt: skip
        return Order(request, self.copies)


def read_orders(untrusted: bytes) -> tuple[Order, ...]:
    """Return the orders of a batch.

    Raises:
        DataTooLargeError, UntrustedDataError: names the row, counted from 0, and the field.
    """
    what = _("The list of leaflets")
    rows = read_json(untrusted, list[_Row], what=what)
    if not 1 <= len(rows) <= MOST_ORDERS:
        raise UntrustedDataError(what=what, field=ROOT, reason=_("not from 1 to {most} rows").format(most=MOST_ORDERS))
    for place, row in enumerate(rows):
        for field, reason in _wrong(row):
            raise UntrustedDataError(what=what, field=f"{ROOT}[{place}].{field}", reason=reason)
    return tuple(row.order() for row in rows)


def requested(
    copies: int | None, *, sheet: str, language: str, form: str, beside: str, cover: bool, duplex: bool, region: str
) -> LeafletRequest:
    """Return what the options of a command ask for; ``copies`` are None without that option.

    Raises:
        UnknownSheetError, UnknownLanguageError, UnknownFormatError, TooManyCopiesError: with what there is.
        LeafletOptionError: the options do not fit the format, or name nothing that exists.
    """
    request = LeafletRequest(
        sheet_meant(sheet), language_meant(language), format_of(form).id, language_meant(beside) if beside else "",
        cover=cover, duplex=duplex, region=region,
    )  # fmt: skip
    for option, reason in wrong_options(request):
        raise LeafletOptionError(option=option, reason=reason)
    if copies is not None and not 1 <= copies <= MOST_COPIES:
        raise TooManyCopiesError(copies=copies, most=MOST_COPIES)
    return request


def _wrong(row: _Row) -> Iterator[tuple[str, str]]:
    if row.sheet not in sheet_ids():
        yield "sheet", _("no such sheet")
    if row.language not in LANGUAGES:
        yield "language", _("no leaflets in this language")
    if row.format not in FORMATS:
        yield "format", _("no such format")
    if not 1 <= row.copies <= MOST_COPIES:
        yield "copies", _("not from 1 to {most}").format(most=MOST_COPIES)
    yield from wrong_options(row.order().request)


def wrong_options(request: LeafletRequest) -> Iterator[tuple[str, str]]:
    """Yield the options that do not fit the format, or name nothing that exists, with the reason in words.

    Raises UnknownFormatError.
    """
    form = format_of(request.format)
    if request.beside and not form.bilingual:
        yield "beside", _only_for(each for each in FORMATS.values() if each.bilingual)
    elif request.beside and request.beside not in LANGUAGES:
        yield "beside", _("no leaflets in this language")
    elif form.bilingual and (request.beside or SOURCE_LANGUAGE) == request.language:
        yield "beside", _("two different languages are needed")
    if request.cover and not form.may_cover:
        yield "cover", _only_for(each for each in FORMATS.values() if each.may_cover)
    if request.duplex and not (form.may_duplex or form.two_sided):
        yield "duplex", _only_for(each for each in FORMATS.values() if each.may_duplex or each.two_sided)
    if request.region and not load_code_lists()["regions"].has(request.region):
        yield "region", _("choose one of: {known}").format(known=", ".join(region_codes()))


def _only_for(formats: Iterator[Format]) -> str:
    return _("only for {formats}").format(formats=", ".join(each.id for each in formats))
