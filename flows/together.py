"""Several closed questions in one message, answered by one reply: "2 1 3".

Where each message costs the person, `juntas:` saves her some. What she leaves out of her reply
is asked afterwards, one by one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.reading.fold import fold
from flows.reading.numerals import begins_below_nought
from flows.reading.result import Accepted
from flows.script.conditions import find_atoms, holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.draft import Draft
    from flows.script.model import Question

_BETWEEN = re.compile(r"[\s,;./-]+")
_IDLE = frozenset({"", "y", "e"})


def choose(questions: Sequence[Question], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Give the questions of a group that may be asked, as far as can be told beforehand."""
    chosen: list[Question] = []
    for question in questions:
        condition = question.condition
        seen = {asked.id for asked in chosen}
        if (
            condition is None
            or holds(condition, answers)
            or any(atom.question in seen for atom in find_atoms(condition))
        ):
            chosen.append(question)
    return tuple(chosen)


def read(draft: Draft, reply: str) -> list[tuple[Question, str, str]]:
    """Read a reply to the questions of `State.together`.

    Returns:
        Question, value and the part of the reply that says so, for as many of the questions
        as the reply answers in their order; none where it is no such reply.
    """
    questions = [draft.flow.get_question(name) for name in draft.state.together]
    folded = fold(reply)
    parts = [part for part in _BETWEEN.split(folded) if part not in _IDLE]
    if len(parts) == 1 and begins_below_nought(folded, draft.state.language):
        return []  # "-1" alone is no list of answers
    found = _read_in_order(draft, questions, parts)
    if not found and len(parts) == 1 and parts[0].isdecimal():
        return _read_in_order(draft, questions, list(parts[0]))  # "213"
    return found


def _read_in_order(
    draft: Draft, questions: Sequence[Question], parts: Sequence[str]
) -> list[tuple[Question, str, str]]:
    if len(parts) > len(questions):
        return []
    answers = dict(draft.state.answers)
    found: list[tuple[Question, str, str]] = []
    for question in questions:
        if question.condition is not None and not holds(question.condition, answers):
            continue
        part = parts[len(found)] if len(found) < len(parts) else ""
        reading = draft.read(question, part)
        if not (isinstance(reading, Accepted) and reading.certain):
            break
        answers[question.id] = reading.value
        found.append((question, reading.value, part))
    return found
