"""What is kept about a person as the chapters of a paper for her: the same words as in the window, nothing left out."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from outreach_app.domain.indicator import Catalogue, Profile
from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from ui.models.casework_words import (
    consent_line,
    plan_step_line,
    recipient_words,
    referral_lines,
    referral_title,
)
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.keeping_words import departures_in_words
from ui.models.name_words import kind_words
from ui.models.note_lines import NoteReader
from ui.models.pathway_words import AGE_WORDS, date_words, maker_words
from ui.models.signs import Signs

if TYPE_CHECKING:
    from outreach_app.services.notes import Note, NoteVersion
    from outreach_app.services.own_data import Casework, PersonData

CODE_LETTERS = 8  # of her random id: enough to find her by
FACT_WORDS = {
    "stay": N_("Stay"), "age": N_("Age"), "in_trial": N_("On trial"), "requested_days": N_("Days asked for"),
    "return_agreed": N_("Agreed to a prepared return"), "special_reasons": N_("Special reasons"),
    "returned_on": N_("Returned on"), "return_country": N_("Country of return"),
    "return_partner": N_("Return arranged by"), "return_risk_assessed": N_("Risk of returning looked at"),
}  # fmt: skip
Line = tuple[str, str]


@dataclass(frozen=True)
class OwnDataWriter:
    """Makes the paper; ``today`` and ``zone`` are those of the laptop."""

    words: Words
    catalogues: Mapping[Profile, Catalogue]
    today: Callable[[], date]
    zone: tzinfo | None

    def set_paper(self, data: PersonData) -> bytes:
        """Return the paper as a PDF in memory; some hundred milliseconds for many notes."""
        reports = importlib.import_module("outreach_app.reports.own_data")
        chapters = tuple(reports.Chapter(heading, lines, nothing) for heading, lines, nothing in self._chapters(data))
        title, footer = _("What is written about you"), _("What is written here is confidential.")
        pdf: bytes = reports.make_own_data(title, self._head(data), chapters, footer=footer)
        return pdf

    def _head(self, data: PersonData) -> tuple[str, ...]:
        told = [
            _("Code {code} · made {day}").format(
                code=data.contact.id[:CODE_LETTERS], day=day_in_words(data.made_on, self.today())
            ),
            _("You may ask that something wrong is corrected, and that everything is erased. After that only counts "
              "without a person stay."),
        ]  # fmt: skip
        if data.others:
            told.append(_("What was told about other people is theirs and is not on this paper."))
        return tuple(told)

    def _chapters(self, data: PersonData) -> Iterator[tuple[str, tuple[Line, ...], str]]:
        yield _("Names"), tuple(self._names(data)), ""
        for note in data.notes:
            yield self._note_heading(note), tuple(self._note(note)), ""
        for case in data.casework:
            yield from self._case(case)
        if data.uses:
            yield _("Counted among others"), tuple(self._uses(data)), ""
        left = tuple((_("Left"), line) for line in departures_in_words(data.left, self.today(), self.zone))
        yield _("What has left this laptop"), left, _("Nothing has left this laptop.")

    def _names(self, data: PersonData) -> Iterator[Line]:
        yield _("Short name"), isolated(data.contact.short_name)
        for alias in data.aliases:
            yield _("Also called"), kind_words(alias.kind, alias.name)
        others = set(data.names) - {data.contact.short_name} - {each.name for each in data.aliases}
        for name in sorted(others):
            yield _("Also called"), isolated(name)
        if data.identity is not None:
            yield _("Name"), isolated(data.identity.name)
            yield _("Written down because"), isolated(data.identity.reason)
        if data.linkage is not None:
            facts = data.linkage
            starts = f"{facts.first_name_start} {facts.last_name_start}"
            yield _("Counted once by"), f"{isolated(starts)} · {day_in_words(facts.born_on, self.today())}"

    def _uses(self, data: PersonData) -> Iterator[Line]:
        for row in data.uses:
            times = ngettext("{count} time", "{count} times", row.uses).format(count=row.uses)
            day = day_in_words(row.shift_date, self.today())
            yield day, " · ".join((self.words.of("settings", row.setting), times))

    def _note_heading(self, note: Note) -> str:
        return _("Note of {day}").format(day=day_in_words(note.current.content.shift_date, self.today()))

    def _note(self, note: Note) -> Iterator[Line]:
        """Return every version, the one in force first; each but an only one with its day and why it was written."""
        for version in reversed(note.versions):
            if len(note.versions) > 1:
                day = day_in_words(version.recorded_at.astimezone(self.zone).date(), self.today())
                yield _("As of {day}").format(day=day), isolated(version.reason) or _("as first written")
            yield from self._version(version)

    def _version(self, version: NoteVersion) -> Iterator[Line]:
        reader = NoteReader(self.words, Signs(self.catalogues), self.today)
        yield from reader.lines(version.content, version.place_code, version.contact_name)
        yield from reader.sign_lines(version.content)
        if version.content.note:
            yield _("Note"), isolated(version.content.note)
        for line in reader.result_lines(version.content, version.assessment):
            yield _("Adds up to"), line
        if version.health_hidden:
            yield _("Health"), _("A health part is kept, too. A health worker can read it to you.")

    def _case(self, case: Casework) -> Iterator[tuple[str, tuple[Line, ...], str]]:
        for heading, lines in (
            (_("What you agreed to"), tuple(self._agreed(case))),
            (_("Referrals"), tuple(self._referrals(case))),
            (_("Plan"), tuple(self._plan(case))),
            (_("Your story for the interview"), tuple(
                (self.words.of("interview_topics", topic), isolated(said)) for topic, said in case.topics.items()
            )),
            (_("Decisions and dates"), tuple(self._decided(case))),
            (_("Stays at shelters"), tuple(self._stays(case))),
        ):  # fmt: skip
            if lines:
                yield heading, lines, ""

    def _agreed(self, case: Casework) -> Iterator[Line]:
        for each in case.consents:
            to_whom = recipient_words(each.recipient, each.partner)
            yield to_whom, consent_line(each, self.words, self.today())
            if each.withdrawn_on is not None:
                told = _("taken back {day}").format(day=day_in_words(each.withdrawn_on, self.today()))
                yield to_whom, " · ".join(filter(None, (told, isolated(each.withdrawn_words))))

    def _referrals(self, case: Casework) -> Iterator[Line]:
        for each in case.referrals:
            yield referral_title(each, self.words), referral_lines(each, self.today())

    def _plan(self, case: Casework) -> Iterator[Line]:
        if case.plan.goals:
            yield _("Goals"), isolated(case.plan.goals)
        for step in case.plan.steps:
            yield isolated(step.what), plan_step_line(step, self.words, self.today())[0]
        if case.contact_person is not None:
            person = case.contact_person
            yield _("Contact person"), " · ".join(map(isolated, (person.name, person.organisation, person.phone)))

    def _decided(self, case: Casework) -> Iterator[Line]:
        for each in case.decisions:
            outcome = self.words.of("decision_outcomes", each.outcome)
            told = (day_in_words(each.decided_on, self.today()), outcome, isolated(each.words))
            yield maker_words(each.maker), " · ".join(filter(None, told))
        for which, letter in case.letter_dates.items():
            day = day_in_words(letter.on_date, self.today())
            yield date_words(which), " · ".join(filter(None, (day, isolated(letter.words))))
        if case.pathway is not None:
            for each_field in fields(case.pathway.facts):
                value = getattr(case.pathway.facts, each_field.name)
                if value not in {None, "", False, ()}:
                    yield _(FACT_WORDS[each_field.name]), self._fact(each_field.name, value)

    def _fact(self, name: str, value: object) -> str:
        if name in {"stay", "return_partner"}:
            return self.words.of("stays" if name == "stay" else "return_partners", str(value))
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        if isinstance(value, date):
            return day_in_words(value, self.today())
        return _("yes") if value is True else _(AGE_WORDS.get(str(value), str(value)))

    def _stays(self, case: Casework) -> Iterator[Line]:
        for each in case.stays:
            days = (each.entered_on, each.left_on or self.today())
            length = (days[1] - days[0]).days
            told = ngettext("{count} day", "{count} days", length).format(count=length)
            yield isolated(each.shelter), f"{day_in_words(days[0], self.today())} · {told}"
