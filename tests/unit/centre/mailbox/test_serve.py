"""The mailbox as a process: one line says where, it stops in good order, and what it promised is there afterwards."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.configuration import create_mailbox, open_store
from outreach_app.centre.mailbox.errors import MailboxNotSetUpError, PortTakenError
from outreach_app.centre.mailbox.serve import serve
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
