"""The uvicorn server of one worker: time limits, request rates, TLS with a limit for its handshake."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn

from outreach_app import logs
from outreach_app.centre.mailbox.app import make_app
from outreach_app.centre.mailbox.errors import CertificateFilesError
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.rates import PER_MINUTE, RequestRates
from outreach_app.centre.mailbox.time_limits import TimeLimits, timed_protocol
from outreach_app.centre.mailbox.tls import load_certificate, server_context
from outreach_app.centre.mailbox.watching import Exchange, Watched

STOP_SECONDS = 30
_HEADER_BYTES = 16 << 10  # the desk's signature takes 4.5 KB
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Door:
    """Who is let in, and how.

    Attributes:
        requests_per_minute: of one address; 0 for no limit.
        behind_proxy: the address stands in ``x-forwarded-for``, written by a proxy in front.
        certificate: PEM file for TLS with ``key``; None when TLS ends at a proxy.
        key: PEM file of its private key.
    """

    requests_per_minute: int = PER_MINUTE
    behind_proxy: bool = False
    certificate: Path | None = None
    key: Path | None = None

    def context(self) -> ssl.SSLContext | None:
        """Return what TLS is spoken with, None for plain HTTP."""
        if self.certificate is None or self.key is None:
            return None
        return server_context(self.certificate, self.key)


class MailboxServer(uvicorn.Server):
    """Says once where it listens, when it does."""

    def __init__(self, config: uvicorn.Config, limits: TimeLimits, door: Door) -> None:
        super().__init__(config)
        self.address = ""
        self.also_say = ""
        self._limits = limits
        self._door = door
        self._context = door.context()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen. In uvicorn's place, which leaves no say in how long a handshake may take."""
        await self.lifespan.startup()
        tls = self._context is not None
        listener = (sockets or [])[0]
        server = await asyncio.get_running_loop().create_server(
            self._make_protocol,
            sock=listener,
            ssl=self._context,
            backlog=self.config.backlog,
            ssl_handshake_timeout=self._limits.header_seconds if tls else None,
            ssl_shutdown_timeout=self._limits.header_seconds if tls else None,
        )
        self.servers = [server]
        self.started = True
        self._say_where(listener, "https" if tls else "http")

    def load_certificate_again(self) -> None:
        """Take a renewed certificate into use; the one before stays when the new one cannot be used."""
        if self._context is None or self._door.certificate is None or self._door.key is None:
            return
        try:
            self._door.context()  # a context of its own first: half a change would spoil the one in use
            load_certificate(self._context, self._door.certificate, self._door.key)
        except CertificateFilesError:
            logs.event(_log, "certificate_not_taken", logging.ERROR)
        else:
            logs.event(_log, "certificate_taken")

    def _make_protocol(self) -> asyncio.Protocol:
        protocol = self.config.http_protocol_class
        return protocol(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)  # type: ignore[call-arg]  # uvicorn's own protocols take these

    def _say_where(self, listener: socket.socket, scheme: str) -> None:
        host, port = listener.getsockname()[:2]
        self.address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
        sys.stdout.write(f"listening on {self.address}\n")
        if self.also_say:
            sys.stdout.write(f"{self.also_say}\n")
        sys.stdout.flush()


def make_server(
    office: PostOffice,
    limits: TimeLimits,
    door: Door | None = None,
    seen: Callable[[Exchange], None] = lambda _exchange: None,
) -> MailboxServer:
    """Return a server that is not running yet.

    Args:
        office: the mailbox's rules.
        limits: time limits for connections.
        door: who is let in and how; anyone, over plain HTTP, when None.
        seen: hears of every exchange when it is over.

    Raises:
        CertificateFilesError: the files named in ``door`` cannot be used.
    """
    used = door or Door(requests_per_minute=0)
    if used.behind_proxy:
        limits = replace(limits, connections_of_address=0)
    app = make_app(office, behind_proxy=used.behind_proxy)
    if used.requests_per_minute:
        app = RequestRates(app, used.requests_per_minute, behind_proxy=used.behind_proxy)
    config = uvicorn.Config(
        Watched(app, seen),
        interface="asgi3",
        http=timed_protocol(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections + 1,
        timeout_keep_alive=int(limits.header_seconds) or 1,
        timeout_graceful_shutdown=STOP_SECONDS,
        h11_max_incomplete_event_size=_HEADER_BYTES,
    )
    return MailboxServer(config, limits, used)
