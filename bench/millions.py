"""Pages and counts over five million answers: `python -m bench.millions [PEOPLE]`, by hand.

Fills a PostgreSQL of its own by COPY (some minutes), opens the staff's pages and the API in this
process, and prints how long each took: the first time and the median of seven.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psycopg

from admin.consulted import ConsultedReader
from admin.rollups import Figurer
from bench.crowd import BEGAN, EACH, SLUG, Filler
from bench.figures import ROUNDS, time_it
from storage.migrate import upgrade
from tests.support.caller import Caller
from tests.support.clock import Clock
from tests.support.office import Office
from tests.support.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.test import TestResponse

PEOPLE = 400_000
"""Some thirteen answers each."""
PAGE = f"/admin/consultas/{SLUG}"
ONE = f"/consultations/{SLUG}"


def main() -> None:
    """Fill, then look."""
    people = int(sys.argv[1]) if sys.argv[1:] else PEOPLE
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as name,
        PostgresServer(is_durable=True) as postgres,
    ):
        upgrade(postgres.url())
        clock = Clock(BEGAN)
        office = Office(Path(name), postgres.url(), clock)
        filled = time_it(
            lambda: Filler(office.settings, postgres.url()).answer(office.database, people)
        )
        with psycopg.connect(postgres.url()) as connection:
            ((answers,),) = connection.execute("SELECT count(*) FROM answer").fetchall()
        _say(f"{answers:,} answers of {people:,} people, filled in {filled:.0f} s")
        clock.advance(seconds=people * EACH.total_seconds())
        _look(office)
        office.database.close()


def _look(office: Office) -> None:
    figurer = Figurer(office.database, ConsultedReader(office.database))
    _time("figures, counted", lambda: figurer.roll(office.clock()), 1)
    client, caller = (
        office.enter("administrador"),
        Caller(office, "aggregates", "answers:publico", "answers:equipo"),
    )
    for what, path in (
        ("list of consultations", "/admin/"),
        ("panel of one", PAGE),
        ("answers", f"{PAGE}/respuestas"),
        ("answers, complete", f"{PAGE}/respuestas?estado=completa"),
        ("answers of a department", f"{PAGE}/respuestas?lugar=14"),
        ("answers by a word in them", f"{PAGE}/respuestas?palabras=999999"),
    ):
        _time(what, partial(_open, client.get, path))
    for what, path in (
        ("API: answers, publico", f"{ONE}/answers?tier=publico"),
        ("API: answers, equipo", f"{ONE}/answers?tier=equipo"),
        ("API: aggregates, publico", f"{ONE}/aggregates?tier=publico"),
    ):
        _time(what, partial(_open, caller.ask, path))


def _time(what: str, work: Callable[[], object], rounds: int = ROUNDS) -> None:
    first = time_it(work)
    rest = [time_it(work) for _ in range(rounds)]
    _say(f"{what:32} first {first * 1000:8.0f} ms, then {median(rest) * 1000:8.0f} ms")


def _open(ask: Callable[[str], TestResponse], path: str) -> None:
    status = ask(path).status_code
    if status != 200:
        raise RuntimeError(f"{path} was answered with {status}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
