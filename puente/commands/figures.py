"""`puente figures`: what was counted ahead, against the truth."""

from __future__ import annotations

import click

from admin.consulted import ConsultedReader
from admin.rollups import Figurer
from puente.console import load_settings, open_database

SAYINGS = {
    True: "cuadra",
    None: "hubo cambios después de la última cuenta, o no hay ninguna",
    False: "NO cuadra",
}


@click.group()
def figures() -> None:
    """Check the figures that are counted ahead."""


@figures.command()
def check() -> None:
    """Count everything and compare it with what was counted ahead; exit 1 where it differs.

    Where something has happened since the last count, nothing can be said: look again.
    """
    settings = load_settings()
    found: dict[str, bool | None] = {}
    with open_database(settings) as database:
        reader = ConsultedReader(database)
        figurer = Figurer(database, reader)
        for consulted in reader.all():
            found[consulted.consultation.slug] = figurer.check(consulted, settings.clock())
    for slug, agrees in found.items():
        click.echo(f"{slug}: {SAYINGS[agrees]}")
    if False in found.values():
        raise click.ClickException("Espere a la próxima cuenta y revise otra vez.")
