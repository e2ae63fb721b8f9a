"""What a consultation costs a person: messages she sends, and time, on each kind of phone.

Time is guessed from what a slow reader needs and what a keypad takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.script.conditions import find_atoms
from flows.script.model import Pause, Question, Together
from flows.script.problems import make_problem
from flows.script.ways import find_heaviest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Script, Step
    from flows.script.parse import Parsed
    from flows.script.problems import Problem
    from flows.script.ways import Way
    from flows.text.render import Form

MOST_MESSAGES: Final = 8
"""What somebody who pays for each SMS can be asked to send."""
LONGEST_SESSION: Final = 100
"""Seconds after which operators begin to cut USSD sessions; most do at 180."""
A_WORD: Final = 60 / 100
"""Seconds: people who read seldom read 100 words a minute."""
AN_ANSWER: Final = 8
"""Seconds to type and send one."""
OPTIONAL: Final = 2
"""The part from which on questions are asked of those who said they go on."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the longest way through a script takes on one kind of phone.

    Attributes:
        messages: how many the person sends, up to the optional part.
        all_messages: how many with it.
        seconds: how long all of it takes.
        session: the longest time between two offers to go on another time.
    """

    form: Form
    messages: int
    all_messages: int
    seconds: int
    session: int


def estimate(script: Script, form: Form) -> Cost:
    """Estimate what the longest way costs on one kind of phone.

    SMS are counted where each costs the person: groups of questions take one.
    """
    scales = _Scales(script, form)
    slowest = find_heaviest(script, scales.add_time)
    return Cost(
        form,
        messages=int(find_heaviest(script, scales.add_message_owed).weight),
        all_messages=int(find_heaviest(script, scales.add_message).weight),
        seconds=round(slowest.weight),
        session=round(max((since for _, since in scales.sit(slowest)), default=0)),
    )


def check_messages(_: Parsed, script: Script) -> Iterator[Problem]:
    """Tell at which step somebody who pays for each SMS has sent more than can be asked."""
    scales = _Scales(script, "sms")
    dearest = find_heaviest(script, scales.add_message_owed)
    counted = 0.0
    for place in dearest.places:
        counted = scales.add_message_owed(counted, script.steps[place])
        if counted > MOST_MESSAGES:
            count, line = int(dearest.weight), script.steps[place].line
            yield make_problem("camino-caro", line, count=count, limit=MOST_MESSAGES)
            break


def advise(script: Script) -> Iterator[Problem]:
    """Say where a USSD session needs a rest."""
    scales = _Scales(script, "ussd")
    rested = 0.0
    for step, since in scales.sit(find_heaviest(script, scales.add_time)):
        if since < rested:
            rested = 0  # a rest of the script's own
        if since - rested > LONGEST_SESSION:
            seconds = round(since - rested)
            yield make_problem("sesion-larga", step.line, seconds=seconds, limit=LONGEST_SESSION)
            rested = since - scales.add_time(0, step)


class _Scales:
    """Weighs the steps of a script for one kind of phone."""

    def __init__(self, script: Script, form: Form) -> None:
        self._steps = script.steps
        self._texts = script.texts
        self._form = form
        groups = [step for step in script.steps if isinstance(step, Together)]
        self._grouped = {name for group in groups for name in group.questions}
        self._rests = {
            atom.question
            for step in script.steps
            if isinstance(step, Pause) and step.condition is not None
            for atom in find_atoms(step.condition)
        }

    def add_message(self, so_far: float, step: Step) -> float:
        is_one = step.id not in self._grouped if self._pays else not isinstance(step, Together)
        return so_far + (isinstance(step, Question | Together) and is_one)

    def add_message_owed(self, so_far: float, step: Step) -> float:
        is_optional = isinstance(step, Question) and step.part >= OPTIONAL
        return so_far if is_optional else self.add_message(so_far, step)

    def add_time(self, so_far: float, step: Step) -> float:
        if isinstance(step, Together) and not self._pays:
            return so_far
        key = f"{step.id}/texto"
        texts = [self._texts.get(f"{key}@{self._form}") or self._texts.get(key, "")]
        options = step.options if isinstance(step, Question) else ()
        texts += [f"{key} {self._texts.get(f'{step.id}/opcion.{key}', '')}" for key in options]
        words = sum(len(text.split()) for text in texts)
        return so_far + words * A_WORD + AN_ANSWER * self.add_message(0, step)

    def sit(self, way: Way) -> Iterator[tuple[Step, float]]:
        """Give each step of a way with the time since the last offer to go on another day."""
        since = 0.0
        for place in way.places:
            step = self._steps[place]
            since = self.add_time(since, step)
            yield step, since
            if step.id in self._rests:
                since = 0

    @property
    def _pays(self) -> bool:
        return self._form == "sms"
