"""`puente spool`: messages of this host that could not be taken, and taking them again."""

from __future__ import annotations

import click

from bot.spool import SpoolFullError
from puente.console import load_settings
from puente.house import make_spool


@click.group()
def spool() -> None:
    """See to messages that were kept on this host's disk."""


@spool.command()
def retake() -> None:
    """Take again what was set aside, once what was wrong is mended."""
    try:
        count = make_spool(load_settings()).retake()
    except SpoolFullError as error:
        raise click.ClickException(f"No se pudo escribir ({error}); nada se perdió.") from None
    click.echo(f"Mensajes que vuelven a su lugar: {count}; puente web los toma en segundos.")
