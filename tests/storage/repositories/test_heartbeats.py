"""Signs of life, over both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage.repositories.heartbeats import Beat
from tests.support.citizens import open_town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.citizens import Town

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ONE = Beat("uno", "worker", 7, NOW, NOW)


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


def test_the_last_sign_of_each_process_stands(town: Town) -> None:
    later = replace(ONE, seen_at=NOW + timedelta(seconds=10))
    other = replace(ONE, host="dos")
    with town.database.unit() as unit:
        for beat in (ONE, other, later):
            unit.heartbeats.beat(beat)
    with town.database.reading() as unit:
        assert list(unit.heartbeats.list()) == [later, other]


def test_who_ends_and_who_is_long_gone_is_forgotten(town: Town) -> None:
    old = replace(ONE, pid=8, seen_at=NOW - timedelta(days=1, seconds=1))
    with town.database.unit() as unit:
        for beat in (ONE, old, replace(ONE, process="web")):
            unit.heartbeats.beat(beat)
        unit.heartbeats.forget(NOW - timedelta(days=1))
        unit.heartbeats.end(ONE)
        assert [beat.process for beat in unit.heartbeats.list()] == ["web"]


def test_a_database_of_another_host_tells_its_time(town: Town) -> None:
    with town.database.reading() as unit:
        theirs = unit.heartbeats.read_clock()
    if town.database.engine.dialect.name == "sqlite":
        assert theirs is None
    else:
        assert theirs is not None
        assert abs(datetime.now(UTC) - theirs) < timedelta(minutes=1)
