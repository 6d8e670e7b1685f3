"""The shipped points are whole, in both staff languages, and a broken file is refused by the name of its field."""

from __future__ import annotations

import json

import pytest

from outreach_app.domain.consent import POINTS
from outreach_app.wire.consent_points import load_consent_texts, read_consent_texts
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.shipped import read_shipped


def shipped() -> dict:
    return json.loads(read_shipped("consent/points.json"))


def test_the_seven_points_are_there_in_both_languages():
    texts = load_consent_texts()
    assert tuple(point.id for point in texts.points) == POINTS
    for point in texts.points:
        assert point.label("da") != point.label("en")
        assert point.text("da", "CMM") != point.text("en", "CMM")
        assert point.text("fr", "CMM") == point.text("en", "CMM")
    assert "{" not in texts.points[0].text("da", "CMM")
    assert "CMM" in texts.points[0].text("da", "CMM")
    assert not texts.confirmed  # our own words; nobody has checked them against the standard yet


def test_remarks_are_dated_and_say_whether_they_are_confirmed():
    texts = load_consent_texts()
    remark = texts.remark_about("dis")
    assert remark is not None
    assert "anonym" in remark.text("da")
    assert "anonymous" in remark.text("en")
    assert "handlingsplan" in remark.source("da")
    assert "action plan" in remark.source("fr")
    assert remark.confirmed
    assert texts.remark_about("health") is None
    disputed = texts.remark_about("police")
    assert disputed is not None
    assert not disputed.confirmed


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda file: file["points"].pop(), "$.points"),
        (lambda file: file["points"].reverse(), "$.points"),
        (lambda file: file["remarks"][0].update(recipient="nobody"), "$.remarks"),
        (lambda file: file["points"][0]["text"].pop("da"), "points"),
        (lambda file: file.update(version=0), "version"),
    ],
)
def test_a_broken_file_is_refused_by_its_field(change, field):
    file = shipped()
    change(file)
    with pytest.raises(UntrustedDataError) as refused:
        read_consent_texts(json.dumps(file))
    assert field in str(refused.value.values["field"])
