"""Easy language, honest statements: what every shipped sheet and every shipped translation keeps to."""

from __future__ import annotations

import json

import pytest

from outreach_app.leaflets.common import common
from outreach_app.leaflets.languages import LANGUAGES, language_of
from outreach_app.leaflets.linting import lint, lint_sheet
from outreach_app.leaflets.sheets import group_names, load_sheet, sheet_ids, sheet_names, topic_names, topic_order
from outreach_app.leaflets.texts import SOURCE_LANGUAGE, is_complete, texts_in
from outreach_app.paths import shipped_folder
from tools.leaflet_catalogues import untranslated, wanted_bytes

MOST_TEXTS = 270  # each is translated into every language
LONGEST_NAME = 22  # letters on a chip of the window
INDICATORS = ("adult_labour", "adult_sexual")
TRANSLATED = sorted(code for code, language in LANGUAGES.items() if texts_in(language))
CORE = sorted(code for code, language in LANGUAGES.items() if language.tier == "core" and code != SOURCE_LANGUAGE)


def resource(*names: str):
    return json.loads(shipped_folder("resources").joinpath(*names).read_text("utf-8"))


def source(topic: str):
    return resource("leaflets", "topics", f"{topic}.json")


def rows_of(value):
    """Yield every statement of a topic as it stands in the file, for all groups."""
    if isinstance(value, dict):
        if "text" in value:
            yield value
        for each in value.values():
            yield from rows_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from rows_of(each)


def words_of(sheet):
    """Return the headings and statements of a sheet."""
    return {section.heading for section in sheet.sections} | {each.text for each in sheet.own_statements()}


@pytest.mark.parametrize("sheet", sheet_ids())
class TestEverySheet:
    def test_is_easy_and_honest_in_english(self, sheet):
        assert lint_sheet(load_sheet(sheet), language_of("en")) == ()

    def test_is_easy_and_honest_wherever_it_is_translated(self, sheet):
        found = load_sheet(sheet)
        written = [language_of(code) for code in TRANSLATED if is_complete(tuple(found.all_texts()), language_of(code))]
        faults = {language.code: lint_sheet(found, language) for language in written}
        assert {code: each for code, each in faults.items() if each} == {}

    def test_says_nothing_twice(self, sheet):
        found = load_sheet(sheet)
        said = [statement.text for statement in found.intro]
        said += [statement.text for section in found.sections for statement in section.statements]
        assert len(said) == len(set(said))

    def test_fits_about_one_page(self, sheet):
        found = load_sheet(sheet)
        assert 3 <= len(found.sections) <= 5
        assert 8 <= sum(len(section.statements) for section in found.sections) <= 16
        assert 1 <= len(found.card_lines) <= 3
        assert 4 <= len(found.pictograms) <= 9

    def test_never_asks_about_the_reader(self, sheet):
        questions = [each.text for each in load_sheet(sheet).own_statements() if "?" in each.text or "☐" in each.text]
        assert questions == []


@pytest.mark.parametrize("topic", topic_order())
class TestEveryTopic:
    def test_names_groups_and_pictures_that_exist(self, topic):
        row = source(topic)
        groups = set(row.get("groups", ()))
        assert groups <= set(group_names())
        assert set(row.get("group_titles", ())) == groups
        named = {name for each in (*rows_of(row), *row["sections"]) for name in each.get("groups", ())}
        named |= {name for each in rows_of(row) for name in each.get("not_groups", ())}
        named |= {name for each in row["pictograms"] for key in ("groups", "not_groups") for name in each.get(key, ())}
        assert named <= groups

    def test_has_drawings_for_its_pictures(self, topic):
        row = source(topic)
        pictures = {each["picture"] for each in (*row["sections"], *row["pictograms"])}
        drawn = {path.stem for path in (shipped_folder("resources") / "pictograms").glob("*.svg")}
        assert pictures <= drawn

    def test_rests_on_numbers_signs_and_entries_that_exist(self, topic):
        facts = {fact for row in rows_of(source(topic)) for fact in row.get("facts", ())}
        numbers = {f"numbers.{row['rule']}" for row in resource("pathways", "numbers.json")["numbers"]}
        consent = {f"consent.{row['id']}" for row in resource("consent", "points.json")["points"]}
        signs = {each["id"] for name in INDICATORS for each in resource("indicators", f"{name}.json")["indicators"]}
        checked = {fact for fact in facts if fact.startswith(("numbers.", "consent.", "al.", "as."))}
        assert checked <= numbers | consent | signs

    def test_shows_no_group_a_pictogram_whose_words_it_is_not_told(self, topic):
        sheets = [load_sheet(sheet) for sheet, name in sheet_names().items() if name.topic == topic]
        everything = set().union(*(words_of(sheet) for sheet in sheets))
        shown = [(sheet, each.caption) for sheet in sheets for each in sheet.pictograms if each.caption in everything]
        assert [(sheet.id, caption) for sheet, caption in shown if caption not in words_of(sheet)] == []

    def test_has_a_short_name_for_the_worker(self, topic):
        names = topic_names()[topic]
        assert set(names) == {"en", "da"}
        assert all(len(name) <= LONGEST_NAME for name in names.values())


ADULTS = {"eu", "legal_stay", "no_legal_stay", "stay_unknown", "man", "forced_labour", "au_pair", "asylum"}


@pytest.mark.parametrize(
    ("caption", "groups"),
    [
        ("Bring someone you trust", ADULTS), ("Time to rest and think", {"eu", "legal_stay", "no_legal_stay"}),
        ("A talk with CMM", {*ADULTS, "child"}),
    ],
)  # fmt: skip
def test_rights_are_drawn_for_whom_they_are(caption, groups):
    sheets = [load_sheet(sheet) for sheet, name in sheet_names().items() if name.topic == "rights"]
    assert {sheet.group for sheet in sheets if caption in [each.caption for each in sheet.pictograms]} == groups


def test_an_example_stands_behind_what_it_is_one_of():
    intros = {group: [each.text for each in load_sheet(f"rights_{group}").intro] for group in ("forced_labour", "au_pair")}
    example = "For example farms, cleaning, building, kitchens and private homes."
    assert intros["forced_labour"][-2:] == ["People in many kinds of work get help.", example]
    assert intros["au_pair"][-1] == "Au pairs can get help too."
    assert example not in intros["au_pair"]


def test_who_asks_for_time_is_told_when():
    assert "If the answer is yes, you can ask for time." in words_of(load_sheet("reflection"))


def test_a_sentence_says_the_same_about_its_sources_wherever_it_stands():
    claims = {}
    for topic in topic_order():
        for row in rows_of(source(topic)):
            claim = {name: value for name, value in row.items() if name not in ("groups", "not_groups")}
            assert claims.setdefault(row["text"], claim) == claim


def test_every_fact_has_a_year_and_numbers_have_that_of_their_source():
    years = resource("leaflets", "fact_years.json")["years"]
    used = {fact for sheet in sheet_ids() for each in load_sheet(sheet).all_statements() for fact in each.facts}
    assert set(years) == {fact for fact in used if not fact.startswith("directory.")}
    numbers = resource("pathways", "numbers.json")["numbers"]
    newest = {f"numbers.{row['rule']}": row["as_of"][:4] for row in sorted(numbers, key=lambda row: row["as_of"])}
    assert {fact: year for fact, year in years.items() if fact in newest} == {
        fact: year for fact, year in newest.items() if fact in years
    }


def test_nothing_is_confirmed_by_what_only_an_old_plan_says():
    doubted = {"You can say yes or no to it.", "You can call for yourself or for someone else."}
    statements = {each for sheet in sheet_ids() for each in load_sheet(sheet).all_statements() if each.text in doubted}
    assert {(each.text, each.confirmed, each.as_of) for each in statements} == {
        (text, False, "2011") for text in doubted
    }


def test_what_is_promised_of_a_place_is_promised_by_an_entry():
    promised = [each for sheet in sheet_ids() for each in load_sheet(sheet).all_statements() if each.promise]
    assert [(each.text, each.promise, each.entry) for each in promised] == [
        ("You need not give your name there.", "anonymous", "vesterbro")
    ]


def test_translators_are_not_asked_for_more_than_they_can_do():
    texts = set(common().texts()).union(*(load_sheet(sheet).all_texts() for sheet in sheet_ids()))
    assert len(texts) <= MOST_TEXTS


def test_neutral_words_stand_outside_in_every_translation():
    outside = {common().cover.title, *common().cover.lines, common().tear_off}
    for sheet in map(load_sheet, sheet_ids()):
        outside |= {sheet.title, sheet.card_title}
    found = [
        (code, texts_in(language_of(code))[text])
        for code in TRANSLATED
        for text in outside & texts_in(language_of(code)).keys()
        if any(fault.startswith("says_") for fault in lint(texts_in(language_of(code))[text], code, kind="title"))
    ]
    assert found == []


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The law calls this human trafficking.", "says_traffick"),
        ("Selling sex is not a crime in Denmark.", "says_sex"),
    ],
)
def test_the_lists_know_the_words_a_language_really_uses(code, text, found):
    said = texts_in(language_of(code)).get(text)
    assert said is None or found in lint(said, code, kind="title")


def test_what_we_write_about_you_needs_somebody_to_ask():
    assert load_sheet("your_data").needs == ("controller",)


def test_a_child_is_never_told_that_it_stays_between_us():
    texts = {statement.text for statement in load_sheet("rights_child").own_statements()}
    assert "Adults who help a child may have to tell others." in texts


def test_template_and_catalogues_are_up_to_date():
    assert [path.name for path, data in wanted_bytes().items() if path.read_bytes() != data] == []


@pytest.mark.parametrize("code", CORE)
def test_core_languages_say_everything(code):
    assert untranslated(language_of(code)) == []
