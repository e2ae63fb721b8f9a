from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from storage.ids import new_id, uuid7
from storage.times import to_text

if TYPE_CHECKING:
    from tests.support.citizens import Town


def test_text_order_is_time_order() -> None:
    noon = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=-6)))
    later = noon + timedelta(microseconds=1)
    assert to_text(noon) == "2026-03-02T18:00:00.000000+00:00"
    assert to_text(noon) < to_text(later)


def test_a_naive_time_is_refused_everywhere(town: Town) -> None:
    naive = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - what must not get in
    with pytest.raises(ValueError, match="without a zone"):
        to_text(naive)
    with pytest.raises(Exception, match="without a zone"), town.database.unit() as unit:
        unit.consultations.close(town.consultation_id, naive, "ana@example.org")


def test_ids_are_version_7_and_go_up_with_time() -> None:
    now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    first, second = new_id(now), new_id(now + timedelta(milliseconds=1))
    assert first < second
    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert uuid7(now, b"\xff" * 10).bytes[:6] == int(now.timestamp() * 1000).to_bytes(6)
