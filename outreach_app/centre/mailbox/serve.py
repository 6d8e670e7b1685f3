"""Run a mailbox: open its store, listen, say where, and stop gracefully when asked to."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import closing
from pathlib import Path
from types import FrameType

import uvicorn

from outreach_app.centre.mailbox.app import make_app
from outreach_app.centre.mailbox.configuration import load_mailbox, open_store
from outreach_app.centre.mailbox.errors import PortTakenError
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.time_limits import TimeLimits, timed_protocol
from outreach_app.clock import Clock, SystemClock

STOP_SECONDS = 30
CONNECTIONS = 200
_HEADER_BYTES = 16 << 10  # the desk's signature takes 4.5 KB


class MailboxServer(uvicorn.Server):
    """Says once where it listens, when it does."""

    address: str = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            self.address = f"http://{shown}:{port}"
            sys.stdout.write(f"listening on {self.address}\n")
            sys.stdout.flush()


def serve(
    folder: Path,
    port: int,
    *,
    database: str | None = None,
    host: str = "127.0.0.1",
    clock: Clock | None = None,
    limits: TimeLimits | None = None,
    until: int | None = None,
) -> None:
    """Serve the mailbox of a centre's folder until SIGTERM or Ctrl+C. TLS is the business of a proxy in front.

    Args:
        folder: the centre's folder (the mailbox lies in ``mailbox/``).
        port: 0 for any free one; the real one is printed as ``listening on http://HOST:PORT``.
        database: ``postgresql://...``; SQLite in the folder when None.
        host: address to listen on.
        clock: wall clock.
        limits: time limits for connections.
        until: also stop when this file descriptor ends: whoever holds its other side is gone.

    Raises:
        MailboxError: not set up, database unusable, port taken.
    """
    configuration = load_mailbox(folder)
    with closing(open_store(folder, database)) as store, closing(_listen(host, port)) as listener:
        server = make_server(PostOffice(configuration, store, clock or SystemClock()), limits or TimeLimits())
        if until is not None:
            threading.Thread(target=_stop_at_end, args=(server, until), daemon=True).start()
        previous = signal.signal(signal.SIGTERM, _was_asked)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:  # uvicorn stopped in good order and then passes Ctrl+C on
            pass
        finally:
            signal.signal(signal.SIGTERM, previous)


def make_server(office: PostOffice, limits: TimeLimits) -> MailboxServer:
    """Return a server that is not running yet."""
    config = uvicorn.Config(
        make_app(office),
        http=timed_protocol(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=int(limits.header_seconds) or 1,
        timeout_graceful_shutdown=STOP_SECONDS,
        h11_max_incomplete_event_size=_HEADER_BYTES,
    )
    return MailboxServer(config)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs listen on one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise PortTakenError(host=host, port=port, reason=type(error).__name__) from error
    return listener


def _stop_at_end(server: MailboxServer, handle: int) -> None:
    while os.read(handle, 1):  # not through a buffered stream: its lock would be held when the process ends
        pass
    server.should_exit = True


def _was_asked(_signal: int, _frame: FrameType | None) -> None:
    """Uvicorn raises the signal once more after it stopped in good order; by then there is nothing left to do."""
