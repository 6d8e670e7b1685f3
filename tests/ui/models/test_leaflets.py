"""What the leaflets page offers and works out: names that find a language, paper that a job takes, batches."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app import i18n
from outreach_app.leaflets import jobs
from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.requests import LeafletRequest, Order
from outreach_app.leaflets.sheets import sheet_ids
from ui.models.leaflets import Standing, find_language, read_offer, sheet_names
from ui.models.leaflets_batch import MOST_COPIES, Batch, papers_of
from ui.models.leaflets_memory import MOST_RECENT, RunMemory
from ui.models.leaflets_words import FORMAT_WORDS, entry_words, leaflet_words, papers_words, state_words, why_absent

DAY = date(2026, 10, 3)
THAI = LeafletRequest("where_to_get_help", "th", "wallet")
ROMANIAN = LeafletRequest("where_to_get_help", "ro", "a5")


@pytest.fixture(scope="module")
def offer():
    return read_offer()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("thai", "th"), ("ไทย", "th"), ("ไท", "th"), ("rum", "ro"), ("romanian", "ro"), ("Română", "ro"), ("arab", "ar"),
        ("العر", "ar"), ("kine", "zh-Hans"), ("中文", "zh-Hans"), ("ukra", "uk"), ("Укр", "uk"), ("edo", "bin"),
        ("yor", "yo"), ("brasil", "pt-BR"), ("pidgin", "pcm"), ("viet", "vi"), ("engelsk", "en"), ("xyz", ""), ("  ", ""),
    ],
)  # fmt: skip
def test_a_language_is_found_by_any_of_its_names(offer, typed, code):
    assert find_language(offer.languages.values(), typed) == code


def test_the_workers_own_name_for_a_language_comes_first(interface_language):
    interface_language("da")
    danish = read_offer()
    assert danish.languages["th"].names[0] == "thai"
    assert danish.languages["en"].names[0] == "engelsk"
    i18n.use_language("en")
    assert read_offer().languages["da"].names[0] == "Danish"


def test_sheets_are_a_topic_or_a_topic_for_one_group(offer):
    assert offer.sheet("rights", "asylum") == "rights_asylum"
    assert offer.sheet("health", "asylum") == "health"
    assert offer.parts_of("rights_asylum") == ("rights", "asylum")
    assert offer.parts_of("a sheet of long ago") == ("", "")
    assert {offer.sheet_name(sheet) for sheet in sheet_ids()} == set(sheet_names().values())
    assert not offer.has(LeafletRequest("a sheet of long ago", "th", "wallet"))
    whole = LeafletRequest("rights_child", "ar", "bilingual", beside="en", cover=True, duplex=True)
    assert leaflet_words(offer, whole).endswith("Under 18 · Two languages · English · cover · both sides")
    assert leaflet_words(offer, LeafletRequest("gone", "xx", "old")) == "xx · gone · old"


def test_every_format_has_a_short_name(offer):
    assert set(offer.formats) == set(FORMAT_WORDS)


@pytest.mark.parametrize("duplex", [False, True])
def test_the_paper_said_before_is_the_paper_that_comes_out(offer, duplex):
    orders = [
        Order(LeafletRequest("where_to_get_help", "en", form, duplex=duplex), copies)
        for form, copies in (("a4", 3), ("a5", 3), ("a5_two_up", 4), ("z_fold", 2), ("wallet", 15), ("large_print", 2))
    ]
    job = jobs.make_job(orders, DAY)
    said = [
        papers_of(offer.formats[each.request.format], make_leaflet(each.request, DAY).pages, each.copies, duplex=duplex)
        for each in orders
    ]
    assert said == [part.papers for part in job.parts]
    assert jobs.MOST_COPIES == MOST_COPIES


def test_a_batch_adds_to_what_is_there_and_never_changes_itself():
    empty = Batch()
    batch = empty.with_more(THAI, 20).with_more(ROMANIAN, 10).with_more(THAI, 5)
    assert [(line.request.language, line.copies) for line in batch.lines] == [("th", 25), ("ro", 10)]
    assert batch.copies == 35
    assert empty.lines == ()
    assert batch.without(0).lines == (Order(ROMANIAN, 10),)
    assert batch.with_copies(1, 0).lines[1].copies == 1
    assert batch.with_copies(1, 5000).lines[1].copies == MOST_COPIES
    assert [line.request for line in batch.each(lambda _request: THAI).lines] == [THAI] * len(batch.lines)
    assert batch.each(lambda _request: THAI).copies == batch.copies, "no copy is lost"


def test_how_far_a_sheet_is_in_words():
    assert state_words(Standing("checked", "", DAY)) == "checked 3 Oct 2026"
    assert state_words(Standing("checked", "")) == "checked"
    assert state_words(Standing("expired", "")) == "expired"
    assert state_words(Standing("absent", "")) == "not written"
    assert state_words(Standing("absent", "", lacks=("controller",))) == "needs a data contact"
    assert "not written in Polish" in why_absent(Standing("absent", ""), "Polish")
    assert "needs a data contact" in why_absent(Standing("absent", "", lacks=("controller",)), "Polish")
    assert entry_words(("some_entry", "clinic")) == "some entry, clinics"


def test_paper_in_words():
    assert papers_words(20, 2, cards=True) == "20 cards: 2 sheets of paper"
    assert papers_words(15, 2, cards=True, come_out=20) == "15 cards: 2 sheets of paper; 20 come out"
    assert papers_words(20, 2, cards=True, come_out=20) == "20 cards: 2 sheets of paper"
    assert papers_words(1, 1, cards=False) == "1 copy: 1 sheet of paper"


def test_the_memory_of_a_run_keeps_the_latest_first():
    memory = RunMemory()
    memory.printed([THAI, ROMANIAN])
    memory.printed([ROMANIAN])
    assert memory.recent == (ROMANIAN, THAI)
    memory.printed([LeafletRequest(sheet, "th") for sheet in sheet_ids()])
    assert len(memory.recent) == MOST_RECENT
