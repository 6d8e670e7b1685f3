"""What laptops are called: kept on one line, suggested, told apart by their numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.centre.desk.device_states import list_states
from outreach_app.centre.desk.devices import clean_name, newest_list, rename_device
from outreach_app.centre.desk.errors import DeviceUnknownError, LaptopNameError
from outreach_app.centre.desk.laptop_names import UNNAMED, suggest_name
from outreach_app.services.enrolling import NEUTRAL_LABEL
from tests.support.desk import enrol, make_desk
from tests.support.sync_people import LAPTOP


def test_a_laptop_is_renamed_in_the_register_only(tmp_path: Path) -> None:
    with make_desk(tmp_path / "centre") as desk:
        enrol(desk, LAPTOP)
        told = newest_list(desk)
        assert rename_device(desk, LAPTOP.device, "  Laptop 3,\n Aarhus ") == "Laptop 3, Aarhus"
        assert rename_device(desk, LAPTOP.device, "Laptop 3, Aarhus") == "Laptop 3, Aarhus"
        assert [state.label for state in list_states(desk)] == ["Laptop 3, Aarhus"]
        assert newest_list(desk) == told
        with pytest.raises(DeviceUnknownError):
            rename_device(desk, "0" * 32, "Laptop 4")


@pytest.mark.parametrize("name", ["", " \n ", "a" * 81, "Laptop \u202e3"])
def test_what_no_list_can_show_is_no_name(name: str) -> None:
    with pytest.raises(LaptopNameError):
        clean_name(name)


def test_the_next_free_number_is_suggested() -> None:
    assert UNNAMED == NEUTRAL_LABEL
    assert suggest_name("laptop", ["Laptop 1", "laptop 2", "laptop"]) == "Laptop 3"
    assert suggest_name("Odense 1", []) == "Odense 1"
