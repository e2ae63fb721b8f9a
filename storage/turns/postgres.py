"""Turns on PostgreSQL: one autocommit read, one autocommit write."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus
from sqlalchemy import create_engine

from storage.engines import CONNECT
from storage.errors import DatabaseAwayError, OvertakenError, StatementError
from storage.turns import statements
from storage.turns.compose import compose, shape_of, values_of
from storage.turns.connections import Connections
from storage.turns.dialects import expand, for_postgres
from storage.turns.erasure import erase
from storage.turns.linking import join
from storage.turns.rows import make_rows
from storage.turns.snapshot import load_values, make_snapshot
from storage.turns.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.engine import URL

    from storage.records import Snapshot, TurnKey, TurnWrite
    from storage.sealing import Sealer
    from storage.turns.rows import TurnRows
    from storage.turns.store import Locked

Connection = psycopg.Connection[tuple[Any, ...]]

OPTIONS = (
    "-c timezone=UTC -c plan_cache_mode=force_generic_plan"
    " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
)
"""The statements always look up by key, so planning them anew each time is wasted. A plan made
while a table was empty would read all of it, and do so still when it holds millions."""

LOCK = """
SELECT id FROM contact
WHERE id = (SELECT contact_id FROM address_hash WHERE hash IN (:addresses) LIMIT 1)
FOR UPDATE
"""


def run(connection: Connection, sql: str, values: Mapping[str, Any]) -> Any:
    """Run a statement that is no part of the hot path; gives the cursor."""
    text, types = for_postgres(sql)
    cursor = psycopg.RawCursor(connection)
    return cursor.execute(text, [values[name] for name in types], binary=True)


class PostgresTurns:
    """The hot path on PostgreSQL; see `TurnStore`."""

    def __init__(self, url: URL, sealer: Sealer) -> None:
        _, arguments = create_engine(url).dialect.create_connect_args(url)
        self._arguments: dict[str, Any] = {
            **arguments,
            **CONNECT,
            "autocommit": True,
            "options": OPTIONS,
        }
        self._sealer = sealer
        count = sealer.key_count
        self._load_sql = expand(statements.LOAD, claims=count, addresses=count, dialogs=count)
        self._lock_sql = expand(LOCK, addresses=count)
        self._connections: Connections[Wire] = Connections(self._connect, _is_idle)

    def load(self, key: TurnKey, now: datetime) -> Snapshot:
        """Read all a turn needs to know."""
        values = load_values(self._sealer, key, now)
        try:
            with self._connections.lend() as wire:
                return self._read(wire, values)
        except psycopg.OperationalError:
            # The server was restarted: what is idle here is dead as well.
            self._connections.drain()
        with _translated(), self._connections.lend() as wire:
            return self._read(wire, values)

    def save(self, write: TurnWrite) -> bool:
        """Write a whole turn or nothing."""
        rows = make_rows(self._sealer, write)
        try:
            with _translated(), self._connections.lend() as wire:
                try:
                    return self._write(wire, write, rows)
                except psycopg.OperationalError:
                    if wire.connection.closed:
                        self._connections.drain()
                        return False
                    raise
        except OvertakenError:
            return False

    @contextmanager
    def locked(self, key: TurnKey, now: datetime) -> Iterator[Locked]:
        """Hold the contact's row while a turn is read, decided and saved."""
        values = load_values(self._sealer, key, now)
        with _translated(), self._connections.lend() as wire, wire.connection.transaction():
            run(wire.connection, self._lock_sql, values)

            def save(write: TurnWrite) -> bool:
                try:
                    with _translated(), wire.connection.transaction():
                        return self._write(wire, write, make_rows(self._sealer, write))
                except OvertakenError:
                    return False

            yield self._read(wire, values), save

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def _connect(self) -> Wire:
        try:
            # A cursor that prepares would make psycopg forget all statements with each rollback.
            return Wire(psycopg.connect(**self._arguments, prepare_threshold=None))
        except psycopg.OperationalError:
            raise DatabaseAwayError("no connection to PostgreSQL") from None

    def _read(self, wire: Wire, values: Mapping[str, Any]) -> Snapshot:
        return make_snapshot(self._sealer, wire.fetch_one(self._load_sql, values))

    def _write(self, wire: Wire, write: TurnWrite, rows: TurnRows) -> bool:
        sql, values = compose(shape_of(rows)), values_of(rows)
        if write.erasure is None and write.joining is None:
            return _is_saved(wire.fetch_one(sql, values))
        with wire.connection.transaction():
            if not _is_saved(wire.fetch_one(sql, values)):
                return False

            def run_here(text: str, values: Mapping[str, Any]) -> Any:
                return run(wire.connection, text, values)

            erase(run_here, write.erasure)
            join(run_here, write)
            return True


def _is_saved(row: tuple[int]) -> bool:
    return row[0] > 0


def _is_idle(wire: Wire) -> bool:
    return wire.connection.pgconn.transaction_status == TransactionStatus.IDLE


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the driver's errors, whose texts may quote values, into ours."""
    try:
        yield
    except (errors.DeadlockDetected, errors.SerializationFailure):
        raise OvertakenError("a quicker turn won") from None
    except psycopg.OperationalError:
        raise DatabaseAwayError("PostgreSQL does not serve") from None
    except psycopg.Error as error:
        constraint = error.diag.constraint_name or ""
        if constraint in statements.RACES:
            raise OvertakenError("a quicker turn won") from None
        raise StatementError(error.sqlstate or type(error).__name__, constraint) from None
