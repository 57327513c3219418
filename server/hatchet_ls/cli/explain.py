"""``hatchet-ls explain``."""

from __future__ import annotations

import json
import sys

import click

from hatchet_ls.hover import full_page
from hatchet_ls.project.selectors import did_you_mean
from hatchet_ls.rules import Rule, rules


@click.command("explain")
@click.argument("rule", required=False)
@click.option("--all", "every", is_flag=True, help="Show the pages of all rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(rule: str | None, every: bool, output_format: str) -> None:
    """Show the page of a RULE: what it finds, why that is bad, and what to write instead."""
    if every == (rule is not None):
        raise click.UsageError("Name a rule, or give --all.")
    if rule is not None and rule not in rules():
        raise click.UsageError(f"unknown rule `{rule}`{did_you_mean(rule, rules())}")
    chosen = list(rules().values()) if rule is None else [rules()[rule]]
    if output_format == "json":
        records = [_record(each) for each in chosen]
        click.echo(json.dumps(records if every else records[0], indent=2))
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        console = Console()
        for each in chosen:
            console.print(Markdown(full_page(each)))
            console.print()
    else:
        click.echo("\n\n".join(full_page(each) for each in chosen))


def _record(rule: Rule) -> dict[str, str | None]:
    return {
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.value,
        "since": rule.since,
        "sdk": str(rule.sdk) if rule.sdk else None,
        "summary": rule.summary,
        "url": rule.url,
        "page": rule.page,
    }
