"""The files of what is prepared, in plain words and in groups that open: a custodian sees all that she signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.centre.desk.publishing_state import FileChange
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from ui.models.codes import language_name
from ui.tokens import SPACE_1
from ui.widgets.disclosure import Disclosure
from ui.widgets.text import words

_GROUPS = {
    "locales": N_("Leaflet texts, by language"),
    "leaflets": N_("What leaflets are made of"),
    "indicators": N_("Lists of signs"),
    "pathways": N_("Law: what follows after a finding, and its numbers"),
    "directory": N_("Help lines and places"),
    "policy": N_("The centre's policy"),
}
_OTHERS = N_("Other files")
_CHANGES = {"new": N_("new"), "changed": N_("changed"), "removed": N_("removed")}


class DraftFiles(QWidget):
    """A line for each group with how many files it has; opened, every file of it."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_1)
        self._shown: Sequence[FileChange] = ()
        self.groups: list[Disclosure] = []

    def show_files(self, files: Sequence[FileChange]) -> None:
        """Show these; a group stays open while the files are the same."""
        if tuple(files) == tuple(self._shown):
            return
        self._shown = tuple(files)
        for old in self.groups:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.groups = [Disclosure(name, words("\n".join(lines))) for name, lines in grouped(files).items()]
        for group in self.groups:
            self._column.addWidget(group)


def grouped(files: Sequence[FileChange]) -> Mapping[str, list[str]]:
    """Return the line of each group, with the lines of its files."""
    by_group: dict[str, list[FileChange]] = {}
    for file in files:
        by_group.setdefault(_GROUPS.get(file.name.partition("/")[0], _OTHERS), []).append(file)
    return {
        _("{group}: {changes}").format(group=_(group), changes=", ".join(_counts(by_group[group]))): [
            f"{_(_CHANGES[each.change])}: {file_words(each.name)}" for each in by_group[group]
        ]
        for group in (*_GROUPS.values(), _OTHERS)
        if group in by_group
    }


def file_words(name: str) -> str:
    """Return a file in words: a language by its name, anything else by what it is called, with its whole path."""
    parts = name.split("/")
    if parts[0] == "locales" and len(parts) > 1:
        return f"{language_name(parts[1])} ({name})"
    return name


def _counts(files: Sequence[FileChange]) -> Iterator[str]:
    new, changed, removed = (
        sum(each.change == change for each in files) for change in ("new", "changed", "removed")
    )
    if new:
        yield ngettext("{count} new file", "{count} new files", new).format(count=new)
    if changed:
        yield ngettext("{count} changed file", "{count} changed files", changed).format(count=changed)
    if removed:
        yield ngettext("{count} removed file", "{count} removed files", removed).format(count=removed)
