"""The API's parts by themselves: pace, cursors, memory, the counts of a tier."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import redis
from structlog.testing import capture_logs

from admin.api.cursors import Cursors
from admin.api.memory import KEEP, Memory
from admin.api.pace import SILENT_SECONDS, Pace
from admin.tables.tiers import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clock import Clock

NO_REDIS = "redis://127.0.0.1:1/0"
SESSION = UUID("01234567-89ab-7def-8123-456789abcdef")


@pytest.fixture(params=["redis_url", NO_REDIS])
def connection(request: pytest.FixtureRequest) -> Iterator[redis.Redis]:
    url = request.param
    if url != NO_REDIS:
        url = request.getfixturevalue(url)
    with redis.Redis.from_url(url) as client:
        yield client


def test_so_many_a_minute_with_redis_and_without(connection: redis.Redis, clock: Clock) -> None:
    clock.advance(seconds=15)
    pace = Pace(connection, clock)
    assert [pace.wait("a", 2) for _ in range(3)] == [0, 0, 46]
    assert pace.wait("b", 2) == 0
    clock.advance(seconds=45)
    assert pace.wait("a", 2) == 0


def test_all_processes_count_together_while_redis_is_there(redis_url: str, clock: Clock) -> None:
    with redis.Redis.from_url(redis_url) as client:
        paces = [Pace(client, clock) for _ in range(2)]
        assert [pace.wait("127.0.0.1", 1) > 0 for pace in paces] == [False, True]
        [key] = client.keys("puente:pace:*")
        assert b"127" not in key.removeprefix(b"puente:pace:")[:3]
        assert 0 < client.ttl(key) <= 120


def test_redis_away_is_told_once_left_alone_and_used_again(
    redis_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    with redis.Redis.from_url(redis_url) as client:
        pace = Pace(client, clock, lambda: seconds[0])
        real = redis.client.Pipeline.execute
        tried = []

        def fail(*_: object) -> None:
            tried.append(1)
            raise redis.ConnectionError

        with capture_logs() as logs:
            monkeypatch.setattr(redis.client.Pipeline, "execute", fail)
            assert [pace.wait("a", 1) > 0 for _ in range(3)] == [False, True, True]
            monkeypatch.setattr(redis.client.Pipeline, "execute", real)
            seconds[0] = SILENT_SECONDS
            assert pace.wait("a", 1) == 0
    assert len(tried) == 1
    assert [log["event"] for log in logs] == ["redis_away", "redis_back"]


def test_a_cursor_says_nothing_and_serves_one_address_only() -> None:
    cursors = Cursors("secret")
    cursor = cursors.write(SESSION, "plan", Tier.PUBLIC)
    assert cursors.read(cursor, "plan", Tier.PUBLIC) == SESSION
    assert SESSION.hex not in cursor
    assert cursors.read(cursor, "plan", Tier.TEAM) is None
    assert cursors.read(cursor, "otro", Tier.PUBLIC) is None
    assert Cursors("other").read(cursor, "plan", Tier.PUBLIC) is None
    for made_up in ("", "x", "ñ", "A" * 5, cursor[:-2], SESSION.hex, "\0"):
        assert cursors.read(made_up, "plan", Tier.PUBLIC) is None, made_up


def test_what_is_found_serves_for_five_minutes(clock: Clock) -> None:
    asked: list[str] = []

    def find(key: str) -> int:
        asked.append(key)
        return len(asked)

    memory = Memory(find, clock)
    began = clock()
    threads = [threading.Thread(target=memory.get, args=("a",)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.get("a") == (began, 1)
    assert memory.get("b") == (began, 2)
    clock.advance(seconds=KEEP.total_seconds())
    assert memory.get("a") == (clock(), 3)
    assert asked == ["a", "b", "a"]
