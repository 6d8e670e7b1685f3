"""No page cuts a word at 1366 x 768, nor on the smallest window, in Danish, English and texts a third longer."""

from __future__ import annotations

import gettext
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from outreach_app import i18n
from outreach_app.domain.finding import Filters
from tests.support.centre_box import enrol
from tests.support.cut_text import cut_texts
from ui.frame import Frame
from ui.page_table import rows_for
from ui.theme import Theme

SIZES = ((1366, 768), (1024, 700))
SMALLEST = ((910, 512),)


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
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # first: taking a look off them all takes long
    app.setStyleSheet("")
    i18n.use_language("en")


def whole(frame, parts, what, sizes=SIZES):
    for size in sizes:
        frame.resize(*size)
        for _turn in range(3):
            parts.settle()
        assert cut_texts(frame) == [], (what, size)


def test_sending_on_the_smallest_window(frame, filled):
    page = frame.go_to("sending")
    whole(frame, filled, "before enrolment", SMALLEST)
    filled.ask(enrol)
    for place in page.tour():
        frame.go_to("sending", place)
        whole(frame, filled, place, SMALLEST)


def test_the_lists(frame, filled):
    for name in ("today", "encounters", "contacts", "places", "leaflets", "sending"):
        page = frame.go_to(name)
        filled.settle()
        whole(frame, filled, name)
        if name in {"encounters", "contacts", "places"}:
            page.table.opened.emit(0)
            filled.settle()
            whole(frame, filled, f"{name} opened")
        if name == "sending":
            for place in page.tour():
                frame.go_to(name, place)
                filled.settle()
                whole(frame, filled, place)
            page.open_view("preview", {"group": "coded"})
            filled.settle()
            whole(frame, filled, "a look at a row")
            page.open_view("notes").open_row(0)
            whole(frame, filled, "a note on its way")
            page.view("send").outbox.set_running(running=True)
            page.open_view("send")
            whole(frame, filled, "a run")
            page.view("send").outbox.set_running(running=False)
        if name == "today":
            page.follow_ups.rows()[0].on_third()
            whole(frame, filled, "put off")
            page.go_back()
        if name == "encounters":
            page._narrow(Filters("red", signs=("coercion_at_destination.documents_taken",), language="ro", days=30))
            filled.settle()
            page.kept.keep.click()
            whole(frame, filled, "narrowed")
            page._narrow(Filters())


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
    page._police()
    whole(frame, filled, "police action")


def test_what_supervisors_see(frame, filled):
    page = frame.go_to("review")
    filled.settle()
    whole(frame, filled, "review")
    page._return("Which language did she speak?")
    filled.settle()
    page.which._choose("returned")
    whole(frame, filled, "returned")
    page = frame.go_to("figures")
    filled.settle()
    whole(frame, filled, "figures")
    page.days.show_week(date.max)
    page.days._tell()
    filled.settle()
    whole(frame, filled, "days that cannot be counted")


def test_this_laptop(frame, filled):
    page = frame.go_to("laptop")
    for name in ("holding", "workers", "record"):
        page.open_view(name)
        filled.settle()
        whole(frame, filled, name)
    page._views["record"].verify.click()
    whole(frame, filled, "verified")
    holding = page.open_view("holding")
    holding.end.begin.click()
    whole(frame, filled, "the end")
    workers = page.open_view("workers")
    workers.own.key_on.click()
    whole(frame, filled, "key file")
    workers.own.leave()
    workers.add.click()
    filled.settle()
    workers.adding.name.setText("BK")
    whole(frame, filled, "adding")
    workers.adding.who.confirmed.emit()
    whole(frame, filled, "new words")
    workers.adding.words.on.click()
    whole(frame, filled, "typed back")


def test_erasing_and_blanking(frame, filled):
    page = frame.go_to("encounters")
    filled.settle()
    page.table.opened.emit(0)
    filled.settle()
    page.note.blank.click()
    page.note.blanking.words.setText("doctor")
    page.note.blanking.reason.setText("not needed")
    page.note.blanking.ask.act.click()
    whole(frame, filled, "blanking")
    contacts = frame.go_to("contacts")
    filled.settle()
    contacts.table.opened.emit(0)
    filled.settle()
    contacts.detail.views.open_view("data").erase.click()
    whole(frame, filled, "erasing")
    contacts.detail.erasing.reason._choose("asked")
    contacts.detail.erasing.ask.act.click()
    whole(frame, filled, "erased")


def test_the_views_of_a_contact(frame, filled):
    def known(session):
        maria = session.contacts.find_contact_by_name("Maria P.").id
        session.names.add_alias(maria, "phone", "12 34 56 78")
        session.contacts.record_contact("Marja P.")
        session.grouping.merge_contacts(session.contacts.record_contact("Tall woman, green coat").id, maria, "a scar")
        session.shelter_stays.enter(maria, "house a", filled.clock.local_now().date())
        note = session.contacts.timeline(maria)[0].id
        session.third_parties.add_third_party(note, "transporter", "He waits outside.", offence=True)
        return maria

    maria = filled.ask(known)
    for name in ("timeline", "names", "stays", "others", "data"):
        page = frame.go_to("contacts", {"contact_id": maria, "view": name})
        filled.settle()
        if name == "names":
            page.detail.views.view(name).split_opener.set_open(True)
        whole(frame, filled, name)


def test_the_casework_of_a_contact(frame, filled):
    contacts = frame.go_to("contacts")
    filled.settle()
    contacts.table.opened.emit(0)
    filled.settle()
    agreed = contacts.detail.views.open_view("agreed")
    agreed.new.click()
    filled.settle()
    agreed.form.recipient.set_value("partner")
    agreed.form.speaking.set_value("companion_interpreted")
    whole(frame, filled, "the form of a consent, refused")
    agreed.form.confirmed.emit()
    filled.settle()
    whole(frame, filled, "the first of the seven points")
    referrals = contacts.detail.views.open_view("referrals")
    referrals.new.click()
    filled.settle()
    referrals.form.recipient.set_value("partner")
    referrals.form.choice._choose("differs")
    whole(frame, filled, "the form of a referral")
    plan = contacts.detail.views.open_view("plan")
    plan.new.click()
    plan.person.change.click()
    whole(frame, filled, "the forms of a plan")
