"""`puente demo`, which is `make run`: everything, with a consultation already answered."""

from __future__ import annotations

import threading
from datetime import timedelta

import click

from flows.data import find_scripts
from puente.bundled import read_source
from puente.commands.up import run_everything
from puente.console import load_settings

SLUG = "plan-digital"
CITIZENS = 40
SEED = 2026
OPEN_SINCE = timedelta(days=60)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=int, help="PORT or 8000 by default; the next free one if taken.")
def demo(host: str, port: int | None) -> None:
    """Serve everything, with simulated citizens who have answered."""
    from puente import publishing  # noqa: PLC0415 - `--help` need not wait for the database
    from puente.house import make_database  # noqa: PLC0415
    from storage.migrate import upgrade  # noqa: PLC0415

    settings = load_settings()
    upgrade(settings.database_url)
    database = make_database(settings)
    for slug in find_scripts():
        source, name = read_source(slug)
        publishing.publish(
            database,
            source,
            name,
            who="puente",
            note="demo",
            now=settings.clock(),
            opened_at=settings.clock() - OPEN_SINCE,  # the crowd answers over the last days
        )
    database.close()
    run_everything(settings, host, port, _let_them_answer)


def _let_them_answer(url: str) -> None:
    """Send the crowd without holding the supervisor up."""
    threading.Thread(target=_simulate, args=(url,), daemon=True).start()


def _simulate(url: str) -> None:
    from puente.citizens.crowd import ServerError, simulate  # noqa: PLC0415 - only where used

    click.echo(f"Teléfonos: {url}simulator/")
    try:
        summary = simulate(url, SLUG, CITIZENS, SEED)
    except ServerError as error:
        click.echo(f"The simulated citizens could not answer: {error}", err=True)
        return
    click.echo(f"Han contestado: {summary.people} personas")
