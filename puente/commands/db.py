"""`puente db`: migrations."""

from __future__ import annotations

import click

from puente.console import load_settings


@click.group()
def db() -> None:
    """Migrate the database."""


@db.command()
def upgrade() -> None:
    """Bring DATABASE_URL to the schema that this version needs."""
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415 - `--help` need not wait for it

    from storage.migrate import upgrade as migrate  # noqa: PLC0415

    settings = load_settings()
    try:
        migrate(settings.database_url)
    except OperationalError as error:
        raise click.ClickException(f"The database cannot be used: {error.orig}") from None
