"""A conversation survives a release: states that older releases wrote go on as they would have."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from flows.state import FORMAT, Asking, State
from tests.flows.states.write import FOLDER, continue_, find_flow


def read_rows(number: int) -> list[dict[str, Any]]:
    lines = (FOLDER / f"format-{number}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


STILL_READ = [number for number in (FORMAT - 1, FORMAT) if number > 0]
ROWS = [
    pytest.param(number, row, id=f"{number}-{row['name']}")
    for number in STILL_READ
    for row in read_rows(number)
]


@pytest.mark.parametrize(("number", "row"), ROWS)
def test_a_stored_conversation_goes_on(number: int, row: dict[str, Any]) -> None:
    going_on = continue_(find_flow(number), row["state"], row["sends"])
    assert going_on == {"says": row["says"], "records": row["records"]}


@pytest.mark.parametrize("row", read_rows(FORMAT), ids=lambda row: row["name"])
def test_a_state_of_this_format_is_written_as_it_was_read(row: dict[str, Any]) -> None:
    assert State.from_json(row["state"]).to_json() == row["state"]


def test_every_field_and_every_aside_stands_in_a_golden_state() -> None:
    states = [json.loads(row["state"]) for row in read_rows(FORMAT)]
    assert {name for state in states for name in state} == {
        "format",
        *(field.name for field in fields(State)),
    }
    assert {state["asking"] for state in states} == set(get_args(Asking))


@pytest.mark.parametrize("written", ['{"format": 999, "language": "es"}', '{"language": "es"}'])
def test_a_format_nobody_knows_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="unknown format"):
        State.from_json(written)


def test_the_golden_states_stand_for_formats_that_were() -> None:
    kept = {int(path.stem.removeprefix("format-")) for path in Path(FOLDER).glob("*.jsonl")}
    assert kept == set(range(1, FORMAT + 1))
