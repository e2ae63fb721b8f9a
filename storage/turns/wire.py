"""A connection of the hot path: its statements prepared once, their values packed by type.

psycopg's cursors look at each value to find how to pack it, and prepare a statement anew for
each mix of types they meet: some 50 µs of CPU for a statement. The house's statements say the
type of every parameter themselves (`:name::type`), so that libpq, through psycopg's `pq`, can
take them as they are in a third of that. A round trip is still one round trip.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import errors
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, Format

from storage.turns.dialects import for_postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from psycopg import abc
    from psycopg.pq.abc import PGresult

    Pack = Callable[[Any], bytes]

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def _pack_time(at: datetime) -> bytes:
    return struct.pack("!q", (at - _EPOCH) // _MICROSECOND)


_PACKS: Mapping[str, tuple[int, Pack]] = {
    "boolean": (16, struct.Struct("!?").pack),
    "bytea": (17, bytes),
    "int": (23, struct.Struct("!i").pack),
    "text": (25, str.encode),
    "timestamptz": (1184, _pack_time),
    "uuid": (2950, attrgetter("bytes")),
}
"""Type -> its OID, and what makes PostgreSQL's binary form of a value."""


def _pack_array(pack: Pack, oid: int, values: Sequence[Any]) -> bytes:
    # Dimensions, whether there are nulls, the type; then the length of the one dimension, from 1.
    pieces = [struct.pack("!iiIii", 1, 1, oid, len(values), 1)]
    for value in values:
        packed = None if value is None else pack(value)
        pieces.append(struct.pack("!i", -1 if packed is None else len(packed)))
        pieces.append(packed or b"")
    return b"".join(pieces)


def _find_pack(type_: str) -> Pack:
    oid, pack = _PACKS[type_.removesuffix("[]")]
    if type_.endswith("[]"):
        return lambda values: _pack_array(pack, oid, values)
    return pack


@lru_cache(maxsize=1024)
def _read(sql: str) -> tuple[bytes, tuple[tuple[str, Pack], ...]]:
    """Give the statement as PostgreSQL takes it, and of each parameter the name and packing."""
    text, types = for_postgres(sql)
    return text, tuple((name, _find_pack(type_)) for name, type_ in types.items())


@dataclass(slots=True)
class _Prepared:
    """A statement on one connection; `reader` makes values of its rows."""

    name: bytes
    packs: tuple[tuple[str, Pack], ...]
    reader: abc.Transformer
    is_new: bool = True


class Wire:
    """One connection, in the hands of one thread at a time.

    Attributes:
        connection: psycopg's, in autocommit; for transactions, and what is not the hot path.
    """

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self.connection = connection
        self._pgconn = connection.pgconn
        self._prepared: dict[str, _Prepared] = {}

    def fetch_one(self, sql: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Run one of the house's statements, prepared on first use; gives its first row.

        Raises:
            psycopg.Error: as psycopg's cursors would.
        """
        prepared = self._prepared.get(sql) or self._prepare(sql)
        packed: list[Any] = [
            None if (value := values[name]) is None else pack(value)
            for name, pack in prepared.packs
        ]
        formats = [Format.BINARY] * len(packed)
        result = self._check(
            self._pgconn.exec_prepared(prepared.name, packed, formats, Format.BINARY)
        )
        prepared.reader.set_pgresult(result, set_loaders=prepared.is_new)
        prepared.is_new = False
        row: tuple[Any, ...] | None = prepared.reader.load_row(0, tuple)
        assert row  # noqa: S101 - each of the hot path's statements gives one
        return row

    def close(self) -> None:
        """End it."""
        self.connection.close()

    def _prepare(self, sql: str) -> _Prepared:
        text, packs = _read(sql)
        name = f"puente_{len(self._prepared)}".encode()
        self._check(self._pgconn.prepare(name, text))
        prepared = _Prepared(name, packs, Transformer.from_context(self.connection))
        self._prepared[sql] = prepared
        return prepared

    def _check(self, result: PGresult) -> PGresult:
        if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
            return result
        # What has no code is libpq's own word for a server that has gone. It may not yet call the
        # connection broken, which would then be lent again.
        code = result.error_field(DiagnosticField.SQLSTATE)
        if code is None or self._pgconn.status != ConnStatus.OK:
            self.close()
            raise psycopg.OperationalError("the connection broke")
        raise errors.error_from_result(result)
