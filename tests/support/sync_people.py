"""Keys for tests of sending, made once: a laptop, another laptop, a centre's root, desk and mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field

from outreach_app.sync.keys import ReceivingKeys, SigningKeys
from outreach_app.sync.sealing import CentreSealingKey


@dataclass(frozen=True)
class Laptop:
    device: str
    signing: SigningKeys = field(default_factory=SigningKeys.generate)
    receiving: ReceivingKeys = field(default_factory=ReceivingKeys.generate)


@dataclass(frozen=True)
class Centre:
    root: SigningKeys = field(default_factory=SigningKeys.generate)
    desk: SigningKeys = field(default_factory=SigningKeys.generate)
    mailbox: SigningKeys = field(default_factory=SigningKeys.generate)
    receiving: ReceivingKeys = field(default_factory=ReceivingKeys.generate)

    @property
    def sealing_key(self) -> CentreSealingKey:
        return CentreSealingKey(self.receiving.public)


LAPTOP = Laptop("a1" * 16)
OTHER_LAPTOP = Laptop("b2" * 16)
CENTRE = Centre()
