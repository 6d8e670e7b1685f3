"""The import contracts hold for the program, and each one catches the import it is there for."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

LAYOUT = """
outreach_app/__main__ outreach_app/program outreach_app/settings outreach_app/clock outreach_app/errors
outreach_app/i18n outreach_app/logs outreach_app/paths outreach_app/cli/__init__ outreach_app/cli/centre
outreach_app/cli/centre_custodians outreach_app/cli/centre_devices outreach_app/cli/centre_recovering outreach_app/cli/centre_state
outreach_app/cli/centre_gaps outreach_app/cli/centre_keys outreach_app/cli/centre_quarantine outreach_app/cli/centre_receipts
outreach_app/cli/centre_serving outreach_app/cli/centre_window outreach_app/cli/centre_publishing outreach_app/cli/centre_register outreach_app/centre/halves
outreach_app/cli/vault outreach_app/domain/__init__ outreach_app/domain/ids outreach_app/vault/__init__
outreach_app/vault/opening outreach_app/wire/__init__ outreach_app/wire/strict outreach_app/records/__init__
outreach_app/records/encounters outreach_app/typesetting/__init__ outreach_app/typesetting/pages
outreach_app/leaflets/__init__ outreach_app/leaflets/sheets outreach_app/reports/__init__ outreach_app/sync/__init__
outreach_app/sync/sealing outreach_app/services/__init__ outreach_app/services/recording outreach_app/services/sending
outreach_app/centre/__init__ outreach_app/centre/mailbox/__init__ outreach_app/centre/mailbox/store
outreach_app/centre/desk/__init__ outreach_app/centre/desk/register
outreach_app/own_command outreach_app/tour/__init__ outreach_app/tour/walk
ui/app ui/context ui/tasks ui/messages ui/main_window ui/cover ui/auto_lock ui/theme ui/pages/__init__
ui/pages/encounter ui/pages/timeline ui/dialogs/__init__ ui/models/__init__ ui/widgets/__init__ ui/widgets/bar
ui/desk/__init__ ui/desk/counting ui/frame ui/locking ui/page ui/page_table ui/tokens ui/icons ui/errors
""".split()  # noqa: SIM905 - a list literal of this length reads worse

GOOD = {
    "outreach_app/__main__": ["ui.app", "outreach_app.cli"],
    "outreach_app/cli/centre": ["outreach_app.centre.desk.register", "outreach_app.centre.mailbox.store"],
    "outreach_app/program": ["outreach_app.services.recording"],
    "outreach_app/services/recording": ["outreach_app.records.encounters", "outreach_app.sync.sealing"],
    "outreach_app/records/encounters": ["outreach_app.vault.opening", "outreach_app.domain.ids"],
    "outreach_app/vault/opening": ["sqlcipher3", "outreach_app.errors"],
    "outreach_app/typesetting/pages": ["reportlab.pdfgen"],
    "outreach_app/leaflets/sheets": ["outreach_app.typesetting.pages"],
    "outreach_app/centre/mailbox/store": ["sqlalchemy", "outreach_app.sync.sealing"],
    "outreach_app/centre/desk/register": ["outreach_app.vault.opening", "outreach_app.domain.ids"],
    "outreach_app/errors": ["outreach_app.i18n"],
    "ui/app": ["ui.main_window", "outreach_app.program"],
    "ui/pages/encounter": ["ui.widgets.bar", "outreach_app.services.recording"],
    "ui/desk/counting": ["outreach_app.centre.desk.register"],
}

BROKEN = [
    ("layers", "outreach_app/domain/ids", "outreach_app.vault.opening"),
    ("layers", "outreach_app/records/encounters", "outreach_app.services.sending"),
    ("layers", "outreach_app/sync/sealing", "outreach_app.leaflets.sheets"),
    ("layers", "outreach_app/errors", "outreach_app.domain.ids"),
    ("window-layers", "ui/widgets/bar", "ui.pages.encounter"),
    ("no-window-below", "outreach_app/services/recording", "PySide6.QtCore"),
    ("no-window-below", "outreach_app/cli/vault", "ui.app"),
    ("vault-alone", "outreach_app/records/encounters", "sqlcipher3"),
    ("vault-alone", "ui/pages/encounter", "sqlcipher3.dbapi2"),
    ("no-plain-sqlite", "outreach_app/vault/opening", "sqlite3"),
    ("typesetting-alone", "outreach_app/leaflets/sheets", "reportlab.pdfgen"),
    ("centre-apart", "outreach_app/services/sending", "outreach_app.centre.desk.register"),
    ("centre-apart", "outreach_app/cli/vault", "outreach_app.centre.mailbox.store"),
    ("centre-knows-little", "outreach_app/centre/desk/register", "outreach_app.records.encounters"),
    ("mailbox-blind", "outreach_app/centre/mailbox/store", "outreach_app.vault.opening"),
    ("desk-apart", "outreach_app/centre/desk/register", "outreach_app.centre.mailbox.store"),
    ("window-through-services", "ui/pages/timeline", "outreach_app.records.encounters"),
    ("desk-window-apart", "ui/desk/counting", "ui.pages.encounter"),
    ("desk-window-apart", "ui/desk/counting", "outreach_app.services.recording"),
    ("pages-apart", "ui/pages/encounter", "ui.pages.timeline"),
    ("widgets-plain", "ui/widgets/bar", "outreach_app.domain.ids"),
]


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def write_tree(folder: Path, imports: dict[str, list[str]]) -> Path:
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for name in [*LAYOUT, "outreach_app/__init__", "ui/__init__", *imports]:
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"import {module}\n" for module in imports.get(name, [])))
    return folder


def with_import(importer: str, imported: str) -> dict[str, list[str]]:
    return {**GOOD, importer: [*GOOD.get(importer, []), imported]}


def test_contracts_hold_for_the_program() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_contracts_accept_the_intended_layout(tmp_path: Path) -> None:
    result = lint(write_tree(tmp_path, GOOD))
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken" in result.stdout


@pytest.mark.parametrize(("contract", "importer", "imported"), BROKEN)
def test_each_contract_catches_its_import(tmp_path: Path, contract: str, importer: str, imported: str) -> None:
    result = lint(write_tree(tmp_path, with_import(importer, imported)), "--contract", contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "0 kept, 1 broken" in result.stdout


def test_a_circle_inside_a_package_is_caught(tmp_path: Path) -> None:
    imports = with_import("outreach_app/services/recording", "outreach_app.services.sending")
    imports["outreach_app/services/sending"] = ["outreach_app.services.recording"]
    result = lint(write_tree(tmp_path, imports), "--contract", "no-circles")
    assert "0 kept, 1 broken" in result.stdout, result.stdout + result.stderr


def test_a_package_nobody_placed_is_caught(tmp_path: Path) -> None:
    result = lint(write_tree(tmp_path, {**GOOD, "outreach_app/helpers/__init__": []}), "--contract", "layers")
    assert result.returncode == 1
    assert "helpers" in result.stdout + result.stderr


def test_every_contract_is_broken_on_purpose_somewhere() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {name for name, _, _ in BROKEN} | {"no-circles"}


DOMAIN_MAY_IMPORT = ("outreach_app.domain", "outreach_app.errors", "outreach_app.clock", "outreach_app.i18n")


def foreign_imports(source: str) -> set[str]:
    """Names imported by domain code that are neither standard library nor its few allowed neighbours."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or ".")
    return {
        name
        for name in names
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(name == allowed or name.startswith(f"{allowed}.") for allowed in DOMAIN_MAY_IMPORT)
    }


def test_the_domain_needs_the_standard_library_only() -> None:
    files = sorted((ROOT / "outreach_app" / "domain").rglob("*.py"))
    found = {path.name: foreign_imports(path.read_text()) for path in files}
    assert len(files) > 1
    assert {name: names for name, names in found.items() if names} == {}


def test_a_library_in_the_domain_is_found() -> None:
    assert foreign_imports("import msgspec\nfrom outreach_app.wire import strict\nimport re") == {
        "msgspec",
        "outreach_app.wire",
    }
