"""A disk on which power fails: replays a log of writes and gives what may be found afterwards.

What was synced is there. Of the rest each write may be lost, kept, or torn at sectors of 512 bytes; each new size may be
lost or kept. Names (made, renamed, removed) follow one of two rules. ``ordered``: as on a disk with one journal, a
beginning of all changes of names is kept, and a sync of a file keeps its own name. ``strict``: as the standard says, a
change of names is safe only after a sync of its folder, and folders do not wait for each other.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.support.fault_log import Event

SECTOR = 512
RULES = ("ordered", "strict")
STYLES = ("nothing unsynced", "everything", "content without names", "names without content", "by chance")
State = dict[str, bytes | None]  # content by path below the folder, folders first; None for a folder
_Change = tuple[int, bytes | None]  # offset and data, or new size and None


@dataclass(slots=True, eq=False)
class _Node:
    """A file's synced content and the changes since; or a folder's entries, as the program sees them and as synced."""

    is_folder: bool = False
    synced: bytes = b""
    changes: list[_Change] = field(default_factory=list)
    entries: dict[str, _Node] = field(default_factory=dict)
    synced_entries: dict[str, _Node] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Naming:
    """One name in one folder stands for ``node`` from now on, or for nothing; a rename's second half has the first."""

    folder: _Node
    name: str
    node: _Node | None
    first_half: _Naming | None = None

    def apply_to(self, entries: dict[str, _Node]) -> None:
        if self.node is None:
            entries.pop(self.name, None)
        else:
            entries[self.name] = self.node


class Disk:
    """The folder's content while a log is played."""

    def __init__(self, folder: Path, rule: str = "ordered") -> None:
        """Begin with what lies in ``folder``, all of it synced."""
        self._root = _read(folder)
        self._is_ordered = rule == "ordered"
        self._namings: list[_Naming] = []  # not yet safe, in order

    def play(self, event: Event) -> None:
        """Take one call in."""
        match event.letter:
            case "W":
                self._find(event.path).changes.append((event.offset, event.data))
            case "T":
                self._find(event.path).changes.append((event.offset, None))
            case "S":
                self._sync_file(self._find(event.path))
            case "D":
                self._sync_folder(self._find(event.path))
            case "C" | "M":
                self._name(event.path, _Node(is_folder=event.letter == "M"))
            case "L":
                self._name(event.second, self._find(event.path))
            case "R":
                self._name(event.path, None, self._name(event.second, self._find(event.path)))
            case "U":
                self._name(event.path, None)

    def now(self) -> State:
        """Return what the program sees."""
        return dict(_collected(self._root, lambda node: node.entries, lambda node: _played(node.synced, node.changes)))

    def after_power_cut(self, style: str, chance: random.Random) -> State:
        """Return one of the states that may be found when the power comes back."""
        kept: dict[int, dict[str, _Node]] = {}
        for naming in self._survivors(style, chance):
            naming.apply_to(kept.setdefault(id(naming.folder), dict(naming.folder.synced_entries)))

        def entries(folder: _Node) -> dict[str, _Node]:
            return kept.get(id(folder), folder.synced_entries)

        return dict(_collected(self._root, entries, lambda node: _left(node, style, chance)))

    def _survivors(self, style: str, chance: random.Random) -> list[_Naming]:
        if style in {"nothing unsynced", "content without names"}:
            return []
        if style in {"everything", "names without content"}:
            return self._namings
        if self._is_ordered:
            length = chance.randint(0, len(self._namings))
            parted = length < len(self._namings) and self._namings[length].first_half is not None
            return self._namings[: length + parted]
        left: dict[int, int] = {}
        kept: list[_Naming] = []
        for naming in self._namings:
            room = left.setdefault(id(naming.folder), chance.randint(0, len(self._namings)))
            half = naming.first_half
            waits = half is not None and half in self._namings
            if (waits and half.folder is naming.folder and half in kept) or (room > 0 and (not waits or half in kept)):
                kept.append(naming)
                left[id(naming.folder)] = room - 1
            else:
                left[id(naming.folder)] = 0  # no disk loses a file by renaming it
        return kept

    def _sync_file(self, node: _Node) -> None:
        node.synced, node.changes = _played(node.synced, node.changes), []
        if self._is_ordered:
            self._settle_to(max((place for place, each in enumerate(self._namings) if each.node is node), default=-1))

    def _sync_folder(self, folder: _Node) -> None:
        if self._is_ordered:
            self._settle_to(len(self._namings) - 1)
            return
        own = [naming for naming in self._namings if naming.folder is folder]
        halves = [naming.first_half for naming in own if naming.first_half is not None]
        self._settle([naming for naming in self._namings if naming in own or naming in halves])

    def _settle_to(self, last: int) -> None:
        parted = 0 <= last < len(self._namings) - 1 and self._namings[last + 1].first_half is self._namings[last]
        self._settle(self._namings[: last + 1 + parted])

    def _settle(self, namings: list[_Naming]) -> None:
        for naming in namings:
            naming.apply_to(naming.folder.synced_entries)
            self._namings.remove(naming)

    def _name(self, path: str, node: _Node | None, first_half: _Naming | None = None) -> _Naming:
        above, _, name = path.rpartition("/")
        naming = _Naming(self._find(above), name, node, first_half)
        naming.apply_to(naming.folder.entries)
        self._namings.append(naming)
        return naming

    def _find(self, path: str) -> _Node:
        node = self._root
        for part in filter(None, path.split("/")):
            node = node.entries[part]
        return node


def write_state(state: State, folder: Path) -> None:
    """Put a state into a new folder, for the worker alone."""
    folder.mkdir(mode=0o700)
    for path, content in state.items():
        if content is None:
            (folder / path).mkdir(mode=0o700)
            continue
        with (folder / path).open("wb") as stream:
            if len(content) > 1 << 20 and not any(content):
                stream.truncate(len(content))  # the reserve is nothing but room
            else:
                stream.write(content)
        (folder / path).chmod(0o600)


def read_state(folder: Path) -> State:
    """Return what lies below a folder."""
    paths = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes() for path in paths}


def _collected(
    folder: _Node, entries: Callable[[_Node], dict[str, _Node]], content: Callable[[_Node], bytes], above: str = ""
) -> Iterator[tuple[str, bytes | None]]:
    for name, node in sorted(entries(folder).items()):
        yield above + name, None if node.is_folder else content(node)
        if node.is_folder:
            yield from _collected(node, entries, content, f"{above}{name}/")


def _left(node: _Node, style: str, chance: random.Random) -> bytes:
    if style in {"nothing unsynced", "names without content"} or not node.changes:
        return node.synced
    if style == "by chance":
        return _played(node.synced, [piece for change in node.changes for piece in _survived(change, chance)])
    return _played(node.synced, node.changes)


def _survived(change: _Change, chance: random.Random) -> list[_Change]:
    fate = chance.choice(("lost", "kept", "torn"))
    offset, data = change
    if fate == "lost":
        return []
    if fate == "kept" or data is None:
        return [change]
    edges = [0, *range(SECTOR - offset % SECTOR, len(data), SECTOR), len(data)]
    pieces = [(offset + start, data[start:end]) for start, end in pairwise(edges)]
    return [piece for piece in pieces if chance.random() < 0.5]


def _played(synced: bytes, changes: list[_Change]) -> bytes:
    if not changes:
        return synced
    content = bytearray(synced)
    for offset, data in changes:
        end = offset if data is None else offset + len(data)
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        if data is None:
            del content[offset:]
        else:
            content[offset:end] = data
    return bytes(content)


def _read(path: Path) -> _Node:
    if not path.is_dir():
        return _Node(synced=path.read_bytes())
    entries = {child.name: _read(child) for child in sorted(path.iterdir())}
    return _Node(is_folder=True, entries=entries, synced_entries=dict(entries))
