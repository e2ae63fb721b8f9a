"""Bring a database to the schema this code needs, and tell whether it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.engines import WRITES, make_engine, read_url
from storage.errors import DatabaseAwayError, EncodingError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

UPGRADE_LOCK = 7_083_273_368_301
"""The advisory lock of upgrades on PostgreSQL; any number nobody else uses."""


def upgrade(url: str) -> None:
    """Apply the migrations a database lacks, all in one transaction.

    Two processes may do so at once: the second waits, and finds nothing left to do.

    Raises:
        EncodingError: the database could not hold every language's letters.
    """
    engine = make_engine(read_url(url), pool_size=1).execution_options(**{WRITES: True})
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                _check_encoding(connection)
                connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _check_encoding(connection: Connection) -> None:
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise EncodingError(
            f"it is encoded in {encoding}; make it anew: "
            "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )


def is_current(engine: Engine) -> bool:
    """Tell whether a database has exactly the migrations this code knows.

    Raises:
        DatabaseAwayError: it cannot be asked.
    """
    try:
        with engine.connect() as connection:
            return set(MigrationContext.configure(connection).get_current_heads()) == heads()
    except OperationalError as error:
        raise DatabaseAwayError(f"{engine.dialect.name} does not serve") from error


@cache
def heads() -> frozenset[str]:
    """Name the newest migration; a set, as Alembic would allow several."""
    return frozenset(read_scripts().get_heads())


def read_scripts() -> ScriptDirectory:
    """Read the migrations this code knows."""
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))  # ConfigParser's %
    config.set_main_option("path_separator", "os")
    return config
