"""How long a reply waits behind a broadcast of 100,000 that is going out on its channel."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.crowd import Filler
from bench.daytime import CHANNEL, open_daytime, read_told
from bench.figures import ROUNDS, Figure, find_percentile
from puente.house import make_database, make_wakeups
from puente.valkey import ValkeyServer
from tests.support.citizens import Town
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from bench.house import Store
    from bot.jobs import Wakeups

BROADCAST = 100_000
EACH_ROUND = 60
PAUSE_SECONDS = 0.1


def measure_replies() -> list[Figure]:
    """Owe replies, ten a second, while the broadcast goes out; seven times sixty of them."""
    with tempfile.TemporaryDirectory(prefix="puente-bench-") as name:
        server = ValkeyServer(Path(name) / "valkey", is_durable=False)
        server.start()
        try:
            with open_daytime(Path(name), REDIS_URL=server.url) as (store, log):
                Filler(store.settings, store.postgres.url()).owe(
                    BROADCAST, store.settings.clock(), CHANNEL
                )
                waits = _send_and_answer(store, log)
        finally:
            server.stop()
    rounds = [waits[place : place + EACH_ROUND] for place in range(0, len(waits), EACH_ROUND)]
    return [
        Figure(
            f"a reply's 99th percentile while a broadcast of {BROADCAST:,} drains",
            "s",
            tuple(find_percentile(one, 99) for one in rounds),
            4,
            2,
            more_is_better=False,
        )
    ]


def _send_and_answer(store: Store, log: Path) -> list[float]:
    """Give how long each reply took from its commit until the provider had it."""
    database = make_database(store.settings)
    town, wakeups = Town(database), make_wakeups(store.settings)
    try:
        with store.start("worker"):
            wait_for(lambda: len(read_told(log)) > EACH_ROUND, "the broadcast to go out", 60)
            owed = [_owe(town, store, wakeups, place) for place in range(ROUNDS * EACH_ROUND)]
            last = owed[-1][1]
            wait_for(lambda: last in {to for _, to in read_told(log)}, "the last reply", 60)
            told = {to: at for at, to in reversed(read_told(log))}
            if len(told) >= BROADCAST:
                raise RuntimeError("the broadcast was over before the replies were")
    finally:
        database.close()
    return [told[number] - at for at, number in owed]


def _owe(town: Town, store: Store, wakeups: Wakeups, place: int) -> tuple[float, str]:
    number = f"502{50_000_000 + place}"
    town.now = store.settings.clock()
    key = town.key(f"+{number}", claim=f"reply {place}")
    out = town.outgoing("¿Cuál es su municipio?", channel=CHANNEL, kind="reply")
    write = replace(town.write(key, town.load(key)), outgoing=(out,))
    if not town.database.turns.save(write):
        raise RuntimeError("a reply was not written")
    at = time.monotonic()
    wakeups.wake(CHANNEL)
    time.sleep(PAUSE_SECONDS)
    return at, number
