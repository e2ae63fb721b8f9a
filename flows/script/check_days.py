"""The check that needs to know what day it is: dates that nobody can answer any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.script.model import TODAY
from flows.script.problems import make_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Script
    from flows.script.parse import Parsed
    from flows.script.problems import Problem


def check_days(parsed: Parsed, script: Script, today: date) -> Iterator[Problem]:
    """Check that dates which begin today do not end before it."""
    for question in script.questions:
        is_over = "" < question.latest < today.isoformat()
        if question.earliest == TODAY and is_over:
            until = date.fromisoformat(question.latest)
            yield make_problem(
                "fecha-vencida",
                parsed.lines[f"{question.id}/hasta"],
                word=f"{until.day}/{until.month}/{until.year}",
            )
