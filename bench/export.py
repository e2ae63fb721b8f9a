"""`respuestas_largo` as CSV, beside COPY of the same answers; and what memory it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from bench.crowd import SLUG, Filler
from bench.figures import ROUNDS, Figure, time_it
from bench.house import Store, open_store
from puente.house import make_database

PEOPLE = 5_000
COPY = b"""COPY (SELECT a.*, s.person_id, s.revision_id, s.folio, s.outcome, s.started_at
FROM answer a JOIN session s ON s.id = a.session_id WHERE a.superseded_at IS NULL
ORDER BY a.session_id) TO STDOUT (FORMAT csv)"""


def measure_export() -> list[Figure]:
    """Export some sixty thousand answers, in turn with COPY."""
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as name,
        open_store(Path(name)) as store,
    ):
        database = make_database(store.settings)
        Filler(store.settings, store.postgres.url()).answer(database, PEOPLE)
        database.close()
        rounds = [(_export(store), time_it(lambda: _copy(store))) for _ in range(ROUNDS)]
        idle = _export(store, "--help")[1]
    return [
        Figure(
            "export as CSV, of COPY's rows a second",
            "share",
            tuple(copy / seconds for (seconds, _), copy in rounds),
            0.6,
            0.83,
        ),
        Figure(
            "memory of an export above the idle process",
            "MB",
            tuple(most - idle for (_, most), _ in rounds),
            96,
            64,
            more_is_better=False,
        ),
    ]


def _export(store: Store, *more: str) -> tuple[float, float]:
    """Run `python -m bench.exporting`; give the seconds of the export, and the process's MB."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.exporting", str(store.folder), SLUG, *more],
        env=os.environ | dict(store.environ),
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, most = done.stdout.split()
    return float(seconds), float(most)


def _copy(store: Store) -> int:
    with (
        psycopg.connect(store.postgres.url()) as connection,
        connection.cursor().copy(COPY) as copy,
    ):
        return sum(map(len, copy))
