"""What a text of the directory may hold: one line of Latin letters that every leaflet's fonts can draw, and no more.

Markup is letters like others and is shown as it stands. Signs that nobody sees, that turn lines round or that pile up
are refused.
"""

from __future__ import annotations

import re
import unicodedata

from outreach_app.i18n import gettext as _

# patterns are compiled when one is used: the top bar waits for the shipped directory, which has few of them
NUMBER = r"\+?[0-9]{1,4}(?: [0-9]{1,6}){0,8}"
EMAIL = r"[A-Za-z0-9._%+-]{1,60}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,40}){1,4}"
WEB = r"[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,4}(?:/[A-Za-z0-9._~-]{1,40}){0,6}/?"
CODE = r"[a-z][a-z0-9_]{0,39}"
LANGUAGE = r"[a-z]{2,3}(?:-[A-Z][A-Za-z]{1,3})?"
LONGEST_NUMBER = 24
# ASCII, Latin-1, Latin Extended-A, Romanian, quotes and dashes: the shipped Noto Sans has all of them
ALLOWED = frozenset(
    [chr(code) for code in range(0x20, 0x7F)]
    + [chr(code) for code in range(0xA1, 0x180) if code not in {0xAD, 0x149}]
    + list("ȘșȚț–—‘’“”„")
)


def text_fault(text: str, most: int) -> str:
    """Return in words why ``text`` may not stand in the directory, empty if it may."""
    if len(text) > most:
        return _("longer than {most} characters").format(most=most)
    if not unicodedata.is_normalized("NFC", text):
        return _("its letters are not composed")
    for letter in text:
        if letter not in ALLOWED:
            return _("the sign U+{code} cannot be printed on every leaflet").format(code=f"{ord(letter):04X}")
    if text != text.strip() or "  " in text:
        return _("spaces at its ends or two in a row")
    return ""


def form_fault(text: str, form: str, most: int) -> str:
    """Return in words why ``text`` is not of ``form``, empty if it is."""
    if len(text) > most:
        return _("longer than {most} characters").format(most=most)
    return "" if re.fullmatch(form, text) else _("not of the form it must have")
