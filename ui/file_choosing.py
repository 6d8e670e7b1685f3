"""Asks for a file or folder without leaving folder names behind.

The system's own dialogs keep lists of recent files, and Qt's writes the folders visited to ``QtProject.conf``.
So Qt's own dialog is used, what it wants to remember has no file to go to, and is thrown away (``forget_folders``).
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6 import QtWidgets  # the dialog is large: Qt makes its class when it is first named
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QSettings, QTranslator
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from outreach_app.i18n import gettext as _
from outreach_app.i18n import language

_KEPT_BY_QT = ("FileDialog", "Qt/filedialog")


def choose_file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file that exists; ``kinds`` in Qt's form, for example ``"Reply (*.json)"``."""
    return _ask(_dialog(parent, title, kinds, QtWidgets.QFileDialog.FileMode.ExistingFile))


def choose_file_to_save(parent: QWidget, title: str, kinds: str, suggested: str) -> Path | None:
    """Ask where to write a file named ``suggested`` unless the worker names it otherwise."""
    dialog = _dialog(parent, title, kinds, QtWidgets.QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(suggested).suffix.lstrip("."))
    dialog.selectFile(suggested)
    return _ask(dialog)


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder, for example a stick."""
    dialog = _dialog(parent, title, "", QtWidgets.QFileDialog.FileMode.Directory)
    dialog.setOption(QtWidgets.QFileDialog.Option.ShowDirsOnly)
    return _ask(dialog)


def keep_qt_settings_away() -> None:
    """Send whatever Qt wants to remember to a place where no file can be made; a lock ends the process at any moment.

    On Windows and macOS Qt keeps its own settings elsewhere: there ``forget_folders`` takes them away again.
    """
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, os.devnull)


def forget_folders() -> None:
    """Throw away the folders Qt's dialog remembered."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in _KEPT_BY_QT:
        kept.remove(name)
    kept.sync()


def _dialog(parent: QWidget, title: str, kinds: str, mode: QtWidgets.QFileDialog.FileMode) -> QtWidgets.QFileDialog:
    _speak_the_interface_language()
    dialog = QtWidgets.QFileDialog(parent, title, str(Path.home()), kinds)
    dialog.setOption(QtWidgets.QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    dialog.setHistory([])
    label = QtWidgets.QFileDialog.DialogLabel
    for part, told in ((label.LookIn, _("Folder:")), (label.FileType, _("Kind of file:"))):
        dialog.setLabelText(part, told)  # two that Qt's own Danish lacks
    return dialog


def _speak_the_interface_language() -> None:
    """Let Qt's own words ("Look in", "Save", "Cancel") be of the interface language; its catalogues come with it."""
    app = QCoreApplication.instance()
    if app is None:
        return
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    words = QTranslator(app)
    if words.load(f"qtbase_{language()[:2]}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)


def _ask(dialog: QtWidgets.QFileDialog) -> Path | None:
    accepted = dialog.exec() == QtWidgets.QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.setHistory([])
    delete(dialog)  # at once: it remembers its folder when it ends, and is told to forget only then
    forget_folders()
    return Path(chosen[0]) if accepted and chosen else None
