from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.refusals import ACCEPTED, Refusal, RefusalMemory

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.clock import Clock


def test_the_latest_reason_comes_first_also_for_another_process(
    tmp_path: Path, clock: Clock
) -> None:
    memory = RefusalMemory(tmp_path / "refusals", clock)
    first = clock()
    memory.remember("sms", "token_missing")
    second = clock.advance(minutes=1)
    memory.remember("sms", "token_mismatch")
    memory.remember("ussd", "not_json")
    third = clock.advance(minutes=1)
    memory.remember("sms", ACCEPTED)

    other = RefusalMemory(tmp_path / "refusals", clock)
    assert other.find("sms") == [
        Refusal("token_mismatch", second),
        Refusal("token_missing", first),
    ]
    assert (other.find_accepted("sms"), other.find_accepted("ussd")) == (third, None)


def test_a_flood_is_written_once_in_a_while(tmp_path: Path, clock: Clock) -> None:
    memory = RefusalMemory(tmp_path, clock)
    memory.remember("sms", "token_missing")
    file = tmp_path / "sms.json"
    file.unlink()

    memory.remember("sms", "token_missing")
    assert not file.exists()

    clock.advance(seconds=10)
    memory.remember("sms", "token_missing")
    assert file.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["sms.json"]


@pytest.mark.parametrize("content", ["", "{", "{}", '{"a": "yesterday"}'])
def test_a_broken_file_is_as_good_as_none(tmp_path: Path, clock: Clock, content: str) -> None:
    (tmp_path / "sms.json").write_text(content)
    memory = RefusalMemory(tmp_path, clock)

    assert memory.find("sms") == []
    memory.remember("sms", "not_json")
    assert [one.reason for one in memory.find("sms")] == ["not_json"]


def test_a_folder_that_cannot_be_written_disturbs_nobody(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("no folder")
    memory = RefusalMemory(tmp_path / "file", clock)

    with capture_logs() as logs:
        memory.remember("sms", "not_json")
        memory.remember("sms", "token_missing")

    assert [log["event"] for log in logs] == ["refusal_memory_away"]
