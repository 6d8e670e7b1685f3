"""Memory for bodies on their way: when it is full, whoever takes most of it gives way, not whoever comes next.

Counted by address. Of the address that holds most the largest body goes, so a small one seldom does.
"""

from __future__ import annotations

from collections import Counter

HELD_LIMIT = 128 << 20  # bytes of all bodies of at most 1 MiB that are being received
HELD_OF_ADDRESS = 64 << 20


class HeldBody:
    """A body that grows; ``given_up`` once it had to make room, and empty then."""

    def __init__(self, address: str = "") -> None:
        self.address = address
        self.data = bytearray()
        self.given_up = False

    def add(self, part: bytes) -> None:
        """Add what came."""
        self.data += part


class HeldBytes:
    """Everything one worker holds."""

    def __init__(self) -> None:
        self._bodies: list[HeldBody] = []
        self._sums = Counter[str]()
        self._all = 0

    def begin(self, address: str) -> HeldBody:
        """Return an empty body; ``end`` gives its bytes back."""
        body = HeldBody(address)
        self._bodies.append(body)
        return body

    def add(self, body: HeldBody, part: bytes) -> None:
        """Add what came, if the body may still go on; bodies that are too much are given up, this one perhaps."""
        if part and not body.given_up:
            body.add(part)
            self._count(body.address, len(part))
            self._make_room(body.address)

    def end(self, body: HeldBody) -> None:
        """Count a body no longer."""
        if not body.given_up:
            self._give_up(body)

    def _make_room(self, address: str) -> None:
        while self._sums[address] > HELD_OF_ADDRESS:
            self._give_up(self._largest(address))
        while self._all > HELD_LIMIT:
            self._give_up(self._largest(self._sums.most_common(1)[0][0]))

    def _largest(self, address: str) -> HeldBody:
        """Return the largest body of an address, the newest of equals."""
        return max(reversed([one for one in self._bodies if one.address == address]), key=lambda one: len(one.data))

    def _give_up(self, body: HeldBody) -> None:
        body.given_up = True
        self._bodies.remove(body)
        self._count(body.address, -len(body.data))
        body.data = bytearray()

    def _count(self, address: str, size: int) -> None:
        self._all += size
        self._sums[address] += size
        if not self._sums[address]:
            del self._sums[address]
