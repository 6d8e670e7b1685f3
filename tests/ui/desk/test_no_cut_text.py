"""No page of the desk cuts a word at 1366 x 768, nor on the smallest window, in texts a third longer than they are."""

from __future__ import annotations

import gettext

import pytest

from outreach_app import i18n
from outreach_app.centre.desk.custodians import init_custodians
from tests.support.cut_text import cut_texts
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP
from ui.desk.page_rows import DESK_PAGES

SIZES = ((1366, 768), (910, 512))
PASSPHRASES = ("corner lamp river stone velvet", "cabin gentle napkin orbit wagon", "lantern orbit velvet canyon thistle")


class Longer(gettext.NullTranslations):
    """Every text a third longer, in words as long as before."""

    def gettext(self, message: str) -> str:
        words = message.split(" ")
        return " ".join(words + [word for word in words if "{" not in word][: len(words) // 3])

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


@pytest.fixture
def shown(request, monkeypatch):
    """Speak so before the window is made, and let it be looked at in every size."""
    monkeypatch.setattr(i18n, "_current", Longer())
    shell = request.getfixturevalue("filled")
    shell.window.theme.apply("light")
    yield shell
    request.getfixturevalue("qapp").setStyleSheet("")


def whole(shell, what: str) -> None:
    for size in SIZES:
        shell.window.resize(*size)
        shell.settle()
        assert cut_texts(shell.window.frame) == [], (what, size)


def test_the_pages(shown, tmp_path):
    for row in DESK_PAGES:
        shown.show(row.name)
        whole(shown, row.name)
    page = shown.show("laptops", device=LAPTOP.device)
    whole(shown, "a laptop to call about")
    page.detail.revoke.click()
    whole(shown, "revoking")
    shown.show("laptops", device=OTHER_LAPTOP.device)
    page.detail.step_over.click()
    whole(shown, "waiting no more")
    page.help.click()
    page.helping._ask_custodian()
    whole(shown, "helping")
    shown.show("quarantine").list.table.opened.emit(0)
    whole(shown, "a line put aside")
    shown.ask(lambda desk: init_custodians(desk, tmp_path / "keys", PASSPHRASES))
    custodians = shown.show("custodians")
    whole(shown, "custodians in force")
    custodians.replace.click()
    whole(shown, "custodians agree")
    shown.show("publishing").next.keys.click()
    whole(shown, "something prepared")
