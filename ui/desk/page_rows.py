"""The one table of the desk's pages: name, label, icon, and where the page is made. A new page is one more row."""

from __future__ import annotations

import importlib
from typing import NamedTuple

from outreach_app.i18n import N_
from ui.desk.context import DeskContext
from ui.desk.desk_page import DeskPage


class DeskPageRow(NamedTuple):
    """``made_by`` names module and class; the module is imported when the page is first shown."""

    name: str
    label: str
    icon: str
    made_by: str
    in_rail: bool = True


DESK_PAGES: tuple[DeskPageRow, ...] = (
    DeskPageRow("incoming", N_("Incoming"), "sending", "ui.desk.incoming:IncomingPage"),
    DeskPageRow("quarantine", N_("Put aside"), "notice", "ui.desk.quarantine:QuarantinePage"),
    DeskPageRow("laptops", N_("Laptops"), "laptop", "ui.desk.laptops:LaptopsPage"),
    DeskPageRow("custodians", N_("Custodians"), "key", "ui.desk.custodians:CustodiansPage"),
    DeskPageRow("publishing", N_("Publishing"), "leaflets", "ui.desk.publishing:PublishingPage"),
    DeskPageRow("figures", N_("Figures"), "figures", "ui.desk.figures:FiguresPage"),
    DeskPageRow("keys", N_("Keys"), "help", "ui.desk.keys_sheet:KeysSheet", in_rail=False),
)
FIRST_PAGE = "incoming"


def make_desk_page(row: DeskPageRow, context: DeskContext) -> DeskPage:
    """Import the page's module and make the page."""
    module, name = row.made_by.split(":")
    page = getattr(importlib.import_module(module), name)(context)
    assert isinstance(page, DeskPage)  # noqa: S101 - a row that names something else is our mistake
    return page
