"""`puente export`: the same tables as the staff's pages, to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from admin.exporting import Exporter, Order
from admin.exports import EXPORTS
from admin.tables import TABLES
from admin.tables.tiers import Tier
from puente.console import load_settings, open_database
from storage.pseudonyms import Pseudonyms

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command()
@click.argument("slug")
@click.option("--table", type=click.Choice(list(TABLES)), default="long", show_default=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(EXPORTS)),
    help="What the file's name ends in, or csv, by default.",
)
@click.option(
    "--tier",
    type=click.Choice([tier.value for tier in Tier]),
    default=Tier.TEAM.value,
    show_default=True,
    help="Who may see it: what a tier forbids is left empty.",
)
@click.option("--history", is_flag=True, help="With the answers that were changed since.")
@click.option("--output", required=True, help="The file to write; - is standard output.")
def export(  # noqa: PLR0913 - its options
    slug: str, table: str, form: str | None, tier: str, output: str, *, history: bool
) -> None:
    """Write the answers to the consultation SLUG to a file."""
    form = form or _guess_form(output)
    if EXPORTS[form].tables and table not in EXPORTS[form].tables:
        raise click.ClickException(f"{form} takes --table {' or '.join(EXPORTS[form].tables)}")
    settings = load_settings()
    order = Order(slug, table, form, Tier(tier), "puente export", history=history)
    with open_database(settings) as database:
        exporter = Exporter(database, Pseudonyms(settings.keys), settings.clock, settings.timezone)
        taken = exporter.prepare(order)
        if taken is None:
            raise click.ClickException(f"no consultation {slug!r}; see: puente flows list")
        if output == "-":
            sys.stdout.buffer.writelines(taken.pieces)
        else:
            _write(taken.pieces, Path(output))


def _guess_form(output: str) -> str:
    ending = Path(output).suffix.removeprefix(".").lower()
    return next((name for name, form in EXPORTS.items() if form.extension == ending), "csv")


def _write(pieces: Iterable[bytes], path: Path) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as file:
            file.writelines(pieces)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
