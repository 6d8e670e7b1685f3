"""The command behind `make messages`: extract, update, pseudo, compile, check."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tools import catalogue_check, catalogues, pseudo

ROOT = Path(__file__).resolve().parents[1]
SHOWN_AT_MOST = 40


@click.group()
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=ROOT, hidden=True)
@click.pass_context
def messages(context: click.Context, root: Path) -> None:
    """Work on the texts of the program and their translations."""
    context.obj = root


@messages.command()
@click.pass_obj
def extract(root: Path) -> None:
    """Write locales/outreach.pot from the marked texts of the source."""
    catalogues.write_if_changed(_template_path(root), catalogues.as_po(catalogues.extract(root)))


@messages.command()
@click.pass_obj
def update(root: Path) -> None:
    """Give every translation exactly the texts of the template; new ones are empty."""
    template = catalogues.load(_template_path(root))
    for language in _languages(root):
        path = root / "locales" / language / "LC_MESSAGES" / f"{catalogues.DOMAIN}.po"
        fresh = catalogues.updated(catalogues.load(path, language), template)
        catalogues.write_if_changed(path, catalogues.as_po(fresh))


@messages.command("pseudo")
@click.pass_obj
def make_pseudo(root: Path) -> None:
    """Write the pseudo-language en_XA."""
    catalog = pseudo.pseudo_catalogue(catalogues.load(_template_path(root)))
    path = root / "locales" / pseudo.LANGUAGE / "LC_MESSAGES" / f"{catalogues.DOMAIN}.po"
    catalogues.write_if_changed(path, catalogues.as_po(catalog))


@messages.command("compile")
@click.pass_context
def compile_catalogues(context: click.Context) -> None:
    """Write the pseudo-language and all .mo files."""
    if _template_path(context.obj).exists():
        context.invoke(make_pseudo)
    catalogues.compile_all(context.obj / "locales")


@messages.command()
@click.pass_obj
def check(root: Path) -> None:
    """Fail if a catalogue is stale, incomplete or has other places than the source."""
    found = catalogue_check.problems(root)
    for problem in found[:SHOWN_AT_MOST]:
        click.echo(problem, err=True)
    if len(found) > SHOWN_AT_MOST:
        click.echo(f"... and {len(found) - SHOWN_AT_MOST} more", err=True)
    if found:
        sys.exit(1)
    click.echo("The catalogues agree with the source.")


def _languages(root: Path) -> list[str]:
    present = {
        language for language, path in catalogues.translations(root / "locales") if path.stem == catalogues.DOMAIN
    }
    return sorted((present | set(catalogue_check.COMPLETE_LANGUAGES)) - {pseudo.LANGUAGE})


def _template_path(root: Path) -> Path:
    return root / "locales" / f"{catalogues.DOMAIN}.pot"


if __name__ == "__main__":
    messages()
