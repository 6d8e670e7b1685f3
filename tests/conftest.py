"""Every test runs offscreen, in an empty home, with the same random choices, and leaves the process as it found it."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

_HOME = tempfile.mkdtemp(prefix="outreach-test-home-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
for _name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LANGUAGE"):
    os.environ.pop(_name, None)
os.environ |= {
    "HOME": _HOME,
    "QT_QPA_PLATFORM": "offscreen",
    "QT_ACCESSIBILITY": "0",
    "QT_ENABLE_HIGHDPI_SCALING": "0",
    "NO_COLOR": "1",
}  # before anything imports Qt

import pytest  # noqa: E402 - the environment above comes first
from hypothesis import HealthCheck, settings  # noqa: E402

from outreach_app import content, i18n  # noqa: E402
from tests.support import derivation  # noqa: E402
from tests.support.in_memory import folder_in_memory  # noqa: E402
from tests.support.scheduling import LongestFirst  # noqa: E402
from tools import catalogues  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
WATCHED = ("HOME", "QT_QPA_PLATFORM", "PATH", "LANG", "LANGUAGE", "LC_ALL", "TZ")

settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, max_examples=1000)  # by hand: pytest --hypothesis-profile=search
settings.load_profile("ci")


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LongestFirst:
    return LongestFirst(config, log)


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return  # once, not in each parallel worker
    catalogues.compile_all(ROOT / "locales")
    memory = folder_in_memory()
    if memory is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before anything is made for a test, also what is shared: passphrases are derived quickly where that is not the point."""
    derivation.use_real() if item.get_closest_marker("real_derivation") else derivation.use(derivation.QuickDerivation)


def _state() -> dict[str, object]:
    return {
        **{name: os.environ.get(name) for name in WATCHED},
        "working folder": str(Path.cwd()),
        "interface language": i18n.language(),
        "content": content.content_in_use().sha256,
        "umask": _umask(),
    }


def _umask() -> int:
    present = os.umask(0o022)
    os.umask(present)
    return present


def _put_back(state: dict[str, object]) -> None:
    for name in WATCHED:
        os.environ.pop(name, None)
        if state[name] is not None:
            os.environ[name] = str(state[name])
    os.chdir(str(state["working folder"]))
    i18n.use_language(str(state["interface language"]))
    os.umask(int(str(state["umask"])))
    content.use_content(content.NOTHING)


@pytest.fixture(autouse=True)
def nothing_leaks():
    """A test that changes the process for the ones after it fails itself."""
    before = _state()
    yield
    after = _state()
    changed = {name: after[name] for name in before if before[name] != after[name]}
    if changed:
        _put_back(before)  # so that only the test that leaked fails
    assert not changed, f"this test left changed: {changed}"


@pytest.fixture
def interface_language():
    """Switch the interface language in a test; English again afterwards."""
    yield i18n.use_language
    i18n.use_language("en")


if sys.platform == "linux" and not os.environ.get("LC_ALL"):
    os.environ["LC_ALL"] = "C.UTF-8"  # the same sorting and encodings on every machine
