"""``centre serve`` as people start it: its options reach the mailbox, and a bad combination is said at once."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.cli.main import cli
from tests.support.lines import self_signed
from tests.support.sync_people import CENTRE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_mailbox(tmp_path / "server", CENTRE.root.public, CENTRE.desk.public)
    return tmp_path / "server"


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "outreach_app", "centre", "serve", str(folder), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.kill()


def test_tls_figures_rates_and_log_lines(folder: Path, tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    options = ["--certificate", certificate, "--key", key, "--metrics-port", "0", "--log-json", "--requests-per-minute", "2"]
    with served(folder, *map(str, options)) as (process, address):
        assert address.startswith("https://127.0.0.1:")
        assert process.stdout is not None
        figures = process.stdout.readline().split()[-1]
        with httpx.Client(base_url=address, verify=ssl.create_default_context(cafile=certificate), trust_env=False) as client:
            assert [client.get("/v1/health").status_code for _ in range(3)] == [204, 204, 429]
        assert "outreach_mailbox_requests_total" in httpx.get(figures, trust_env=False).text
        if hasattr(signal, "SIGHUP"):
            process.send_signal(signal.SIGHUP)
            certificate.write_text("no certificate")
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=60)
        assert process.returncode == 0
    lines = [json.loads(line) for line in complaints.splitlines()]
    assert [line["status"] for line in lines if line["code"] == "answered"] == [204, 204, 429]
    assert {line["level"] for line in lines} <= {"info", "error"}
    assert any(line["code"].startswith("certificate_") for line in lines)


def test_behind_a_proxy_addresses_are_counted_one_by_one(folder: Path) -> None:
    with (
        served(folder, "--behind-proxy", "--requests-per-minute", "1") as (_, address),
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        asked = [client.get("/v1/health", headers={"x-forwarded-for": one}).status_code for one in ("10.0.0.1", "10.0.0.2") * 2]
    assert asked == [204, 204, 429, 429]


def test_it_ends_with_its_input(folder: Path) -> None:
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "outreach_app", "centre", "serve", str(folder), "--port", "0", "--until-input-ends"]
    with subprocess.Popen(command, stdin=reading, stdout=subprocess.PIPE, text=True) as process:
        os.close(reading)
        assert process.stdout is not None
        process.stdout.readline()
        os.close(writing)
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("option", ["--certificate", "--key"])
def test_certificate_and_key_belong_together(folder: Path, option: str) -> None:
    result = CliRunner().invoke(cli, ["centre", "serve", str(folder), "--port", "0", option, "file.pem"])
    assert result.exit_code == 2
    assert "together" in result.output


def test_a_certificate_that_cannot_be_used(folder: Path) -> None:
    files = ["--certificate", str(folder / "none.pem"), "--key", str(folder / "none.key")]
    result = CliRunner().invoke(cli, ["centre", "serve", str(folder), "--port", "0", *files])
    assert result.exit_code == 3
    assert "none.pem" in result.output
