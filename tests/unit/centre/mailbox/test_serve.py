"""The mailbox as a process: one line says where, it stops in good order, and what it promised is there afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from outreach_app.centre.mailbox.configuration import create_mailbox, open_store
from outreach_app.centre.mailbox.errors import MailboxNotSetUpError, PortTakenError
from outreach_app.centre.mailbox.serve import _allow_files, _listen, serve
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.sync.receipts import BatchName, open_receipt
from tests.support.mailboxes import batch, device_list, entry
from tests.support.sync_people import CENTRE, LAPTOP

PROGRAM = "import sys; from pathlib import Path; from outreach_app.centre.mailbox.serve import serve; serve(Path(sys.argv[1]), 0)"


@pytest.mark.parametrize("ask", [signal.SIGTERM, signal.SIGINT])
def test_a_mailbox_in_a_process_of_its_own(tmp_path: Path, ask: signal.Signals) -> None:
    configuration = create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    store = open_store(tmp_path)
    store.put_device_list(1, device_list(entry(LAPTOP)))
    store.close()
    sealed = batch()
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            found = re.fullmatch(r"listening on (http://127\.0\.0\.1:[1-9][0-9]*)\n", said)
            assert found, said
            with HttpMailbox(found.group(1)) as laptop:
                receipt = laptop.put_batch(sealed.data)
            process.send_signal(ask)
            rest, complaints = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, rest, complaints) == (0, "", "")
    name = BatchName(LAPTOP.device, 1, 1, sealed.sha512)
    assert open_receipt(receipt, LAPTOP.receiving, configuration.receipt_public, kind="stored", batch=name).seq == 1
    store = open_store(tmp_path)
    assert store.find_receipts(sealed.sha512) == (receipt,)
    store.close()


def test_nothing_set_up(tmp_path: Path) -> None:
    with pytest.raises(MailboxNotSetUpError):
        serve(tmp_path, 0)


@pytest.mark.parametrize("port", [None, 70_000])
def test_a_port_that_cannot_be_used(tmp_path: Path, port: int | None) -> None:
    create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortTakenError):
            serve(tmp_path, port or taken.getsockname()[1])


def test_all_options_in_this_process(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    reading, writing = os.pipe()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    statuses: list[int] = []

    def ask_and_end() -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            for _ in range(200):
                with contextlib.suppress(httpx.ConnectError):
                    statuses.append(client.get("/v1/health").status_code)
                    break
                time.sleep(0.05)
        os.close(writing)

    asking = threading.Thread(target=ask_and_end)
    asking.start()
    try:
        serve(tmp_path, port, metrics_port=0, log_json=True, until=reading)
    finally:
        asking.join(timeout=30)
        os.close(reading)
    assert statuses == [204]
    said = capsys.readouterr()
    assert re.fullmatch(r"listening on http://127\.0\.0\.1:\d+\nmetrics on http://127\.0\.0\.1:\d+/metrics\n", said.out)
    assert '"code":"answered"' in said.err


def test_an_answer_leaves_at_once() -> None:
    """Headers and body are two writes: with Nagle's algorithm the second waits 40 ms for the other side's delayed ACK."""

    async def connect() -> int:
        accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def look(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with _listen("127.0.0.1", 0) as listener:
            server = await asyncio.start_server(look, sock=listener)
            _, writer = await asyncio.open_connection(*listener.getsockname())
            no_delay = await accepted
            writer.close()
            server.close()
            await server.wait_closed()
        return no_delay

    assert asyncio.run(connect()) == 1


def test_the_limit_of_open_files_is_raised_as_far_as_it_may_be() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        _allow_files(100)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 256
        _allow_files(200)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 400
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
