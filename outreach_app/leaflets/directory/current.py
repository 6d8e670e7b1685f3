"""The directory the program goes by: that of the centre's pack, or else the one shipped with the program.

Read with plain ``json`` because the top bar asks for it while the window starts; what it holds is checked all the same.
Whatever a pack says, the help line and the emergency number are there: without them no laptop is of use to anybody.
A pack that the vault has not vouched for yet, the copy beside a locked one, adds its number to the shipped one at most.
"""

from __future__ import annotations

import json
from dataclasses import replace

from outreach_app.content import content_file, content_in_use, read_shipped_content, remembered
from outreach_app.errors import KnownError
from outreach_app.leaflets.directory.entries import LINES, Directory
from outreach_app.leaflets.directory.reading import directory_of
from outreach_app.leaflets.errors import DirectoryMissingError

NAME = "directory/directory.json"


@remembered()
def help_lines() -> Directory:
    """Return the directory in use; raises DirectoryMissingError where this installation has none itself."""
    of_pack = content_file(NAME)
    if of_pack is None:
        return shipped_directory()
    try:
        found = read_plainly(of_pack)
    except DirectoryMissingError:  # was read when it came; then it is this program that reads otherwise
        return shipped_directory()
    found = found if has_lines(found) else with_lines(found, shipped_directory())
    return found if content_in_use().proven else shipped_first(found, shipped_directory())


@remembered()
def shipped_directory() -> Directory:
    """Return the directory of this installation; raises DirectoryMissingError if it is absent or damaged."""
    try:
        return read_plainly(read_shipped_content(NAME))
    except OSError as absent:
        raise DirectoryMissingError(entry=NAME) from absent


def read_plainly(data: bytes) -> Directory:
    """Return the directory in ``data``; raises DirectoryMissingError."""
    try:
        return directory_of(json.loads(data))
    except (ValueError, KnownError) as damaged:
        raise DirectoryMissingError(entry=NAME) from damaged


def has_lines(directory: Directory) -> bool:
    """Tell whether the help line and the emergency number are there, each with a number."""
    numbers = {line.id: line.number for line in directory.lines}
    return all(numbers.get(name) for name in LINES)


def shipped_first(directory: Directory, shipped: Directory) -> Directory:
    """Return ``directory`` with the shipped lines; where it has another number for one, that is told after it."""
    told = {line.id: line.number for line in directory.lines}
    lines = tuple(
        replace(line, other_numbers=(*line.other_numbers, told[line.id])) if told[line.id] != line.number else line
        for line in (shipped.line(name) for name in LINES)
    )
    others = tuple(entry for entry in directory.entries if entry.id not in LINES)
    return replace(directory, entries=(*lines, *others))


def with_lines(directory: Directory, shipped: Directory) -> Directory:
    """Return ``directory`` with the shipped line in place of each that it has no number for."""
    told = tuple(line for line in directory.lines if line.number and line.id in LINES)
    lines = tuple(next((line for line in told if line.id == name), shipped.line(name)) for name in LINES)
    others = tuple(entry for entry in directory.entries if entry.id not in LINES)
    return replace(directory, entries=(*lines, *others))
