"""The one table of pages: name, label, icon, key, and where the page is made. A new page is one more row."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import NamedTuple

from outreach_app.i18n import N_
from ui.context import Context
from ui.page import Page


class PageRow(NamedTuple):
    """``made_by`` names module and class; the module is imported when the page is first shown (a quick start).

    ``key`` leads there in place of Alt with a number. ``for_supervisors``: only in their rail, or in everybody's where
    there is no supervisor; the services refuse what others ask.
    """

    name: str
    label: str
    icon: str
    made_by: str
    in_rail: bool = True
    while_locked: bool = False
    while_unlocked: bool = True
    key: str = ""
    for_supervisors: bool = False


PAGES: tuple[PageRow, ...] = (
    PageRow("unlock", N_("Unlock"), "unlock", "ui.pages.unlock:UnlockPage", while_locked=True, while_unlocked=False),
    PageRow(
        "restore", N_("Bring a backup back"), "unlock", "ui.pages.restore:RestorePage",
        in_rail=False, while_locked=True, while_unlocked=False,
    ),
    PageRow(
        "recover", N_("Forgotten passphrase"), "unlock", "ui.pages.recover:RecoverPage",
        in_rail=False, while_locked=True, while_unlocked=False,
    ),
    PageRow("today", N_("Today"), "today", "ui.pages.today:TodayPage"),
    PageRow("encounters", N_("Encounters"), "encounters", "ui.pages.encounters:EncountersPage"),
    PageRow("encounter", N_("Encounter"), "encounters", "ui.pages.encounter:EncounterPage", in_rail=False),
    PageRow("contacts", N_("Contacts"), "contacts", "ui.pages.contacts:ContactsPage"),
    PageRow("places", N_("Places"), "places", "ui.pages.places:PlacesPage"),
    PageRow("leaflets", N_("Leaflets"), "leaflets", "ui.pages.leaflets:LeafletsPage", while_locked=True),
    PageRow(
        "cards", N_("Health cards"), "heart", "ui.pages.cards:CardsPage", while_locked=True, while_unlocked=False
    ),
    PageRow("review", N_("Review"), "review", "ui.pages.review:ReviewPage", key="Ctrl+Shift+R", for_supervisors=True),
    PageRow(
        "figures", N_("Figures"), "figures", "ui.pages.figures:FiguresPage", key="Ctrl+Shift+F", for_supervisors=True
    ),
    PageRow("sending", N_("Sending"), "sending", "ui.pages.sending:SendingPage"),
    PageRow("help_lines", N_("Help lines"), "phone", "ui.pages.help_lines:HelpLinesPage", while_locked=True),
    PageRow("keys", N_("Keys"), "help", "ui.pages.keys:KeysPage", in_rail=False, while_locked=True),
    PageRow("laptop", N_("This laptop"), "laptop", "ui.pages.laptop:LaptopPage"),
    PageRow("settings", N_("Settings"), "settings", "ui.pages.settings:SettingsPage"),
)
FIRST_UNLOCKED = "today"
FIRST_LOCKED = "unlock"
SEARCH_PAGE = "encounters"


def rows_for(*, unlocked: bool, rows: Iterable[PageRow] = PAGES) -> tuple[PageRow, ...]:
    """Return the pages there are while locked or unlocked."""
    return tuple(row for row in rows if (row.while_unlocked if unlocked else row.while_locked))


def make_page(row: PageRow, context: Context) -> Page:
    """Import the page's module and make the page."""
    module, name = row.made_by.split(":")
    page = getattr(importlib.import_module(module), name)(context)
    assert isinstance(page, Page)  # noqa: S101 - a row that names something else is our mistake
    return page
