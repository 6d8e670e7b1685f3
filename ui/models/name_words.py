"""The names of a contact in words: what kind each is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.services.timelines import Head

MOST_OF_A_NAME = 32  # letters of a heading
MOST_NAMES = 4

KIND_CHOICES = {"called": N_("Called"), "online": N_("Online"), "phone": N_("Telephone")}
_SENTENCES = {
    "called": N_("called {name}"), "online": N_("online as {name}"), "phone": N_("telephone {name}"),
    "": N_("known as {name}, too"),
}  # fmt: skip


def kind_choices() -> tuple[tuple[str, str], ...]:
    """Return the kinds of further names with their words."""
    return tuple((code, _(words)) for code, words in KIND_CHOICES.items())


def kind_name(kind: str) -> str:
    """Return what kind of name it is."""
    return _(KIND_CHOICES[kind])


def kind_words(kind: str, name: str) -> str:
    """Return a further name with its kind; ``kind`` is empty for the short name of one who was merged."""
    return _(_SENTENCES[kind]).format(name=isolated(name))


def short_of(name: str) -> str:
    """Return a name as it fits into a heading; whole it stands in its tooltip."""
    return name if len(name) <= MOST_OF_A_NAME else f"{name[:MOST_OF_A_NAME].rstrip()}…"


def names_in_words(names: Sequence[str]) -> str:
    """Return further names as one line; the last ones are counted where they do not fit."""
    shown = ", ".join(isolated(short_of(name)) for name in names[:MOST_NAMES])
    if not shown:
        return ""
    more = len(names) - MOST_NAMES
    return _("also: {names}").format(names=shown) + (f" +{more}" if more > 0 else "")


def warnings_in_words(head: Head) -> list[str]:
    """Return what to know before she is met again, the most urgent first."""
    told, warnings = [], head.warnings
    if head.kept is not None:
        told.append(_("This name is kept with {name} now.").format(name=isolated(short_of(head.kept.short_name))))
    if warnings.child:
        told.append(_("Child: act now. A note about her says so."))
    if warnings.ask_alone:
        told.append(_("She could not speak freely: ask again when she is alone."))
    if warnings.dates_over:
        count = warnings.dates_over
        told.append(
            ngettext("{count} date has passed.", "{count} dates have passed.", count).format(count=count)
        )
    return told
