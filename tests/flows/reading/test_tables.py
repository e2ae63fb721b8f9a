r"""What people answer, and what a clerk would take it to mean: one table for each type.

A row is a reply, a tab, and what is expected of it:

    value       accepted with certainty
    value?      accepted, and asked back
    value*      accepted, asked back or not
    ?           anything but a certain reading: a person would ask as well
    reason ...  rejected so, with just these candidates where any are named

`#!` begins the question that the rows under it answer: the labels of its options, or the
ends of its scale. `\n` and `\u0301` in a reply are those signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from flows.questions import QUESTIONS
from flows.questions.base import Shown
from flows.reading.phones import read_phone
from flows.reading.places import read_place
from flows.reading.result import Accepted, Reason, Rejected
from flows.script.model import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.reading.places import Level
    from flows.reading.result import Reading

TABLES = Path(__file__).parent / "tables"
POLAR = {"yes": "1", "no": "2"}
_ESCAPE = re.compile(r"\\(?:n|t|u[0-9a-f]{4})")


@dataclass(frozen=True)
class Row:
    """A reply to a question of a type, whose heading is as the table has it."""

    type: str
    heading: str
    reply: str
    expected: str
    line: int


def read_table(path: Path) -> Iterator[Row]:
    heading = ""
    for line, text in enumerate(path.read_text("utf-8").split("\n"), 1):
        if text.startswith("#!"):
            heading = text.removeprefix("#!").strip()
        elif text:
            reply, _, expected = text.partition("\t")
            plain = _ESCAPE.sub(lambda found: found[0].encode().decode("unicode_escape"), reply)
            yield Row(path.stem, heading, plain, expected or "?", line)


def make_reader(kind: str, heading: str) -> Callable[[str], Reading]:
    if kind == "phone":
        return lambda reply: read_phone(reply, skippable=True)
    if kind == "place":
        level, within = _level_of(heading)
        return lambda reply: read_place(reply, level=level, within=within, skippable=True)
    labels = heading.split("|") if kind in {"choice", "choices"} else []
    labels = ["Sí", "No"] if kind in {"yes_no", "consent"} else labels
    shown = tuple(Shown(str(n), str(n), label) for n, label in enumerate(labels, 1))
    ends = [int(end) for end in heading.split()] if heading and not labels else []
    question = Question(
        id="",
        line=0,
        kind=kind,  # type: ignore[arg-type] # the tables are named after the types
        options=tuple(option.key for option in shown),
        skippable=kind not in {"yes_no", "consent"},
        low=ends[0] if ends else None,
        high=ends[1] if ends else None,
        limit=3 if heading.startswith("Señal") else None,
        exclusive="7" if heading.startswith("Señal") else None,
    )
    return lambda reply: QUESTIONS[question.kind].read(question, reply, "es", shown)


def _level_of(heading: str) -> tuple[Level | None, str]:
    levels: dict[str, Level] = {"department": "department", "municipality": "municipality"}
    words = heading.split()
    within = next((word for word in words if word.isdecimal()), "")
    return next((levels[word] for word in words if word in levels), None), within


def fits(reading: Reading, expected: str) -> bool:
    if expected == "?":
        return isinstance(reading, Rejected) or not reading.certain
    reason, *candidates = expected.split()
    if reason in get_args(Reason):
        named = not candidates or (
            isinstance(reading, Rejected) and list(reading.candidates) == candidates
        )
        return isinstance(reading, Rejected) and reading.reason == reason and named
    value = expected.removesuffix("?").removesuffix("*")
    value = POLAR.get(value, value)
    if not isinstance(reading, Accepted) or reading.value != value:
        return False
    return expected.endswith("*") or reading.certain is not expected.endswith("?")


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.tsv")), ids=lambda path: path.stem)
def test_replies_are_read_as_a_clerk_would_read_them(path: Path) -> None:
    rows = list(read_table(path))
    wrong = [
        f"{path.name}:{row.line} [{row.heading}] {row.reply!r}: {row.expected!r}, not {reading}"
        for row in rows
        if not fits(reading := make_reader(row.type, row.heading)(row.reply), row.expected)
    ]
    assert not wrong, "\n".join(["", *wrong])
    assert len(rows) > 30
