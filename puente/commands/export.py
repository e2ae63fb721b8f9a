"""`puente export`: the same tables as the staff's pages, to a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from admin.exporting import Exporter, Order
from admin.exports import EXPORTS
from admin.tables import TABLES
from admin.tables.tiers import Tier
from puente.console import load_settings
from puente.house import make_database
from storage.pseudonyms import Pseudonyms


@click.command()
@click.argument("slug")
@click.option("--table", type=click.Choice(list(TABLES)), default="long", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(list(EXPORTS)), default="csv", show_default=True
)
@click.option("--tier", type=click.Choice([tier.value for tier in Tier]), default=Tier.TEAM.value)
@click.option("--history", is_flag=True, help="With the answers that were changed since.")
@click.option("--output", required=True, help="The file to write; - is standard output.")
def export(slug: str, table: str, form: str, tier: str, output: str, *, history: bool) -> None:  # noqa: PLR0913 - its options
    """Write the answers to the consultation SLUG to a file."""
    if EXPORTS[form].tables and table not in EXPORTS[form].tables:
        raise click.ClickException(f"{form} takes --table {' or '.join(EXPORTS[form].tables)}")
    settings = load_settings()
    database = make_database(settings)
    exporter = Exporter(database, Pseudonyms(settings.keys), settings.clock, settings.timezone)
    taken = exporter.prepare(Order(slug, table, form, Tier(tier), "puente export", history=history))
    if taken is None:
        raise click.ClickException(f"no consultation {slug!r}; see: puente flows list")
    if output == "-":
        sys.stdout.buffer.writelines(taken.pieces)
    else:
        path = Path(output)
        draft = path.with_name(f".{path.name}.part")
        try:
            with draft.open("wb") as file:
                file.writelines(taken.pieces)
            draft.replace(path)
        except OSError as error:
            raise click.ClickException(f"{output} cannot be written: {error.strerror}") from error
    database.close()
