"""Words of a pathway: caps that sources do not agree on, codes of a newer version, and where a sentence comes from."""

from __future__ import annotations

from datetime import date

from outreach_app.domain.pathway import find_pathway
from outreach_app.i18n import use_language
from outreach_app.wire.pathway_table import load_rule_table
from tests.support.pathway_cases import case
from ui.models.pathway_words import cap_words, cited, date_words, maker_words, sentence_of, standing_words


def test_two_caps_and_codes_of_a_newer_version():
    assert cap_words((120,)) == "120 days at most"
    assert cap_words((100, 120)) == "100 or 120 days at most: sources do not agree"
    assert (standing_words("newer"), maker_words("newer")) == ("newer", "newer")


def test_a_citation_names_what_is_not_confirmed_on_a_line_of_its_own():
    steps = {
        year: next(step for step in find_pathway(case(decided_on=date(year, 6, 1)), load_rule_table()).steps
                   if step.statement.rule == "period.reflection")
        for year in (2013, 2020)
    }  # fmt: skip
    assert cited(steps[2020]).endswith("as of 2023 · period.reflection, reflection.first_days, reflection.cap_days")
    lines = cited(steps[2013]).splitlines()
    assert [line.partition(" · ")[0] for line in lines] == ["confirmed", "not confirmed", "not confirmed"]
    assert "100/120" in sentence_of(steps[2013])


def test_sentence_and_source_come_in_danish():
    step = next(step for step in find_pathway(case(), load_rule_table()).steps if step.statement.rule == "rights.men")
    use_language("da")
    told, source = sentence_of(step), cited(step)
    use_language("en")
    assert told.startswith("Mænd")
    assert "National handlingsplan 2011–2014" in source


def test_a_date_that_only_her_letter_can_say_has_a_name_too():
    assert (date_words("letter_missing"), date_words("latest_end")) == ("Set the date from her letter", "Longest period ends")
