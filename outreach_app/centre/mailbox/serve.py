"""The mailbox as a process: one worker with its store, its figures and its log, stopped in good order by a signal."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import FrameType

if sys.platform != "win32":
    import resource

from outreach_app.centre.mailbox.configuration import load_mailbox, open_store
from outreach_app.centre.mailbox.errors import PortTakenError
from outreach_app.centre.mailbox.json_logs import json_logs, log_exchange
from outreach_app.centre.mailbox.metrics import Metrics, metrics_listener
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.server import Door, MailboxServer, make_server
from outreach_app.centre.mailbox.time_limits import TimeLimits
from outreach_app.centre.mailbox.watching import Exchange
from outreach_app.clock import Clock, SystemClock

__all__ = ["Door", "make_server", "serve"]


def serve(
    folder: Path,
    port: int,
    *,
    database: str | None = None,
    require_standby: bool = False,
    host: str = "127.0.0.1",
    clock: Clock | None = None,
    limits: TimeLimits | None = None,
    door: Door | None = None,
    metrics_port: int | None = None,
    log_json: bool = False,
    until: int | None = None,
) -> None:
    """Serve the mailbox of a centre's folder until SIGTERM or Ctrl+C.

    Args:
        folder: the centre's folder (the mailbox lies in ``mailbox/``).
        port: 0 for any free one; the real one is printed as ``listening on http://HOST:PORT``.
        database: ``postgresql://...``; SQLite in the folder when None.
        require_standby: refuse a database that acknowledges before a second node has it.
        host: address to listen on.
        clock: wall clock.
        limits: time limits for connections.
        door: who is let in and how: request rate, proxy, TLS.
        metrics_port: serve figures for Prometheus on this port of this machine; printed too.
        log_json: write the log as JSON lines, one for each request among them.
        until: also stop when this file descriptor ends: whoever holds its other side is gone.

    Raises:
        MailboxError: not set up, database unusable, port taken, certificate unusable.
    """
    configuration = load_mailbox(folder)
    used = limits or TimeLimits()
    with ExitStack() as stack:
        if log_json:
            stack.enter_context(json_logs())
        store = stack.enter_context(closing(open_store(folder, database, require_standby=require_standby)))
        listener = stack.enter_context(closing(_listen(host, port)))
        metrics, office = Metrics(store), PostOffice(configuration, store, clock or SystemClock())
        server = make_server(office, used, door or Door(), _tell(metrics, log_json=log_json))
        if metrics_port is not None:
            server.also_say = f"metrics on {stack.enter_context(metrics_listener(metrics, metrics_port))}"
        stack.enter_context(_signals(server))
        _allow_files(used.connections)
        _run(server, listener, until)


def _run(server: MailboxServer, listener: socket.socket, until: int | None) -> None:
    if until is not None:
        threading.Thread(target=_stop_at_end, args=(server, until), daemon=True).start()
    with suppress(KeyboardInterrupt):  # uvicorn stopped in good order and then passes Ctrl+C on
        server.run(sockets=[listener])


def _tell(metrics: Metrics, *, log_json: bool) -> Callable[[Exchange], None]:
    """Return who hears of every exchange."""
    if not log_json:
        return metrics.count

    def count_and_log(exchange: Exchange) -> None:
        metrics.count(exchange)
        log_exchange(exchange)

    return count_and_log


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # with TCP named, asyncio switches Nagle's algorithm off; else a body waits 40 ms for the other side's delayed ACK
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two programs listen on one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise PortTakenError(host=host, port=port, reason=type(error).__name__) from error
    return listener


def _allow_files(connections: int) -> None:
    """Each connection is an open file; many systems begin with a low limit that a program may raise itself."""
    if sys.platform == "win32":
        return
    wanted = connections * 2
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


def _stop_at_end(server: MailboxServer, handle: int) -> None:
    while os.read(handle, 1):  # not through a buffered stream: its lock would be held when the process ends
        pass
    server.should_exit = True


@contextmanager
def _signals(server: MailboxServer) -> Iterator[None]:
    """SIGTERM stops in good order, SIGHUP takes a renewed certificate into use."""
    before = {signal.SIGTERM: signal.signal(signal.SIGTERM, _was_asked)}
    if sys.platform != "win32":
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, lambda _signal, _frame: server.load_certificate_again())
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _was_asked(_signal: int, _frame: FrameType | None) -> None:
    """Uvicorn raises the signal once more after it stopped in good order; by then there is nothing left to do."""
