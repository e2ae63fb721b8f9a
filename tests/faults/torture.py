"""Pull the plug again and again while people answer: `make torture`.

python -m tests.faults.torture --faults 1000 --seed 7

SIGINT or SIGTERM ends the faults early; the table still comes, of what was done until then.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.faults.checker import judge
from tests.faults.crowd import Crowd, owe_broadcast
from tests.faults.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.checker import Verdict

PAUSE_SECONDS = 0.7
"""Between two faults: long enough for something to be going on again."""


TOLD_EACH = 25
"""Faults between two lines that say how far it is."""


@contextmanager
def tortured(  # noqa: PLR0913 - how much of each
    folder: Path,
    *,
    seed: int,
    faults: int,
    citizens: int,
    broadcast: int,
    is_over: threading.Event | None = None,
) -> Iterator[partial[Verdict]]:
    """Let things happen while citizens answer and a broadcast goes out, until all is at rest.

    Citizens come as long as things happen, `citizens` of them at least; the broadcast is owed
    little by little, so that the last fault, too, finds something going on. `is_over` ends the
    faults early.

    Gives what compares the logs, as a partial `judge`.
    """
    with World(folder, seed) as world:
        invited: list[str] = []
        with Crowd(world, citizens) as crowd:
            for place in range(faults):
                if is_over is not None and is_over.is_set():
                    world.start_again()  # Ctrl-C reaches them all
                    break
                if place % TOLD_EACH == TOLD_EACH - 1:
                    sys.stdout.write(f"{place + 1} faults, {len(crowd.lives)} citizens\n")
                    sys.stdout.flush()
                owed = range(len(invited), broadcast * (place + 1) // faults)
                invited += owe_broadcast(world, owed)
                time.sleep(PAUSE_SECONDS)
                world.suffer()
        world.wait_for_none(lambda: len(world.spooled), "the spool")
        world.end_leases()
        world.wait_for_none(lambda: _count_due(world), "the outbox")
        yield partial(judge, world, crowd.lives, invited)


def _count_due(world: World) -> int:
    """Count what is still to be sent; all there could be while nobody can tell."""
    database = world.open_database()
    try:
        with database.engine.connect() as connection:
            sql = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'leased')"
            return connection.scalar(text(f"{sql} AND kind <> 'reminder'")) or 0
    except OperationalError:
        return sys.maxsize
    finally:
        database.close()


def main() -> None:
    """Run from the command line; exit 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=1_000)
    parser.add_argument("--citizens", type=int, default=200)
    parser.add_argument("--broadcast", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    chosen = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="puente-torture-")
    sys.stdout.write(f"seed {chosen.seed}, logs and spool in {folder}\n")
    sys.stdout.flush()
    amounts = {name: getattr(chosen, name) for name in ("seed", "faults", "citizens", "broadcast")}
    is_over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: is_over.set())
    with tortured(Path(folder), **amounts, is_over=is_over) as compare:
        verdict = compare()
    sys.stdout.write(verdict.write() + "\n")
    if not verdict.is_kept:
        sys.exit(1)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
