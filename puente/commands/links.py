"""`puente links`: which WhatsApps were linked to which numbers, and parting them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.folio import find_folio
from puente.console import load_settings, open_database

if TYPE_CHECKING:
    from uuid import UUID

WHO = "puente links"
SHOWN = 50


@click.group()
def links() -> None:
    """See which WhatsApps were linked to numbers by a code, and part them again."""


@links.command("list")
@click.option("--folio", default="", help="Only those of whoever has this folio.")
def list_(folio: str) -> None:
    """List the latest links: id, when, how many conversations came with it, and if it stands."""
    sought = find_folio(folio) if folio else ""
    if sought is None:
        raise click.ClickException(f"{folio!r} no es un folio")
    settings = load_settings()
    with open_database(settings) as database, database.reading() as unit:
        found = unit.links.list(SHOWN, sought)
    for one in found:
        at = one.linked_at.astimezone(settings.timezone).strftime("%Y-%m-%d %H:%M")
        click.echo(f"{one.id}  {at}  {one.sessions}  {'separado' if one.parted_at else 'unido'}")


@links.command()
@click.argument("link_id", type=click.UUID)
def part(link_id: UUID) -> None:
    """Part a WhatsApp and a number again, by the id of their link."""
    settings = load_settings()
    with open_database(settings) as database, database.unit() as unit:
        is_parted = unit.links.part(link_id, settings.clock(), WHO)
    if not is_parted:
        raise click.ClickException("no hay ningún vínculo con ese número que se pueda separar")
    click.echo("Separados. Lo que comenzó después de unirlos queda con el número.")
