"""One vault made once; each test that wants one works on a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.vaults import Template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template.made(tmp_path_factory.mktemp("vault"), "first")


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    return template.copy(tmp_path / "vault")
