"""From a note to what her stay means: the way beside what it adds up to, for a contact who is known."""

from __future__ import annotations

from tests.ui.pages.encounter_driving import begin_at, shown_page


def test_a_known_contact_has_a_way_to_her_pathway(filled, qtbot):
    page = shown_page(filled, qtbot)
    begin_at(page, "Station")
    filled.settle()
    if page.place_step.isVisible():
        page.place_step.go_on.click()
        filled.settle()
    way = page.form_view.adds_up.pathway
    assert way.isHidden()  # nobody is named yet
    contact = filled.ask(lambda session: session.contacts.find_contact_by_name("Maria P."))
    page.shown({"contact_id": contact.id})
    filled.settle()
    begin_at(page, "Station")
    filled.settle()
    if page.place_step.isVisible():
        page.place_step.go_on.click()
        filled.settle()
    assert not way.isHidden()
    way.click()
    assert filled.went[-1] == ("contacts", {"contact_id": contact.id, "view": "pathway"})
