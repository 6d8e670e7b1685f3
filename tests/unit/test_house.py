"""The house rules that a machine can see, each with a sentence that says what to do."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import outreach_app
import ui
from outreach_app.errors import KnownError
from tools import catalogue_check, catalogues

ROOT = Path(__file__).resolve().parents[2]
CODE = ("outreach_app", "ui", "tools", "tests")
PROGRAM = ("outreach_app.", "ui.")
PROGRAM_FOLDERS = ("outreach_app/", "ui/")
LONGEST_FILE = 300
LONGEST_FUNCTION = 30  # without its docstring
LONGER_FOR_A_REASON: dict[str, str] = {}  # path: the reason a reader would accept
MAY_PRINT = ("outreach_app/cli/", "tools/", "tests/")

# Written in pieces, so that this file does not hold what it looks for.
_HOSTS = "|".join(
    re.escape(host) for host in ("pypi" + ".org", "python" + "hosted", "npmjs" + ".", "debian" + ".org", "conda" + ".io")
)
_MACHINE_PATHS = "|".join(("/work" + "/(?:main|shared|steering)", "/root" + "/", "/home" + "/[a-z]", "/tm" + "p/brief"))
NOT_FOR_THE_TREE = re.compile(f"{_HOSTS}|{_MACHINE_PATHS}")
TEXT_ENDINGS = {".py", ".md", ".toml", ".lock", ".sh", ".json", ".sql", ".po", ".pot", ".spec", ".txt", ".ini", ".svg", ".qss", ""}


def tracked_files() -> list[Path]:
    """What is, or would be, committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    return [path for name in sorted(set(listed.splitlines())) if (path := ROOT / name).is_file()]


def code_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".py" and named(path).startswith(CODE)]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_file_says_its_one_reason() -> None:
    silent = []
    for path in code_files():
        tree = ast.parse(path.read_text())
        if tree.body and ast.get_docstring(tree) is None:
            silent.append(named(path))
    assert silent == [], "begin these files with a docstring that says what they are for"


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {named(path): len(path.read_text().splitlines()) for path in code_files()}
    too_long = {name: n for name, n in lengths.items() if n > LONGEST_FILE and name not in LONGER_FOR_A_REASON}
    assert too_long == {}, "split by reason, or add the file to LONGER_FOR_A_REASON with one"
    assert set(LONGER_FOR_A_REASON) <= set(lengths), "these exceptions are no longer needed"


def long_functions(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = ast.get_docstring(node) is not None
            told = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            if (node.end_lineno or 0) - node.lineno + 1 - told > LONGEST_FUNCTION:
                found.append(node.name)
    return found


def test_no_function_is_longer_than_a_screen() -> None:
    files = [path for path in code_files() if not named(path).startswith("tests/")]
    found = {named(path): names for path in files if (names := long_functions(path.read_text()))}
    assert found == {}, "take a part out and give it a name"


def test_a_long_function_is_found_and_its_docstring_is_free() -> None:
    body = "    x = 1\n" * LONGEST_FUNCTION
    assert long_functions(f"def long():\n{body}") == ["long"]
    assert long_functions(f'def fits():\n    """Told\n\n    at length."""\n{body[:-10]}') == []


def unwanted_lines(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if NOT_FOR_THE_TREE.search(line)]


def test_no_registry_and_no_machine_is_named() -> None:
    found = {}
    for path in tracked_files():
        if path.suffix in TEXT_ENDINGS and (lines := unwanted_lines(path.read_text(errors="replace"))):
            found[named(path)] = lines
    assert found == {}, "name neither hosts of package registries nor folders of one machine"


@pytest.mark.parametrize("line", ["https://py" + "pi.org/simple", "cd /root" + "/x", "see /home" + "/anna/notes"])
def test_what_may_not_be_named_is_found(line: str) -> None:
    assert unwanted_lines(f"good\n{line}\n") == [2]


def prints(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno


def test_only_commands_print() -> None:
    found = {
        named(path): lines
        for path in code_files()
        if not named(path).startswith(MAY_PRINT) and (lines := list(prints(path.read_text())))
    }
    assert found == {}, "return a value, raise a KnownError or use outreach_app.logs"


def test_no_sentence_hides_inside_a_formatted_string() -> None:
    """There the collector of texts does not find it, and it stays English for ever."""
    hidden = re.compile(r"""f"[^"\n]*\{[N_]*_\(['"]|f'[^'\n]*\{[N_]*_\(['"]""")
    files = [path for path in code_files() if named(path).startswith(PROGRAM_FOLDERS)]
    assert [named(path) for path in files if hidden.search(path.read_text())] == [], "give the sentence a line of its own"


def test_pictures_of_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text()
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    links = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    assert [name for name in {*pictures, *links} if not (ROOT / name).exists()] == []


def known_errors() -> list[type[KnownError]]:
    """Every subclass of KnownError in the program, found by importing all modules but its entry."""
    for package in (outreach_app, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(".__main__") and ".migrations" not in module.name:
                importlib.import_module(module.name)

    def below(kind: type[KnownError]) -> Iterator[type[KnownError]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    return sorted(
        {kind for kind in below(KnownError) if kind.__module__.startswith(PROGRAM)},
        key=lambda kind: f"{kind.__module__}.{kind.__name__}",
    )


def test_errors_live_in_one_module_per_package_and_say_so_in_their_name() -> None:
    stray = [kind for kind in known_errors() if not kind.__module__.endswith(".errors")]
    assert stray == [], "move these to their package's errors.py"
    assert [kind for kind in known_errors() if not kind.__name__.endswith("Error")] == []


def test_every_error_has_its_own_documented_sentence() -> None:
    kinds = known_errors()
    assert len(kinds) > 3
    assert [kind for kind in kinds if not (kind.__doc__ or "").strip()] == []
    shouting = [kind for kind in kinds if "!" in kind.message or not kind.message.rstrip().endswith((".", "?"))]
    assert shouting == [], "a calm whole sentence, without exclamation marks"


def test_sentences_of_errors_can_be_translated_and_filled_in() -> None:
    template = catalogues.extract(ROOT)
    assert [kind for kind in known_errors() if kind.message not in template] == [], "mark the sentence with N_()"
    for kind in known_errors():
        filled = kind(**{place[1:-1]: 1 for place in catalogue_check.places(kind.message)}).sentence()
        assert filled
        assert "{" not in filled
