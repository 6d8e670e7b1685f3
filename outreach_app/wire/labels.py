"""The words of one entry of shipped data, in the staff languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

import msgspec

LabelText = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]


class LabelFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Both staff languages are always there."""

    en: LabelText
    da: LabelText

    def by_language(self) -> Mapping[str, str]:
        """Return the words by interface language."""
        return MappingProxyType({"en": self.en, "da": self.da})
