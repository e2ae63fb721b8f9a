"""`puente flows`: check, publish, list and draw consultations."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from flows.script.check import check_script
from flows.script.graph import draw
from flows.script.parse import read_script
from puente.bundled import UnknownScriptError, find_flow, read_source

if TYPE_CHECKING:
    from flows.script.problems import Problem


@click.group()
def flows() -> None:
    """Check, publish and draw consultations."""


@flows.command()
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


@flows.command()
@click.argument("path")
@click.option("--allow-drafts", is_flag=True, help="Publish, and offer no unapproved language.")
@click.option("--note", default="", help="What changed, for who comes after.")
def publish(path: str, *, allow_drafts: bool, note: str) -> None:  # noqa: ARG001 - one language yet
    """Publish the script at PATH as the live revision of its consultation."""
    from puente import publishing  # noqa: PLC0415 - checking needs no database
    from puente.console import load_settings  # noqa: PLC0415
    from puente.house import make_database  # noqa: PLC0415
    from storage.errors import OvertakenError  # noqa: PLC0415

    source, name = _read(path)
    settings = load_settings()
    database = make_database(settings)
    now = settings.clock()
    try:
        revision = publishing.publish(database, source, name, who="puente", note=note, now=now)
    except publishing.BrokenScriptError as error:
        raise click.ClickException(
            f"{name}: {len(error.problems)} mistakes; see: puente flows check {path}"
        ) from error
    except OvertakenError as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.close()
    click.echo(f"{name}: revision {revision.number}.{revision.edition}")


@flows.command("list")
def list_() -> None:
    """List the consultations, with their live revision."""
    from puente.console import load_settings  # noqa: PLC0415 - as above
    from puente.house import make_database  # noqa: PLC0415

    settings = load_settings()
    database = make_database(settings)
    with database.reading() as unit:
        for one in unit.consultations.list():
            live = "-"
            if one.revision_id is not None:
                revision = unit.consultations.get_revision(one.revision_id)
                live = f"{revision.number}.{revision.edition}"
            state = "abierta" if one.is_open(settings.clock()) else "cerrada"
            click.echo(f"{one.slug}\t{live}\t{state}\t{one.title}")
    database.close()


@flows.command()
@click.argument("slug")
def graph(slug: str) -> None:
    """Draw the script SLUG as SVG on standard output."""
    try:
        click.echo(draw(find_flow(slug).script))
    except UnknownScriptError as error:
        raise click.ClickException(str(error)) from error


def _read(path: str) -> tuple[bytes, str]:
    try:
        return read_source(path)
    except UnknownScriptError as error:
        raise click.ClickException(str(error)) from error


def _problems(path: str) -> list[tuple[str, Problem]]:
    source, name = _read(path)
    return [(name, problem) for problem in check_script(read_script(source, name=name))]


def _row(name: str, problem: Problem) -> dict[str, object]:
    row = asdict(problem)
    return {"path": name, **row, "message": row["sentence"], "fix": row["mended"]}
