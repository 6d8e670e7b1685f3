"""``outreach pathway``; it needs no vault."""

from __future__ import annotations

import click


@click.command()
@click.argument("file")
def pathway(file: str) -> None:
    """Say who decides, which period and dates hold and what comes next, from a JSON FILE (- for standard input)."""
    from outreach_app.cli.files import print_json, read_untrusted
    from outreach_app.clock import SystemClock
    from outreach_app.domain.pathway import find_pathway
    from outreach_app.i18n import language
    from outreach_app.wire.pathway_case import pathway_to_json, read_pathway_case
    from outreach_app.wire.pathway_table import load_rule_table

    case = read_pathway_case(read_untrusted(file), SystemClock().local_now().date())
    print_json(pathway_to_json(find_pathway(case, load_rule_table()), language()))
