"""The content in use: files of the centre's pack and, where the pack has none, the shipped ones. One for the process.

A pack may come while the program runs, so nobody keeps what he read: ``remembered`` forgets it with the content it was
read from. What a pack holds was checked before it was put here; what is shipped needs no pack at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, update_wrapper
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Generic, ParamSpec, TypeVar

from outreach_app.paths import shipped_folder

P = ParamSpec("P")
T = TypeVar("T")
LOCALES = "locales"


@dataclass(frozen=True)
class Content:
    """Files of a pack by name, its SHA-256 and its day; they are empty where only what is shipped is used.

    ``proven``: the vault has this pack. The copy beside a locked vault is not: who may write there may have changed it.
    """

    sha256: str = ""
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    published_on: date | None = None
    proven: bool = True


NOTHING = Content()


class _Place:
    """Where the content in use lies; ``later`` brings it when it is first asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._content: Content = NOTHING
        self._later: Callable[[], Content] | None = None
        self.generation = 0

    def find(self) -> Content:
        if self._later is None:  # the usual case takes no lock
            return self._content
        with self._lock:
            if self._later is not None:
                self._content, self._later = self._later(), None
            return self._content

    def use(self, content: Content) -> None:
        with self._lock:
            before = self._content
            if self._later is not None or (content.sha256, content.proven) != (before.sha256, before.proven):
                self.generation += 1
            self._content, self._later = content, None

    def use_later(self, bring: Callable[[], Content]) -> None:
        with self._lock:
            self._later = bring
            self.generation += 1


_place = _Place()


def use_content(content: Content) -> None:
    """Use these files from now on; what was read from others is forgotten."""
    _place.use(content)


def use_content_later(bring: Callable[[], Content]) -> None:
    """Use what ``bring`` returns once somebody asks; it never raises, and may be called on any thread."""
    _place.use_later(bring)


def content_in_use() -> Content:
    """Return the files in use."""
    return _place.find()


def generation() -> int:
    """Return a number that grows whenever other content is used."""
    return _place.generation


def content_file(name: str) -> bytes | None:
    """Return a file of the pack in use, None where the shipped one holds."""
    return content_in_use().files.get(name)


def read_content(name: str) -> bytes:
    """Return the file that holds: the pack's or else the shipped one; OSError where there is neither."""
    found = content_file(name)
    return read_shipped_content(name) if found is None else found


def read_shipped_content(name: str) -> bytes:
    """Return the shipped file of this name; OSError where there is none."""
    return shipped_place(name).read_bytes()


def shipped_place(name: str) -> Path:
    """Return where a file of a pack lies in this installation: ``locales/pt-BR/leaflets.po`` with the catalogues."""
    first, _, rest = name.partition("/")
    if first != LOCALES:
        return shipped_folder("resources") / name
    language, _, file = rest.partition("/")
    return shipped_folder(LOCALES) / language.replace("-", "_") / "LC_MESSAGES" / file


class Remembered(Generic[P, T]):
    """A function whose answers are kept while the content they were read from is in use."""

    def __init__(self, function: Callable[P, T], most: int) -> None:
        def read(_generation: int, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(*args, **kwargs)

        kept = lru_cache(maxsize=most)(read)
        self._ask: Callable[..., T] = kept  # what is asked for is hashable, as for every kept answer
        self._forget = kept.cache_clear
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the answer, kept or new."""
        return self._ask(_place.generation, *args, **kwargs)

    def cache_clear(self) -> None:
        """Forget all answers."""
        self._forget()


def remembered(most: int = 1) -> Callable[[Callable[P, T]], Remembered[P, T]]:
    """Keep the newest ``most`` answers of a function that reads content, until other content is used."""
    return lambda function: Remembered(function, most)
