"""`puente metrics`: what `/metrics` says, on a host that serves no page."""

from __future__ import annotations

import click

from puente.console import load_settings


@click.command()
def metrics() -> None:
    """Write the figures of this host's processes, as Prometheus reads them."""
    settings = load_settings()
    from puente.house import make_database, make_gauges  # noqa: PLC0415 - `--help` need not wait
    from puente.metrics import collect_metrics  # noqa: PLC0415

    database = make_database(settings)
    try:
        text, _ = collect_metrics(settings.data, make_gauges(settings, database))
    finally:
        database.close()
    click.echo(text, nl=False)
