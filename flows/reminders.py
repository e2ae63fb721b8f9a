"""What is said to somebody who began and stopped, and what her next message then means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.effects import Say
from flows.script.conditions import holds
from flows.script.model import Pause, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.flow import Flow
    from flows.state import State

TEXT = "servicio/recordatorio1"
LAST_TEXT = "servicio/recordatorio2"


def remind(
    flow: Flow, state: State, *, is_last: bool = False, until: str = ""
) -> tuple[State, Say] | None:
    """Remind somebody of her consultation.

    The text asks for a 1 to go on, and that 1 must answer no question: from now on her next
    message, whatever it is, brings the question again.

    Args:
        flow: in the edition her next message is read with.
        state: as it was kept.
        is_last: no reminder follows; it has a text of its own, used where it is reviewed.
        until: the last day of the consultation, or empty; without it no text can name it.

    Returns:
        The state from now on, and what to say; None where there is nothing to remind her of
        (she has answered nothing yet, no question is left, she is asked whether to delete
        her data), or no reviewed text in her language.
    """
    if state.outcome is not None or state.position is None or state.asking in {"erase", "whose"}:
        return None
    has_begun = any(flow.find_question(name) is not None for name in state.answers)
    text = _find_text(flow.texts.get(state.language, {}), is_last=is_last, until=until)
    if not has_begun or text is None:
        return None
    question = find_next(flow, flow.positions[state.position])
    if question is None:
        return None
    values = {**count_off(flow, question), "fecha": until}
    say = Say(text, state.language, values, awaits="digit")
    waiting = replace(state, asking="resume", candidates=(), words="", joined_at=None)
    return waiting, say


def _find_text(texts: Mapping[str, str], *, is_last: bool, until: str) -> str | None:
    last = texts.get(LAST_TEXT)
    if is_last and last is not None and (until or "{fecha}" not in last):
        return LAST_TEXT
    return TEXT if TEXT in texts else None


def count_promised(flow: Flow, state: State) -> int:
    """Count the reminders she asked for herself: pauses she has come to."""
    here = flow.positions.get(state.position or "", -1)
    return sum(
        isinstance(step, Pause) and (step.condition is None or holds(step.condition, state.answers))
        for step in flow.script.steps[: here + 1]
    )


def find_next(flow: Flow, place: int) -> Question | None:
    """Find the next question of the consultation itself, from a place in the script on."""
    rest = flow.script.steps[place:]
    return next((step for step in rest if isinstance(step, Question) and step.part > 0), None)


def count_off(flow: Flow, question: Question) -> Mapping[str, str]:
    """Say which question of how many it is, in its part."""
    part = [asked.id for asked in flow.script.questions if asked.part == question.part]
    return {"n": str(part.index(question.id) + 1), "total": str(len(part))}
