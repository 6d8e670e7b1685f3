"""What is missing, unknown, unconfirmed or too old is said before printing, in sentences a worker understands."""

from __future__ import annotations

from datetime import date

from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.directory.faults import Needs, directory_faults
from outreach_app.leaflets.needs import faults_before_printing, needs_of
from outreach_app.leaflets.sheets import load_sheet
from tests.support.directories import HOTLINE_ROW, PLACE_ROW, directory_with

DAY = date(2026, 3, 2)
LATER = date(2028, 3, 2)
BOTH = ("hotline", "emergency")


def said(directory, needs, day=DAY):
    return [(fault.entry, fault.problem) for fault in directory_faults(directory, needs, day)]


def test_a_full_confirmed_and_new_directory_has_nothing_to_say():
    assert said(directory_with(PLACE_ROW), Needs(used=BOTH, places=("meeting_place",))) == []


def test_what_is_missing_comes_first_and_by_its_weight():
    needs = Needs(required=("controller",), used=("hotline", "partner"), places=("clinic",), region="sjaelland")
    assert said(directory_with(), needs, LATER) == [
        ("controller", "sheet_absent"), ("partner", "left_out"), ("clinic", "none_here"), ("hotline", "stale"),
    ]  # fmt: skip


def test_a_place_elsewhere_does_not_count_here():
    needs = Needs(places=("meeting_place",), region="nordjylland")
    assert said(directory_with(PLACE_ROW), needs) == [("meeting_place", "none_here")]


def test_what_nobody_knows_of_a_place_is_named():
    place = {name: value for name, value in PLACE_ROW.items() if name not in {"address", "hours", "number"}}
    (fault,) = directory_faults(directory_with(place), Needs(places=("meeting_place",)), DAY)
    assert (fault.problem, fault.entry) == ("not_known", "lantern")
    assert fault.sentence.startswith("Not known of “The Lantern”: address, hours, number.")


def test_each_entry_is_doubted_once():
    directory = directory_with(PLACE_ROW | {"confirmed": False})
    needs = Needs(used=("lantern", "meeting_place"), places=("meeting_place",))
    assert said(directory, needs, LATER) == [("lantern", "unconfirmed")]


def test_sentences_name_the_date():
    directory = directory_with(PLACE_ROW | {"confirmed": False})
    (fault,) = directory_faults(directory, Needs(places=("meeting_place",)), DAY)
    assert fault.sentence == "What the list says of “The Lantern” is from 2026-01-15 and not confirmed."
    (fault,) = directory_faults(directory_with(), Needs(used=("hotline",)), LATER)
    assert (
        fault.sentence
        == "What the list says of “Help line” is from 2026-01, which is long ago. Check it before you print."
    )


def test_the_shipped_hours_are_doubted():
    (fault,) = directory_faults(help_lines(), Needs(used=BOTH), DAY)
    assert fault.sentence == "The hours of the help line are from 2020 and not confirmed."


def test_a_sheet_says_itself_what_it_needs():
    assert needs_of(load_sheet("where_to_get_help"), "sjaelland") == Needs(
        used=(*BOTH, "vesterbro", "clinic"), places=("meeting_place", "clinic", "partner"), region="sjaelland"
    )
    assert needs_of(load_sheet("where_to_get_help")).places == ("meeting_place", "clinic")
    assert needs_of(load_sheet("your_data")) == Needs(required=("controller",), used=BOTH)


def test_the_data_sheet_waits_for_somebody_to_ask():
    sheet = load_sheet("your_data")
    first = faults_before_printing(sheet, directory_with(), DAY)[0]
    assert (first.entry, first.problem) == ("controller", "sheet_absent")
    assert first.sentence.endswith("Who is responsible for the data.")
    controller = HOTLINE_ROW | {"id": "office", "kind": "controller", "name": "The Office", "hours": {}}
    assert faults_before_printing(sheet, directory_with(controller), DAY) == ()
