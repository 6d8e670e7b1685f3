"""Coverage floors: counted per package, branches included, and only ever lifted."""

from __future__ import annotations

from tools import check_coverage as floors_of


def report(**files: tuple[int, int, int, int]) -> dict:
    names = ("num_statements", "num_branches", "covered_lines", "covered_branches")
    return {"files": {path: {"summary": dict(zip(names, counts, strict=True))} for path, counts in files.items()}}


def test_packages_are_counted_with_their_branches() -> None:
    reached = floors_of.by_package(
        report(
            **{
                "outreach_app/domain/a.py": (8, 2, 8, 1),
                "outreach_app/domain/deep/b.py": (10, 0, 10, 0),
                "outreach_app/clock.py": (4, 0, 1, 0),
                "outreach_app/cli/__init__.py": (0, 0, 0, 0),
                "ui/pages/x.py": (2, 2, 2, 2),
            }
        )
    )
    assert reached == {"outreach_app": 25.0, "outreach_app/cli": 100.0, "outreach_app/domain": 95.0, "ui": 100.0}


def test_a_fall_and_a_package_without_floor_are_told() -> None:
    told = floors_of.problems({"ui": 90.0, "outreach_app": 80.0}, {"ui": 89.99, "outreach_app": 80.0, "new": 100.0})
    assert len(told) == 2
    assert told[0].startswith("ui: 89.99 %")
    assert told[1].startswith("new: has no floor")


def test_floors_rise_and_never_fall() -> None:
    lifted = floors_of.raised({"ui": 90.0, "gone": 50.0}, {"ui": 91.27, "new": 40.0})
    assert lifted == {"gone": 50.0, "new": 40.0, "ui": 91.2}
    assert floors_of.raised({"ui": 95.0}, {"ui": 91.0}) == {"ui": 95.0}
    assert floors_of.read_floors(floors_of.as_toml(lifted)) == lifted


def test_the_shipped_floors_can_be_read() -> None:
    floors = floors_of.read_floors(floors_of.FLOORS.read_text())
    assert all(0 < floor <= 100 for floor in floors.values())
    assert "outreach_app/vault" in floors
    assert "ui" in floors_of.table(floors, {"ui": 90.0})
