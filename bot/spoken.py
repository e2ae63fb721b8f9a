"""What a member of staff understood of a voice note, read as the same words sent would be.

The engine takes it for the answer to the note's question: what it would not take from a person
it does not take from a coder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bot.capture import explain, is_taken
from flows.effects import Finish, Permit, Record
from flows.engine import advance
from flows.events import Said
from flows.languages.catalogue import languages
from flows.reading.fold import fold
from flows.script.model import GIVEN, SKIPPED
from flows.service import find_service
from flows.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from flows.flow import Flow
    from flows.script.model import Question

EMPTY = "Escriba o elija lo que dice la nota, o marque que no se entiende."
SERVICE = "Esa palabra sola es una orden, no una respuesta. Escríbala dentro de una frase."
SAME_WORDS = 0.8
"""Two transcripts with four of five words in common, in order, say the same."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a note answers.

    Attributes:
        value: as an answer keeps it.
        text: the words.
        permits: publish, and write back, where the question asks for that.
        is_ineligible: whether who says so cannot take part: nothing of her is kept.
    """

    value: str
    text: str = field(repr=False)
    permits: tuple[bool, bool] | None
    is_ineligible: bool


def hear(  # noqa: PLR0913 - what a turn depends on
    flow: Flow,
    question: Question,
    typed: str,
    words: str,
    *,
    language: str,
    answers: Mapping[str, str],
    now: datetime,
    chance: Callable[[int], int],
) -> Heard | str:
    """Read what a coder typed.

    Args:
        flow: of the revision that was asked.
        question: that the note answers.
        typed: the option's key, several keys with blanks between, or words.
        words: what the note says word for word, where `typed` is not that already.
        language: the question was shown in.
        answers: question -> value of what else she has answered.
        now: the time.
        chance: `chance(n)` gives 0 … n-1.

    Returns:
        The answer, or what is wrong with what was typed.
    """
    typed = typed.strip()
    if not typed:
        return EMPTY
    if find_service(typed, flow.script.keywords) is not None:
        return SERVICE
    state = State(
        language,
        position=question.id,
        history=(question.id,),
        answers={name: value for name, value in answers.items() if name != question.id},
        admitted=True,
        language_chosen=True,
        noticed=tuple(languages()),
        order={question.id: question.options} if question.rotate else {},
    )
    if question.rotate and typed in question.options:
        typed = str(question.options.index(typed) + 1)
    turn = advance(flow, state, Said(typed), now, chance)
    if not is_taken(turn, question):
        return explain(turn, question)
    record = next(one for one in turn.effects if isinstance(one, Record))
    permit = next((one for one in turn.effects if isinstance(one, Permit)), None)
    is_open = question.kind == "text" and record.value != SKIPPED
    return Heard(
        value=GIVEN if is_open else record.value,
        text=words.strip() or record.value,
        permits=(permit.publish, permit.write_back) if permit else None,
        is_ineligible=Finish("ineligible") in turn.effects,
    )


def say_the_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether two coders understood the same: the value, or most of the words.

    Args:
        one: value and text.
        other: value and text.
    """
    if one[0] != other[0] or one[0] != GIVEN:
        return one[0] == other[0]
    first, second = (fold(text).split() for text in (one[1], other[1]))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= SAME_WORDS
