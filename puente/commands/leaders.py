"""`puente leaders`: codes and links for community leaders."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click
import segno

from bot.invitations import invite
from bot.pages.ways import find_ways
from flows.leader_code import make_leader_code
from puente.console import load_channels, load_settings, open_database
from puente.house import make_flows

if TYPE_CHECKING:
    from uuid import UUID

    from bot.invitations import Invitation
    from puente.settings import Settings
    from storage.database import Database

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
def add(slug: str, community: str, folder: Path) -> None:
    """Add a leader of COMMUNITY to consultation SLUG, and print what she needs."""
    settings = load_settings()
    with open_database(settings) as database:
        consultation_id = _find(database, slug)
        code = make_leader_code(secrets.randbelow)
        with database.unit() as unit:
            unit.leaders.add(
                consultation_id, code, community.strip(), settings.clock(), "puente leaders"
            )
        invitation = _invite(settings, database, consultation_id, code)
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
        consultation_id = _find(database, slug)
        with database.reading() as unit:
            found = unit.leaders.list(consultation_id)
    for one in found:
        click.echo(f"{one.code}\t{one.sessions}\t{one.community}")


def _find(database: Database, slug: str) -> UUID:
    with database.reading() as unit:
        found = next((one.id for one in unit.consultations.list() if one.slug == slug), None)
    if found is None:
        raise click.ClickException(f"No hay ninguna consulta {slug!r}.")
    return found


def _invite(settings: Settings, database: Database, consultation_id: UUID, code: str) -> Invitation:
    with database.reading() as unit:
        live = next(one for one in unit.consultations.list() if one.id == consultation_id)
        if live.revision_id is None:
            raise click.ClickException("La consulta no está publicada todavía.")
        edition = unit.consultations.get_revision(live.revision_id).edition
    script = make_flows(database).find(live.revision_id, edition).script
    keyword = script.keywords[0].upper() if script.keywords else ""
    ways = find_ways(settings.channels, load_channels(settings))
    return invite(script.title, keyword, code, ways)
