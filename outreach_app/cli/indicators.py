"""``outreach indicators`` and ``outreach assess``; neither needs a vault."""

from __future__ import annotations

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@click.option("--additions", is_flag=True, help="Also the signs named in Danish reports.")
def indicators(as_json: bool, additions: bool) -> None:
    """List the indicators of every profile."""
    from outreach_app.cli.files import print_json
    from outreach_app.i18n import language
    from outreach_app.wire.indicator_catalogue import indicator_rows, load_catalogues

    rows = indicator_rows(load_catalogues().values(), language(), additions=additions)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row.id}\t{row.strength}\t{row.label}")


@click.command()
@click.argument("file")
def assess(file: str) -> None:
    """Say what the answers in a JSON FILE (- for standard input) add up to, with the reasons."""
    from outreach_app.cli.files import print_json, read_untrusted
    from outreach_app.domain.assessment import assess as assess_answers
    from outreach_app.wire.assess import assessment_to_json, read_assess_request
    from outreach_app.wire.indicator_catalogue import load_catalogues

    request = read_assess_request(read_untrusted(file))
    catalogue = load_catalogues()[request.profile]
    print_json(assessment_to_json(assess_answers(catalogue, request.answers, request.context), catalogue))
