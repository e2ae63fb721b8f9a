"""`puente db`: migrations."""

from __future__ import annotations

import click

from puente.console import explaining_database, load_settings


@click.group()
def db() -> None:
    """Migrate the database."""


@db.command()
def upgrade() -> None:
    """Bring DATABASE_URL to the schema that this version needs."""
    from storage.migrate import upgrade as migrate  # noqa: PLC0415 - `--help` need not wait

    settings = load_settings()
    with explaining_database():
        migrate(settings.database_url)
