"""The talk before a consent: seven points, each shown before it can be ticked, and never all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from outreach_app.domain.consent import POINTS
from outreach_app.domain.errors import PointNotShownError

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class ConsentPoint:
    """One point: a short name and what is said, by interface language; ``{recipient}`` stands where its name goes."""

    id: str
    labels: Mapping[str, str]
    texts: Mapping[str, str]

    def label(self, language: str) -> str:
        """Return the short name in ``language`` or else in English."""
        return self.labels.get(language, self.labels[FALLBACK_LANGUAGE])

    def text(self, language: str, recipient: str) -> str:
        """Return what is said about this recipient, in ``language`` or else in English."""
        return self.texts.get(language, self.texts[FALLBACK_LANGUAGE]).replace("{recipient}", recipient)


@dataclass(frozen=True, slots=True)
class Remark:
    """A dated sentence about one recipient that belongs to the talk."""

    recipient: str
    texts: Mapping[str, str]
    sources: Mapping[str, str]
    as_of: date
    confirmed: bool

    def source(self, language: str) -> str:
        """Return where it is from, in ``language`` or else in English."""
        return self.sources.get(language, self.sources[FALLBACK_LANGUAGE])

    def text(self, language: str) -> str:
        """Return the sentence in ``language`` or else in English."""
        return self.texts.get(language, self.texts[FALLBACK_LANGUAGE])


@dataclass(frozen=True, slots=True)
class ConsentTexts:
    """The seven points of one version; ``confirmed`` says whether somebody checked the wording."""

    version: int
    source: str
    published: date
    confirmed: bool
    points: tuple[ConsentPoint, ...]
    remarks: tuple[Remark, ...] = ()

    def remark_about(self, recipient: str) -> Remark | None:
        """Return what is said besides about this recipient."""
        return next((remark for remark in self.remarks if remark.recipient == recipient), None)


@dataclass(frozen=True, slots=True)
class ConsentTalk:
    """Which points were shown and which she understood and agreed to. There is no way to tick all at once."""

    version: int
    shown: frozenset[str] = frozenset()
    ticked: tuple[str, ...] = ()

    def show(self, point: str) -> ConsentTalk:
        """Note that the text of this point stood on the screen."""
        return replace(self, shown=self.shown | {point})

    def tick(self, point: str) -> ConsentTalk:
        """Note that she agreed to this point.

        Raises:
            PointNotShownError: its text was not shown.
        """
        if point not in self.shown:
            raise PointNotShownError
        return self if point in self.ticked else replace(self, ticked=(*self.ticked, point))

    def untick(self, point: str) -> ConsentTalk:
        """Take a tick away."""
        return replace(self, ticked=tuple(each for each in self.ticked if each != point))

    @property
    def complete(self) -> bool:
        """Whether all seven points were shown and ticked."""
        return self.shown.issuperset(self.ticked) and set(self.ticked) == set(POINTS)
