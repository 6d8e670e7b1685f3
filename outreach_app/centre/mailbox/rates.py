"""How many requests an address may make in a minute: the first thing asked of a request, before anything is read."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from outreach_app.centre.mailbox.answers import refuse

PER_MINUTE = 3000  # a 64 MiB batch takes 260; laptops behind one router share an address
FORWARDED_HEADER = b"x-forwarded-for"
_V6_NETWORK = 64  # whoever has one address of IPv6 has all of its network


class RequestRates:
    """An ASGI application in front of another one. Counts live in this process's memory only."""

    def __init__(self, app: ASGIApp, per_minute: int, *, behind_proxy: bool = False) -> None:
        """Prepare.

        Args:
            app: answers the requests that are let through.
            per_minute: requests of one address (of one /64 network for IPv6).
            behind_proxy: take the address from the last entry of ``x-forwarded-for``, which the proxy wrote. Anyone
                could write it where no proxy stands in front.
        """
        self._app = app
        self._allowed = RateLimitItemPerMinute(per_minute)
        self._behind_proxy = behind_proxy
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it (429 ``too_many_requests``)."""
        network = network_of(scope, behind_proxy=self._behind_proxy)
        if await self._limiter.hit(self._allowed, network):
            await self._app(scope, receive, send)
            return
        window = await self._limiter.get_window_stats(self._allowed, network)
        wait = max(1, math.ceil(window.reset_time - time.time()))
        await refuse(Request(scope), 429, "too_many_requests", wait)(scope, receive, send)


def network_of(scope: Scope, *, behind_proxy: bool) -> str:
    """Return what a request is counted under: its address, or its network for IPv6."""
    client = scope.get("client")
    address = str(client[0]) if client else ""
    if behind_proxy:
        found = [value for name, value in scope["headers"] if name == FORWARDED_HEADER]
        if found:
            address = found[-1].decode("latin-1").rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, _V6_NETWORK), strict=False))
