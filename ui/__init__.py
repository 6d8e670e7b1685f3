"""The window: Qt widgets over ``outreach_app``, which never knows them."""

from __future__ import annotations

import builtins
import importlib

# PySide6 hooks into ``import`` and reads the source of every module imported after it, only to see whether one asks for
# its optional names in snake case. None here does, and the reading is a tenth of a start: back to the hook before it.
importlib.import_module("PySide6.QtCore")
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
