"""Several processes' worth of work at once, each with a database connection of its own."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from puente.house import make_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from puente.settings import Settings
    from storage.database import Database


def at_once(settings: Settings, number: int, work: Callable[[int, Database], object]) -> None:
    """Run `work(place, database)` in so many threads that begin together; fail as they do."""
    gate = threading.Barrier(number)
    failed: list[BaseException] = []

    def run(place: int, database: Database) -> None:
        try:
            gate.wait(60)
            work(place, database)
        except BaseException as error:  # noqa: BLE001 - raised below
            failed.append(error)

    with ExitStack() as stack:
        threads = []
        for place in range(number):
            database = make_database(settings)
            stack.callback(database.close)
            threads.append(threading.Thread(target=run, args=(place, database)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
    if failed:
        raise failed[0]
