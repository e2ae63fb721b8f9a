"""`puente flows`: what an operator does with scripts; here what needs no database."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from flows.script.check import check_script
from flows.script.graph import draw
from flows.script.parse import read_script
from puente.console import load_flow, load_source
from puente.lazy import Entry, LazyGroup

if TYPE_CHECKING:
    from flows.script.problems import Problem


FLOWS = {
    "check": Entry("puente.commands.flows:check", "Show every problem of a script."),
    "test": Entry("puente.commands.flows_test:test", "Run the conversations beside a script."),
    "publish": Entry("puente.commands.flows_revisions:publish", "Make a script the live one."),
    "list": Entry("puente.commands.flows_revisions:list_", "List what was published."),
    "diff": Entry("puente.commands.flows_revisions:diff", "Say what a script changes."),
    "show": Entry("puente.commands.flows_revisions:show", "Print a revision's script."),
    "restore": Entry("puente.commands.flows_revisions:restore", "Publish an older one again."),
    "import": Entry(
        "puente.commands.flows_exchange:import_", "Make one of an XLSForm or a RapidPro flow."
    ),
    "export": Entry("puente.commands.flows_exchange:export", "Write one as either of them."),
    "translate": Entry("puente.commands.flows_translate:translate", "Work with translations."),
    "graph": Entry("puente.commands.flows:graph", "Draw a script as SVG."),
}

flows = LazyGroup(FLOWS, name="flows", help="Check, publish and draw consultations.")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check(paths: tuple[str, ...], form: str) -> None:
    """Show every problem of each script, with its line and what to do; exit 1 if any."""
    found = [(name, problem) for path in paths for name, problem in _problems(path)]
    if form == "json":
        rows = [_row(name, problem) for name, problem in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for name, problem in found:
            sign = "" if problem.severity == "error" else " (aviso)"
            click.echo(f"{name}:{problem.line}: {problem.code}{sign}: {problem.sentence}")
            if problem.mended is not None:
                click.echo("\n".join(f"    {line}" for line in problem.mended.splitlines()))
        if not found:
            click.echo("Sin problemas.")
    if any(problem.severity == "error" for _, problem in found):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("slug")
def graph(slug: str) -> None:
    """Draw the script SLUG as SVG on standard output."""
    click.echo(draw(load_flow(slug).script))


def _problems(path: str) -> list[tuple[str, Problem]]:
    source, name = load_source(path)
    return [(name, problem) for problem in check_script(read_script(source, name=name))]


def _row(name: str, problem: Problem) -> dict[str, object]:
    row = asdict(problem)
    return {"path": name, **row, "message": row["sentence"], "fix": row["mended"]}
