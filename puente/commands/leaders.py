"""`puente leaders`: codes and links for community leaders."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click
import segno

from admin.consulted import ConsultedReader
from admin.leaders import Wanted, add_leader, invite_by
from bot.pages.ways import find_ways
from puente.console import load_channels, load_settings, open_database

if TYPE_CHECKING:
    from storage.database import Database
    from storage.published import Consultation

QR_SCALE = 8
"""Pixels a square: 300 and more across, enough for a poster's corner."""


@click.group()
def leaders() -> None:
    """Give community leaders codes, links and QR pictures."""


@leaders.command()
@click.argument("slug")
@click.argument("community")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where the QR pictures go; the working folder by default.",
)
@click.option("--language", default="", help="Her group's; the script's own by default.")
def add(slug: str, community: str, folder: Path, language: str) -> None:
    """Add a leader of COMMUNITY to consultation SLUG, and print what she needs."""
    settings = load_settings()
    with open_database(settings) as database:
        consultation = _find(database, slug)
        flow = ConsultedReader(database).find_live_flow(consultation)
        if flow is None:
            raise click.ClickException("La consulta no está publicada todavía.")
        language = language or flow.script.language
        if language not in flow.languages:
            offered = ", ".join(flow.languages)
            raise click.ClickException(
                f"La consulta no se ofrece en {language!r}, sino en {offered}."
            )
        code = add_leader(
            database,
            Wanted(consultation.id, community.strip(), language),
            chance=secrets.randbelow,
            now=settings.clock(),
            who="puente leaders",
        )
        ways = find_ways(settings.channels, load_channels(settings))
        invitation = invite_by(flow, code, language, ways)
    click.echo(f"Código: {code}")
    folder.mkdir(parents=True, exist_ok=True)
    for place, link in enumerate(invitation.links, 1):
        name = code if place == 1 else f"{code}-{place}"
        for ending in ("png", "svg"):
            file = folder / f"{name}.{ending}"
            segno.make(link, micro=False).save(str(file), scale=QR_SCALE)
        click.echo(f"Enlace: {link} (QR en {folder / name}.png y .svg)")
    click.echo(f"\nPara reenviar:\n{invitation.text}")


@leaders.command("list")
@click.argument("slug")
def list_(slug: str) -> None:
    """List the leaders of consultation SLUG and how many came by each."""
    with open_database(load_settings()) as database:
        consultation = _find(database, slug)
        with database.reading() as unit:
            found = unit.leaders.list(consultation.id)
    for one in found:
        click.echo(f"{one.code}\t{one.sessions}\t{one.community}")


def _find(database: Database, slug: str) -> Consultation:
    with database.reading() as unit:
        found = unit.consultations.find(slug)
    if found is None:
        raise click.ClickException(f"No hay ninguna consulta {slug!r}.")
    return found
