"""No page cuts a word at 1366 x 768, nor on the smallest window, in Danish, English and texts a third longer."""

from __future__ import annotations

import gettext

import pytest
from PySide6.QtWidgets import QApplication

from outreach_app import i18n
from tests.support.cut_text import cut_texts
from ui.frame import Frame
from ui.page_table import rows_for
from ui.theme import Theme

SIZES = ((1366, 768), (1024, 700))


class Longer(gettext.NullTranslations):
    """Every text a third longer, in words as long as before."""

    def gettext(self, message: str) -> str:
        words = message.split(" ")
        return " ".join(words + [word for word in words if "{" not in word][: len(words) // 3])

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


@pytest.fixture(params=["en", "da", "longer"])
def frame(request, filled, qtbot, monkeypatch):
    if request.param == "longer":
        monkeypatch.setattr(i18n, "_current", Longer())
    else:
        i18n.use_language(request.param)
    app = QApplication.instance()
    theme = Theme(app, "light")
    theme.apply()
    frame = Frame(filled.context, rows_for(unlocked=True))
    qtbot.addWidget(frame)
    filled.context.navigation.page_requested.connect(frame.go_to)
    frame.show()
    yield frame
    app.setStyleSheet("")
    i18n.use_language("en")


def whole(frame, parts, what):
    for size in SIZES:
        frame.resize(*size)
        for _turn in range(3):
            parts.settle()
        assert cut_texts(frame) == [], (what, size)


def test_the_lists(frame, filled):
    for name in ("today", "encounters", "contacts", "places", "leaflets", "sending"):
        page = frame.go_to(name)
        filled.settle()
        whole(frame, filled, name)
        if name in {"encounters", "contacts", "places"}:
            page.table.opened.emit(0)
            filled.settle()
            whole(frame, filled, f"{name} opened")


def test_the_encounter(frame, filled):
    page = frame.go_to("encounter", {"new": "1"})
    filled.settle()
    whole(frame, filled, "where")
    place = next(each for each in page._book.places if each.warning)
    page.place_step.offer(place)
    whole(frame, filled, "warning")
    page.place_step.go_on.click()
    for sign in page._book.signs.suggest("adult_sexual", "", frozenset())[:3]:
        page.form_view.seen.signs._take(sign.id, "told")
    page.form_view.who.age_band._choose("maybe_under_18")
    page.form_view.more_opener.set_open(True)
    page.form_view.identity_opener.set_open(True)
    page.form_view.seen.consent._choose("referral")
    whole(frame, filled, "form")
    page._count()
    whole(frame, filled, "count")
