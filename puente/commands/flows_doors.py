"""`puente flows open` and `close`: when people can take part in a consultation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from puente.console import load_settings, open_database

if TYPE_CHECKING:
    from datetime import datetime

    from storage.published import Consultation
    from storage.unit import Unit

WHO = click.option("--who", default="puente", help="Your e-mail, for the audit.")
FORMS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")


@click.command()
@click.argument("slug")
@click.option(
    "--at",
    type=click.DateTime(FORMS),
    help="When, in PUENTE_TIMEZONE (2026-12-15T18:00; a day alone: as it begins). Now by default.",
)
@WHO
def close(slug: str, *, at: datetime | None, who: str) -> None:
    """Close consultation SLUG; who was answering is told so when she writes again."""
    settings = load_settings()
    now = settings.clock()
    until = at.replace(tzinfo=settings.timezone) if at else None
    if until and until <= now:
        raise click.ClickException("Esa hora ya pasó; sin --at se cierra ahora.")
    with open_database(settings) as database, database.unit() as unit:
        unit.consultations.close(_find(unit, slug).id, now, who, until)
    when = f"{until:%Y-%m-%d %H:%M}" if until else "ahora"
    click.echo(f"{slug}: se cierra {when}.")


@click.command("open")
@click.argument("slug")
@WHO
def open_(slug: str, who: str) -> None:
    """Open consultation SLUG, again where it was closed or is going to be."""
    settings = load_settings()
    with open_database(settings) as database, database.unit() as unit:
        unit.consultations.open(_find(unit, slug).id, settings.clock(), who)
    click.echo(f"{slug}: está abierta.")


def _find(unit: Unit, slug: str) -> Consultation:
    found = unit.consultations.find(slug)
    if found is None:
        raise click.ClickException(f"No hay ninguna consulta {slug!r}.")
    return found
