"""`puente flows`, what needs the database: publish, list, show, compare and restore revisions."""

from __future__ import annotations

import json
from contextlib import contextmanager
from difflib import unified_diff
from typing import TYPE_CHECKING

import click

from bot import publishing
from bot.voices import list_unrecorded
from flows.script.changes import list_changes
from flows.script.parse import read_script
from puente.console import load_catalogues, load_settings, load_source, open_database
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Script
    from puente.settings import Settings
    from storage.database import Database
    from storage.published import Consultation, Revision
    from storage.unit import Unit

WHO = click.option("--who", default="puente", help="Your e-mail, for the list of revisions.")
NOTE = click.option("--note", default="", help="What changed, for who comes after.")
OVER = click.option(
    "--over",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    help="Only while this is still the live revision; 0: only while there is none.",
)


@click.command()
@click.argument("path")
@click.option("--allow-drafts", is_flag=True, help="Publish, and offer no unapproved language.")
@NOTE
@WHO
@OVER
def publish(path: str, *, allow_drafts: bool, note: str, who: str, over: int | None) -> None:
    """Publish the script at PATH as the live revision of its consultation.

    The translations beside it (quc.po …) are offered with it, once they are approved whole.
    It says what is other than in the revision that was live, as `diff` does beforehand.
    """
    source, name = load_source(path)
    catalogues = load_catalogues(path)
    settings = load_settings()
    now = settings.clock()
    script = read_script(source, name=name).script
    with open_database(settings) as database, _telling(path):
        live = _find_live(database, script.slug) if script else None
        revision = publishing.publish(
            database,
            source,
            name,
            who=who,
            note=note,
            now=now,
            over=(live.number if live else 0) if over is None else over,
            catalogues=catalogues,
            allow_drafts=allow_drafts,
        )
    offered = ", ".join(("es", *json.loads(revision.texts)))
    click.echo(f"{name}: {_name(revision)} ({offered})")
    for problem in list_unrecorded(revision):
        click.echo(f"{name}:{problem.line}: {problem.code} (aviso): {problem.sentence}")
    before = read_script(live.source.encode(), name=name).script if live else None
    if before and script:
        _tell_changes(before, script)


@click.command()
@click.argument("slug")
@click.argument("number", type=int)
@NOTE
@WHO
@OVER
def restore(slug: str, number: int, *, note: str, who: str, over: int | None) -> None:
    """Publish revision NUMBER of SLUG again, as a new one; who is answering notices nothing."""
    settings = load_settings()
    now = settings.clock()
    with _telling(slug), open_database(settings) as database, database.unit() as unit:
        revision = publishing.restore(unit, slug, number, who=who, note=note, now=now, over=over)
    click.echo(f"{slug}: {_name(revision)} (como la {number})")


@click.command("list")
@click.argument("slug", required=False)
def list_(slug: str | None) -> None:
    """List the consultations (or SLUG alone) and their revisions, the newest first."""
    settings = load_settings()
    with open_database(settings) as database, database.reading() as unit:
        found = unit.consultations.list() if slug is None else [_get_consultation(unit, slug)]
        for consultation in found:
            revisions = unit.consultations.list_revisions(consultation.id)
            for line in _describe(consultation, list(revisions), settings):
                click.echo(line)


@click.command()
@click.argument("slug")
@click.argument("number", type=int, required=False)
def show(slug: str, number: int | None) -> None:
    """Print the script of revision NUMBER of SLUG, of the live one by default."""
    with open_database(load_settings()) as database, database.reading() as unit, _telling(slug):
        revision = publishing.get_revision(unit, slug, number)
    click.echo(revision.source, nl=False)


@click.command()
@click.argument("path")
@click.option("--revision", type=int, metavar="NUMBER", help="Compare with this one, not the live.")
@click.option("--format", "form", type=click.Choice(["changes", "text"]), default="changes")
def diff(path: str, revision: int | None, form: str) -> None:
    """Say what the script at PATH would change, one thing a line (or as a diff of the text).

    A line with «!» is a change after which answers from before and after differ in meaning.
    """
    source, name = load_source(path)
    new = _read(source, name, path)
    with open_database(load_settings()) as database, database.reading() as unit, _telling(path):
        old = publishing.get_revision(unit, new.slug, revision)
    if form == "text":
        was, now = (text.splitlines() for text in (old.source, source.decode()))
        lines = unified_diff(was, now, f"{new.slug}, {_name(old)}", name, lineterm="")
        click.echo("\n".join(lines))
        return
    if not _tell_changes(_read(old.source.encode(), _name(old), path), new):
        click.echo(f"Igual que la {_name(old)}.")


def _tell_changes(before: Script, after: Script) -> bool:
    """Say what is other, one thing a line; tell whether anything is."""
    changes = list_changes(before, after)
    for change in changes:
        click.echo(f"{'!' if change.is_grave else '-'} {change.sentence}")
    return bool(changes)


@contextmanager
def _telling(what: str) -> Iterator[None]:
    """End the command with a sentence where publishing refuses."""
    try:
        yield
    except publishing.BrokenScriptError as error:
        count = len(error.problems)
        raise click.ClickException(
            f"{what} tiene {count} errores; véalos con: puente flows check {what}"
        ) from None
    except publishing.UnreviewedError as error:
        raise click.ClickException("\n".join(_list_unreviewed(error))) from None
    except publishing.UnknownRevisionError as error:
        raise click.ClickException(str(error)) from None
    except OvertakenError:
        raise click.ClickException(
            "Mientras tanto alguien más publicó, y no se publicó lo suyo. "
            "Vea qué con: puente flows list, puente flows diff"
        ) from None


def _list_unreviewed(error: publishing.UnreviewedError) -> Iterator[str]:
    yield "No se publicó: hay traducciones sin aprobar, y nadie recibe un texto sin revisar."
    for language, missing in error.missing.items():
        yield f"{language}: textos sin aprobar: {len(missing)}"
        yield from (f"  {language}: {key}: {why}" for key, why in missing.items())
    yield "Apruébelas (puente flows translate approve) o publique sin ellas (--allow-drafts)."


def _find_live(database: Database, slug: str) -> Revision | None:
    with database.reading() as unit:
        return unit.consultations.find_live(slug)


def _get_consultation(unit: Unit, slug: str) -> Consultation:
    found = unit.consultations.find(slug)
    if found is None:
        raise click.ClickException(f"no hay una consulta {slug!r}; véalas con: puente flows list")
    return found


def _read(source: bytes, name: str, path: str) -> Script:
    script = read_script(source, name=name).script
    if script is None:
        raise click.ClickException(f"{name} no se puede leer; vea: puente flows check {path}")
    return script


def _name(revision: Revision) -> str:
    return f"revisión {revision.number}.{revision.edition}"


def _describe(
    consultation: Consultation, revisions: list[Revision], settings: Settings
) -> Iterator[str]:
    state = "abierta" if consultation.is_open(settings.clock()) else "cerrada"
    live = next((one for one in revisions if one.id == consultation.revision_id), None)
    number = f"{live.number}.{live.edition}" if live else "-"
    yield f"{consultation.slug}\t{number}\t{state}\t{consultation.title}"
    for one in revisions:
        at = f"{one.published_at.astimezone(settings.timezone):%Y-%m-%d %H:%M}"
        mark = "en vivo" if one is live else ""
        yield f"\t{one.number}.{one.edition}\t{at}\t{one.who}\t{mark}\t{one.note}".rstrip()
