"""A print job: leaflets repeated and put in order on A4 paper, fronts and backs where they belong."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from outreach_app.leaflets import jobs
from outreach_app.leaflets.errors import (
    JobEmptyError,
    JobStoppedError,
    JobTooLargeError,
    TooManyCopiesError,
    UnknownSheetError,
)
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.jobs import Job, make_job
from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.requests import LeafletRequest, Order
from outreach_app.leaflets.sheets import FIRST_SHEET
from tests.support.leaflet_setting import ink, page_sizes
from tests.support.pdf_reading import accessibility_faults, font_faults

DAY = date(2026, 6, 1)
A4_UPRIGHT = (210, 297)


def order(copies: int = 1, form: str = "a4", *, sheet: str = FIRST_SHEET, language: str = "en", **options) -> Order:
    return Order(LeafletRequest(sheet, language, form, **options), copies)


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page, empty for one without any."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def filled(pdf: bytes) -> list[bool]:
    """Tell of each page whether there is text on it."""
    return [bool(text) for text in page_texts(pdf)]


def counts(job: Job) -> list[tuple[int, int]]:
    return [(part.papers, part.leaflets) for part in job.parts]


@pytest.mark.parametrize(("wanted", "papers", "come_out"), [(1, 1, 10), (10, 1, 10), (15, 2, 20), (20, 2, 20)])
def test_copies_are_cards_not_paper(wanted, papers, come_out):
    job = make_job([order(wanted, "wallet")], DAY)
    assert counts(job) == [(papers, come_out)]
    assert job.papers == len(page_sizes(job.pdf)) == papers
    assert job.sides == "one-sided"


def test_all_paper_is_a4_and_feeds_alike():
    job = make_job([order(3, form, language="da") for form in FORMATS], DAY)
    assert set(page_sizes(job.pdf)) == {A4_UPRIGHT}
    assert job.sides == "two-sided-long-edge"  # the folded leaflet needs both sides
    assert len(page_sizes(job.pdf)) == 2 * job.papers


def test_half_pages_are_set_two_on_a_paper():
    assert counts(make_job([order(3, "a5")], DAY)) == counts(make_job([order(3, "a5_two_up")], DAY))
    assert make_job([order(3, "a5")], DAY).parts[0].leaflets == 4


def test_hundreds_of_copies_share_one_page():
    one, many = (make_job([order(copies)], DAY) for copies in (1, 200))
    assert len(many.pdf) - len(one.pdf) < 199 * 100
    assert len(set(page_texts(many.pdf))) == 1


def test_the_same_orders_give_the_same_bytes():
    orders = [order(3), order(20, "wallet", language="th")]
    assert make_job(orders, DAY).pdf == make_job(orders, DAY).pdf


class TestBothSides:
    """What is printed on a printer that turns the paper over its long edge."""

    def test_every_leaflet_begins_on_a_front(self):
        job = make_job([order(2), order(1, "wallet", duplex=True), order(1, "poster")], DAY)
        assert filled(job.pdf) == [True, False, True, False, True, True, True, False]
        assert job.papers == 4

    def test_a_last_page_without_a_back_gets_an_empty_one(self):
        pages = make_leaflet(LeafletRequest("rights_child", "en", "large_print"), DAY).pages
        assert pages == 2
        assert filled(make_job([order(2, "large_print", sheet="rights_child", duplex=True)], DAY).pdf) == [True] * 4
        covered = make_job([order(1, sheet="health", duplex=True, cover=True)], DAY)
        three = make_job([order(1, sheet="health", duplex=True)], DAY)
        assert filled(covered.pdf) == [True, True]
        assert filled(three.pdf) == [True, False]

    @pytest.mark.parametrize("form", ["z_fold", "a5_two_up"])
    def test_what_lies_is_turned_so_that_its_back_is_behind_its_front(self, form):
        request = LeafletRequest("rights_eu", "en", form, duplex=True)
        job, lying = make_job([Order(request)], DAY).pdf, make_leaflet(request, DAY).pdf
        front, back = ink(job, 0), ImageOps.mirror(ink(job, 1))  # the back as light through the paper shows it
        assert alike(front.rotate(90, expand=True), ink(lying, 0))
        assert alike(back.rotate(90, expand=True), ImageOps.mirror(ink(lying, 1)))  # turned over its short edge


def alike(one: Image.Image, other: Image.Image) -> bool:
    return (
        one.size == other.size and ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 5
    )  # grey; the wrong way round it is above 14


class TestTags:
    """What a screen reader finds in a job that is saved as a file."""

    def test_first_of_each_is_tagged_and_its_copies_are_silent(self):
        job = make_job([order(3), order(2, "wallet", language="th")], DAY)
        assert font_faults(job.pdf) == []
        assert accessibility_faults(job.pdf).count("page without StructParents") == 2
        with pikepdf.open(io.BytesIO(job.pdf)) as document:
            numbers = [page.obj.StructParents for page in document.pages if "/StructParents" in page.obj]
            assert sorted(int(number) for number in numbers) == [0, 1]
            tagged = [page.obj.objgen for page in document.pages if "/StructParents" in page.obj]
            assert {kid.Pg.objgen for kid in _pieces(document.Root.StructTreeRoot.K)} == set(tagged)

    def test_a_leaflet_that_is_wanted_twice_is_set_once(self):
        once, twice = make_job([order(2)], DAY), make_job([order(1), order(1)], DAY)
        assert twice.pdf == once.pdf
        assert counts(twice) == [(1, 1), (1, 1)]


def _pieces(node: pikepdf.Object) -> list[pikepdf.Object]:
    if isinstance(node, pikepdf.Array):
        return [piece for kid in node for piece in _pieces(kid)]
    if "/Pg" in node:
        return [node]
    return _pieces(node.K) if "/K" in node else []


class TestLimits:
    """A job ends somewhere, and says where."""

    @pytest.mark.parametrize("copies", [-1, 0, 201])
    def test_copies_of_one_order(self, copies):
        with pytest.raises(TooManyCopiesError) as refused:
            make_job([order(copies)], DAY)
        assert "200" in refused.value.sentence()

    def test_pages_of_one_job(self, monkeypatch):
        monkeypatch.setattr(jobs, "MOST_PAGES", 12)
        assert make_job([order(12)], DAY).papers == 12
        with pytest.raises(JobTooLargeError) as refused:
            make_job([order(6), order(1, "z_fold")], DAY)  # both sides of seven papers
        assert "14" in refused.value.sentence()
        assert "12" in refused.value.sentence()

    def test_nothing_is_said_calmly(self):
        with pytest.raises(JobEmptyError):
            make_job([], DAY)

    def test_what_cannot_be_made_stops_the_job(self):
        with pytest.raises(UnknownSheetError):
            make_job([order(), order(sheet="nothing")], DAY)


class TestProgress:
    """A long job tells how far it is and can be stopped."""

    def test_tells_each_order(self):
        told: list[tuple[int, int]] = []
        make_job([order(), order(5, "wallet"), order()], DAY, tell=lambda done, total: told.append((done, total)))
        assert told == [(1, 3), (2, 3), (3, 3)]

    def test_stops_between_two_leaflets(self):
        told: list[int] = []
        with pytest.raises(JobStoppedError):
            make_job(
                [order(), order(5, "wallet"), order()], DAY,
                tell=lambda done, _total: told.append(done), stopped=lambda: len(told) == 2,
            )  # fmt: skip
        assert told == [1, 2]
