"""What is said to somebody who was not understood: the fault is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.limits import MOST_LISTED

if TYPE_CHECKING:
    from flows.draft import Draft
    from flows.script.model import Question

_EXPLAINED = {"text": "texto", "place": "lugar", "date": "fecha"}
"""Kinds of question with an explanation of their own."""


def explain(draft: Draft, question: Question, misses: int, why: str = "") -> None:
    """Say what to send instead: an example the first time, the whole help the second."""
    if misses == 1 and draft.state.together:
        draft.say("error_ejemplo_juntas")
    elif misses == 1 and why == "ambiguous":
        draft.say("ambiguo_varios" if question.kind == "place" else "error_varias")
    elif (kind := _EXPLAINED.get(question.kind)) is not None:
        draft.say(f"error_ejemplo_{kind}" if misses == 1 else f"error2_{kind}")
    elif misses == 1:
        several = question.kind == "choices"
        numbers = list_numbers(*_find_bounds(draft, question))
        draft.say("error_ejemplo_varios" if several else "error1", numeros=numbers)
    elif question.kind == "consent":
        draft.say("ayuda")
    else:
        low, high = _find_bounds(draft, question)
        draft.say("error2", min=str(low), max=str(high))


def _find_bounds(draft: Draft, question: Question) -> tuple[int, int]:
    """Find the lowest and the highest number that answers a question."""
    digits = [int(option.digit) for option in draft.shown(question)]
    low = question.low if question.low is not None else min(digits, default=1)
    high = question.high if question.high is not None else max(digits, default=low)
    return low, high


def list_numbers(low: int, high: int) -> str:
    """Name the numbers there are: a single example would be an answer put in her mouth."""
    if high - low > MOST_LISTED:
        return f"{low}-{high}"
    return ", ".join(str(number) for number in range(low, high + 1))
