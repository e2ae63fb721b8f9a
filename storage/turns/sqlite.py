"""Turns on SQLite: a read without a lock, a short transaction with the write lock."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from storage.engines import BUSY_SECONDS, prepare_sqlite
from storage.errors import DatabaseAwayError, OvertakenError, StatementError
from storage.turns import snapshot, statements
from storage.turns.connections import Connections
from storage.turns.dialects import expand, for_sqlite, sqlite_row, sqlite_values
from storage.turns.erasure import erase
from storage.turns.linking import join
from storage.turns.rows import make_rows
from storage.turns.snapshot import load_values, make_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import URL

    from storage.records import Snapshot, TurnKey, TurnWrite
    from storage.sealing import Sealer
    from storage.turns.rows import Row, TurnRows
    from storage.turns.store import Locked
    from storage.turns.writers import Writers

GUARD = f"UPDATE contact SET {statements.GUARD_SET} WHERE {statements.GUARD_WHERE}"  # noqa: S608 - our own text
MOVE = f"UPDATE session SET {statements.SESSION_SET} WHERE id = :session_id"  # noqa: S608 - our own text
SUPERSEDE = """
UPDATE answer SET superseded_at = ?
WHERE session_id = ? AND question = ? AND superseded_at IS NULL
"""
UNIQUE = "UNIQUE constraint failed: "


def run(connection: sqlite3.Connection, sql: str, values: Mapping[str, Any]) -> sqlite3.Cursor:
    """Run one of the house's statements."""
    return connection.execute(for_sqlite(sql), sqlite_values(values))


class SqliteTurns:
    """The hot path on SQLite; see `TurnStore`.

    Args:
        url: of a file.
        writers: the queue of this process's writers.
    """

    def __init__(self, url: URL, sealer: Sealer, writers: Writers) -> None:
        self._path = url.database or ""
        self._sealer = sealer
        self._writers = writers
        count = sealer.key_count
        self._load_sql = expand(statements.LOAD, claims=count, addresses=count, dialogs=count)
        self._connections: Connections[sqlite3.Connection] = Connections(self._connect, _is_idle)

    def load(self, key: TurnKey, now: datetime) -> Snapshot:
        """Read all a turn needs to know."""
        values = load_values(self._sealer, key, now)
        with _translated(), self._connections.lend() as connection:
            return self._read(connection, values)

    def save(self, write: TurnWrite) -> bool:
        """Write a whole turn or nothing."""
        rows = make_rows(self._sealer, write)
        try:
            with self._transaction() as connection:
                self._write(connection, write, rows)
        except OvertakenError:
            return False
        return True

    @contextmanager
    def locked(self, key: TurnKey, now: datetime) -> Iterator[Locked]:
        """Hold the write lock while a turn is read, decided and saved."""
        values = load_values(self._sealer, key, now)
        with self._transaction() as connection:

            def save(write: TurnWrite) -> bool:
                connection.execute("SAVEPOINT turn")
                try:
                    with _translated():
                        self._write(connection, write, make_rows(self._sealer, write))
                except OvertakenError:
                    connection.execute("ROLLBACK TO turn")
                    return False
                return True

            yield self._read(connection, values), save

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        prepare_sqlite(connection)
        return connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._writers.turn(), _translated(), self._connections.lend() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise

    def _read(self, connection: sqlite3.Connection, values: Mapping[str, Any]) -> Snapshot:
        row = list(run(connection, self._load_sql, values).fetchone())
        for column in snapshot.ID_COLUMNS:
            row[column] = row[column] and UUID(row[column])
        for column in snapshot.TIME_COLUMNS:
            row[column] = row[column] and datetime.fromisoformat(row[column])
        return make_snapshot(self._sealer, row)

    def _write(self, connection: sqlite3.Connection, write: TurnWrite, rows: TurnRows) -> None:
        if rows.guard is not None:
            values = {f"contact_{name}": value for name, value in rows.guard.items()}
            if not run(connection, GUARD, values).rowcount:
                raise OvertakenError("a quicker turn won")
        for row in rows.superseded:
            values_ = (row["at"], row["session_id"], row["question"])
            connection.execute(SUPERSEDE, sqlite_row(values_))
        for table, of_table in rows.inserts.items():
            _insert(connection, table, of_table)
        if rows.session is not None:
            moved = {f"session_{name}": value for name, value in rows.session.items()}
            run(connection, MOVE, moved)
        erase(lambda sql, of_sql: run(connection, sql, of_sql), write.erasure)
        join(lambda sql, of_sql: run(connection, sql, of_sql), write)


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    columns = statements.TYPES[table]
    conflict = statements.CONFLICTS.get(table)
    suffix = f" ON CONFLICT {conflict}" if conflict else ""
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}){suffix}",  # noqa: S608 - our own text
        [sqlite_row([row[name] for name in columns]) for row in rows],
    )


def _is_idle(connection: sqlite3.Connection) -> bool:
    return not connection.in_transaction


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the driver's errors into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise DatabaseAwayError(f"SQLite does not serve: {error.sqlite_errorname}") from None
    except sqlite3.IntegrityError as error:
        constraint = str(error).removeprefix(UNIQUE)
        if constraint in statements.RACES:
            raise OvertakenError("a quicker turn won") from None
        raise StatementError(error.sqlite_errorname, constraint) from None
    except sqlite3.Error as error:
        raise StatementError(type(error).__name__, "") from None
