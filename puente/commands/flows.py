"""`puente flows`: what an operator does with scripts; here what needs no database."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from flows.script.check import check_script, check_together
from flows.script.cost import estimate
from flows.script.graph import draw
from flows.script.parse import read_script
from puente.clock import now
from puente.console import load_catalogues, load_flow, load_source
from puente.lazy import Entry, LazyGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.parse import Parsed
    from flows.script.problems import Problem, Severity
    from flows.text.render import Form


FLOWS = {
    "check": Entry("puente.commands.flows:check", "Show every problem of a script."),
    "test": Entry("puente.commands.flows_test:test", "Run the conversations beside a script."),
    "publish": Entry("puente.commands.flows_revisions:publish", "Make a script the live one."),
    "list": Entry("puente.commands.flows_revisions:list_", "List what was published."),
    "diff": Entry("puente.commands.flows_revisions:diff", "Say what a script changes."),
    "show": Entry("puente.commands.flows_revisions:show", "Print a revision's script."),
    "restore": Entry("puente.commands.flows_revisions:restore", "Publish an older one again."),
    "close": Entry("puente.commands.flows_doors:close", "Close a consultation, now or later."),
    "open": Entry("puente.commands.flows_doors:open_", "Open a consultation again."),
    "import": Entry(
        "puente.commands.flows_exchange:import_", "Make one of an XLSForm or a RapidPro flow."
    ),
    "export": Entry("puente.commands.flows_exchange:export", "Write one as either of them."),
    "translate": Entry("puente.commands.flows_translate:translate", "Work with translations."),
    "voice": Entry("puente.commands.flows_voice:voice", "Keep texts that were read aloud."),
    "graph": Entry("puente.commands.flows:graph", "Draw a script as SVG."),
}

flows = LazyGroup(FLOWS, name="flows", help="Check, publish and draw consultations.")


SIGNS: dict[Severity, str] = {"error": "", "warning": " (aviso)"}
FORMS: dict[Form, str] = {"sms": "SMS", "whatsapp": "WhatsApp", "ussd": "USSD"}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check(paths: tuple[str, ...], form: str) -> None:
    """Show every problem of each script, with its line and what to do; exit 1 if any.

    Then what the longest way through each costs a person, on each kind of phone.
    """
    read, today = {path: _read(path) for path in paths}, now().date()
    together = check_together(list(read.values()))
    found = [
        (parsed.name, problem)
        for path, parsed in read.items()
        for problem in (
            *check_script(parsed, _translate(path), today=today),
            *together.get(parsed.name, ()),
        )
    ]
    if form == "json":
        rows = [_row(name, problem) for name, problem in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for name, problem in found:
            _show(name, problem)
        if not found:
            click.echo("Sin problemas.")
        for parsed in read.values():
            _show_costs(parsed)
    if any(problem.severity == "error" for _, problem in found):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("slug")
def graph(slug: str) -> None:
    """Draw the script SLUG as SVG on standard output."""
    click.echo(draw(load_flow(slug).script))


def _read(path: str) -> Parsed:
    source, name = load_source(path)
    return read_script(source, name=name)


def _translate(path: str) -> Mapping[str, Mapping[str, str]]:
    """Read what is approved of each translation: the rest reaches nobody."""
    return {
        language: {
            key: entry.translation
            for key, entry in catalogue.entries.items()
            if entry.state == "approved"
        }
        for language, catalogue in load_catalogues(path).items()
    }


def _show(name: str, problem: Problem) -> None:
    sign = SIGNS[problem.severity]
    click.echo(f"{name}:{problem.line}: {problem.code}{sign}: {problem.sentence}")
    if problem.mended is not None:
        click.echo("\n".join(f"    {line}" for line in problem.mended.splitlines()))


def _show_costs(parsed: Parsed) -> None:
    """Say what the longest way costs a person on each kind of phone."""
    if parsed.script is None:
        return
    click.echo(f"{parsed.name}: contestarla por el camino más largo")
    for form, label in FORMS.items():
        cost = estimate(parsed.script, form)
        messages = "1 mensaje" if cost.messages == 1 else f"{cost.messages} mensajes"
        line = f"  {label:9}{messages} de la persona"
        if cost.all_messages > cost.messages:
            line += f" ({cost.all_messages} con la segunda parte)"
        line += f", unos {max(1, round(cost.seconds / 60))} min"
        if form == "ussd":
            line += f", hasta {cost.session} segundos seguidos"
        click.echo(line)


def _row(name: str, problem: Problem) -> dict[str, object]:
    row = asdict(problem)
    return {"path": name, **row, "message": row["sentence"], "fix": row["mended"]}
