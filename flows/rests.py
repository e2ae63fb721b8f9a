"""Rests of a session that may be cut (USSD): go on now, or by SMS once it is over.

A gateway cuts a session after a minute or three, and what she had not answered by then is
lost. At a rest she may leave it in peace: the next question comes by SMS.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.effects import Choice, Say, SayAfterwards
from flows.questions import QUESTIONS
from flows.reading.result import Accepted
from flows.script.model import Question, Rest

if TYPE_CHECKING:
    from flows.draft import Draft


def offer(draft: Draft, rest: Rest) -> bool:
    """Offer a rest where the session may be cut; False where it goes on behind it."""
    if draft.occasion.afterwards is None:
        return False
    choices = tuple(Choice(option, f"{rest.id}/opcion.{option}") for option in rest.options)
    draft.do(draft.make_say(f"{rest.id}/texto", {}, choices, "digit"))
    draft.change(position=rest.id, asking="rest", misses=0)
    return True


def take(draft: Draft, text: str) -> None:
    """Take the answer to a rest: whatever does not clearly choose to leave goes on.

    Who leaves is led on as on the phone she goes on by; what is said there waits for the end.
    """
    rest, afterwards = draft.flow.find_step(draft.state.position or ""), draft.occasion.afterwards
    draft.change(asking="answer")
    if afterwards is None or not isinstance(rest, Rest) or not _leaves(draft, rest, text):
        draft.ask_current()
        return
    draft.do(draft.make_say(f"{rest.id}/luego", {}))
    told = len(draft.effects)
    draft.occasion = replace(afterwards, full=draft.occasion.full)
    draft.walk(draft.flow.positions[rest.id] + 1)
    draft.effects[told:] = [
        SayAfterwards(effect) if isinstance(effect, Say) else effect
        for effect in draft.effects[told:]
    ]


def _leaves(draft: Draft, rest: Rest, text: str) -> bool:
    menu = Question(rest.id, rest.line, "choice", options=rest.options)
    shown = draft.flow.shown(draft.state.language, menu)
    reading = QUESTIONS["choice"].read(menu, text, draft.state.language, shown)
    return reading == Accepted(rest.options[-1])
