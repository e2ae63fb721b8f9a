"""The hot path with five million answers in the store, beside the same with none.

Two installations side by side, each with its own PostgreSQL; one is filled by COPY.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench.crowd import Filler
from bench.figures import ROUNDS, Figure, time_it
from bench.house import open_house, open_store, serve
from bench.load import send_at_full_speed
from bench.path import LINES
from puente.house import make_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.house import House, Store

SECONDS = 4
ANSWERS = 5_000_000
EACH = 16
"""Answers of one person, as the flagship asks for."""


def measure_full() -> list[Figure]:
    """Send as fast as is answered, to the full and the empty store in turn."""
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as one,
        tempfile.TemporaryDirectory(prefix="puente-bench-") as other,
        _open_full(Path(one)) as full,
        open_house(Path(other)) as empty,
    ):
        _compare(full, empty, 0)  # prepares statements, fills caches
        shares = tuple(_compare(full, empty, number) for number in range(1, ROUNDS + 1))
    return [
        Figure(
            f"hot path at {ANSWERS:,} answers, of the empty store's messages a second",
            "share",
            shares,
            0.9,
            0.95,
        )
    ]


def _compare(full: House, empty: House, number: int) -> float:
    # Whoever comes second finds the cores and the disk as the first has left them.
    order = (full, empty) if number % 2 else (empty, full)
    rates = {house: send_at_full_speed(house.port, SECONDS, LINES, number) for house in order}
    return rates[full] / rates[empty]


@contextmanager
def _open_full(folder: Path) -> Iterator[House]:
    with open_store(folder) as store:
        seconds = time_it(lambda: _fill(store))
        with psycopg.connect(store.postgres.url()) as connection:
            ((answers,),) = connection.execute("SELECT count(*) FROM answer").fetchall()
        if answers < ANSWERS:
            raise RuntimeError(f"{answers:,} answers were filled in")
        sys.stdout.write(f"  {answers:,} answers, filled in {seconds:.0f} s\n")
        sys.stdout.flush()
        with serve(store) as house:
            yield house


def _fill(store: Store) -> None:
    database = make_database(store.settings)
    Filler(store.settings, store.postgres.url()).answer(database, -(-ANSWERS // EACH))
    database.close()
    store.postgres.execute("CHECKPOINT")
