"""The database: where units of work begin, and the hot path."""

from __future__ import annotations

import os
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from storage.engines import WRITES, make_engine, read_url
from storage.errors import DatabaseAwayError
from storage.sealing import Sealer
from storage.turns.sqlite import SqliteTurns
from storage.turns.writers import Writers
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from storage.sealing import PhoneKeys
    from storage.turns.store import TurnStore

Found = TypeVar("Found")

POOL_SIZE = 5
"""Connections kept open for units of work; more are made while more are needed."""


class Database:
    """One database, on either engine; shared by all threads of a process.

    Args:
        url: `postgresql://…`, or `sqlite:///` and the path of a file.
        keys: seal and open what is personal.
        entropy: gives n random bytes.

    Attributes:
        engine: for migrations' checks; everything else goes through units.
        turns: the hot path.
    """

    engine: Engine
    turns: TurnStore

    def __init__(
        self, url: str, keys: PhoneKeys, *, entropy: Callable[[int], bytes] = os.urandom
    ) -> None:
        parsed = read_url(url)
        self.engine = make_engine(parsed, POOL_SIZE)
        self._writing = self.engine.execution_options(**{WRITES: True})
        self._reading = self.engine
        self._sealer = Sealer(keys, entropy)
        if self.engine.dialect.name == "sqlite":
            self._writers: Writers | None = Writers()
            self.turns = SqliteTurns(parsed, self._sealer, self._writers)
        else:
            self._writers = None
            self._reading = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            # Imported here: beside SQLite nobody needs psycopg, which is not small.
            from storage.turns.postgres import PostgresTurns  # noqa: PLC0415

            self.turns = PostgresTurns(parsed, self._sealer)

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """Begin a unit of work: it is kept as a whole when left without an exception.

        Nothing slow belongs inside (on SQLite nobody else writes meanwhile), nor another unit.

        Raises:
            DatabaseAwayError: the database cannot be reached, or stays locked.
        """
        with self._writers.turn() if self._writers else nullcontext():
            yield from self._work(self._writing, is_kept=True)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Begin a unit that only reads, however long: it holds nobody up, and sees one moment.

        Raises:
            DatabaseAwayError: the database cannot be reached.
        """
        yield from self._work(self._reading, is_kept=False)

    def read(self, find: Callable[[Unit], Found]) -> Found:
        """Read something a turn waits for: a connection that broke while idle is retried once.

        Raises:
            DatabaseAwayError: also the second time.
        """
        try:
            with self.reading() as unit:
                return find(unit)
        except DatabaseAwayError:
            with self.reading() as unit:
                return find(unit)

    def session(self) -> Session:
        """Make a plain session, for Flask-Security's datastore alone, which commits by itself."""
        return Session(self._writing)

    def close(self) -> None:
        """Close the connections."""
        self.turns.close()
        self.engine.dispose()

    def _work(self, engine: Engine, *, is_kept: bool) -> Iterator[Unit]:
        try:
            with Session(engine) as session:
                yield Unit(session, self._sealer)
                if is_kept:
                    session.commit()
        except OperationalError as error:
            raise DatabaseAwayError(f"{engine.dialect.name} does not serve") from error
