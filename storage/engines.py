"""Make connections to the two databases as the house wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL

BUSY_SECONDS = 20
"""How long a writer waits for another process's write on SQLite."""
CONNECT_SECONDS = 5
"""How long a server may take to accept a connection before it counts as away."""
CONNECT = {"connect_timeout": CONNECT_SECONDS, "client_encoding": "utf8"}
"""What a connection to PostgreSQL is opened with, whatever the server has as its default."""

WRITES = "puente_writes"
"""Execution option of a connection that is going to write."""


def read_url(text: str) -> URL:
    """Read `DATABASE_URL`; `postgres://`, which some hosts still give, is PostgreSQL too."""
    url = make_url(text)
    return (
        url.set(drivername="postgresql+psycopg") if url.drivername.startswith("postgres") else url
    )


def make_engine(url: URL, pool_size: int) -> Engine:
    """Make the engine of one database.

    Without pre-ping: it would cost every unit of work a round trip. On SQLite a unit that
    writes takes the write lock at once, as one that asks for it later can be refused.
    """
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=pool_size,
            max_overflow=-1,
            connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
        )
        event.listen(engine, "connect", prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=-1,
        # Times that SQL writes as text are of one form, whatever the server has as its own.
        connect_args={**CONNECT, "options": "-c timezone=UTC -c datestyle=ISO"},
    )


def prepare_sqlite(connection: Any, _record: Any = None) -> None:
    """Set what SQLite would otherwise decide for us, on a new connection."""
    # FULL: with NORMAL the last commits may be lost when the power fails.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
