"""``batch inspect``: what anybody may see, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

from outreach_app.sync.enrolment import make_request
from tests.support.mailboxes import NOW, batch
from tests.support.sync_people import LAPTOP
from tests.unit.cli.conftest import plain


def test_what_may_be_shown_is_printed(tmp_path: Path) -> None:
    sealed, file = batch(lines=(b'{"note":"marmalade"}',)), tmp_path / "some.ob1"
    file.write_bytes(sealed.data)
    done = plain("batch", "inspect", str(file))
    found = json.loads(done.stdout)
    assert (found["file"], found["kind"], found["sha512"]) == ("some.ob1", "batch", sealed.sha512)
    assert found["outside"]["seq"] == 1
    assert found["signature"] == "not checked"
    assert "marmalade" not in done.stdout


def test_the_signature_is_checked_against_a_request(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(batch().data)
    request = make_request(
        device=LAPTOP.device, signing=LAPTOP.signing, receiving=LAPTOP.receiving.public, code="1234", label="", issued_at=NOW
    )
    (tmp_path / "request.json").write_bytes(request)
    done = plain("batch", "inspect", str(tmp_path / "b"), "--request", str(tmp_path / "request.json"))
    assert json.loads(done.stdout)["signature"] == "fits"


def test_another_file_is_a_calm_error(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"something else")
    done = plain("batch", "inspect", str(tmp_path / "x"))
    assert done.exit_code == 3
    assert "no batch" in done.stderr
