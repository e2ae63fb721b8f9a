"""`puente outbox`: what waits to be sent, what got stuck, and stopping all of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from puente.console import load_settings
from puente.house import make_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from puente.settings import Settings
    from storage.unit import Unit

WHO = "puente outbox"
SHOWN = 50
STATES = {
    "waiting": "esperan",
    "leased": "saliendo",
    "dead": "sin enviar",
    "uncertain": "inciertos",
}


@click.group()
def outbox() -> None:
    """See what is to be sent, send again what got stuck, and stop it all."""


@outbox.command()
def show() -> None:
    """Show how many messages wait or got stuck, and the latest of these with their ids."""
    with _unit() as (settings, unit):
        stop, counts = unit.sending.find_stop(), unit.sending.count()
        stuck = unit.sending.list_stuck(SHOWN)
    if stop is not None:
        since = stop[0].astimezone(settings.timezone).strftime("%Y-%m-%d %H:%M")
        click.echo(f"Los envíos están detenidos desde {since} ({stop[1]}): puente outbox resume")
    for (channel, state), number in sorted(counts.items()):
        click.echo(f"{channel}: {number} {STATES[state]}")
    for one in stuck:
        click.echo(f"{one.id}  {one.channel}  {one.kind}  {STATES[one.state]}  {one.code}")


@outbox.command()
@click.argument("message_id", type=click.UUID)
def resend(message_id: UUID) -> None:
    """Send a stuck message again, by its id."""
    with _unit() as (settings, unit):
        is_stuck = unit.sending.resend(message_id, settings.clock(), WHO)
    if not is_stuck:
        raise click.ClickException("no hay ningún mensaje detenido con ese número")
    click.echo("Sale otra vez.")


@outbox.command()
def stop() -> None:
    """Stop all sending; replies to who writes still go back in the same response."""
    with _unit() as (settings, unit):
        is_new = unit.sending.stop(settings.clock(), WHO)
    click.echo("Detenidos todos los envíos." if is_new else "Ya estaban detenidos.")


@outbox.command()
def resume() -> None:
    """Send again what waits."""
    with _unit() as (settings, unit):
        was_stopped = unit.sending.resume(settings.clock(), WHO)
    click.echo("Los envíos siguen." if was_stopped else "No estaban detenidos.")


@contextmanager
def _unit() -> Iterator[tuple[Settings, Unit]]:
    settings = load_settings()
    database = make_database(settings)
    try:
        with database.unit() as unit:
            yield settings, unit
    finally:
        database.close()
