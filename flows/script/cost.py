"""What a consultation costs a person: messages she sends, and time, on each kind of phone.

Time is guessed from what a slow reader needs and what a keypad takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from math import inf
from typing import TYPE_CHECKING, Final

from flows.script.conditions import find_atoms
from flows.script.model import Pause, Question, Rest, Together
from flows.script.problems import make_problem
from flows.script.ways import find_heaviest
from flows.script.words import ATTRIBUTES, STEPS, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Script, Step
    from flows.script.parse import Parsed
    from flows.script.problems import Problem
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
        session: the longest time from one rest, or offer to go on another time, to the next;
            what is only read after the last answer does not count.
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
        session=round(_Sitting(script, form).measure()),
    )


def check_messages(_: Parsed, script: Script) -> Iterator[Problem]:
    """Tell at which step somebody who pays for each SMS has sent more than can be asked."""
    scales = _Scales(script, "sms")
    dearest = find_heaviest(script, scales.add_message_owed)
    counted = 0.0
    for place in dearest.places:
        counted = scales.add_message_owed(counted, script.steps[place])
        if counted > MOST_MESSAGES:
            messages, line = int(dearest.weight), script.steps[place].line
            yield make_problem("camino-caro", line, count=messages, limit=MOST_MESSAGES)
            break


def check_session(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Tell before which steps a USSD session that lasts too long needs a rest."""
    sitting = _Sitting(script, "ussd", longest=LONGEST_SESSION)
    sitting.measure()
    taken = {step.id for step in script.steps}
    named = (f"{spanish(STEPS, 'rest')}_{number}" for number in count(1))
    free = (name for name in named if name not in taken)
    for step, seconds in sitting.late.items():
        yield make_problem(
            "sesion-larga",
            step.line,
            seconds=round(seconds),
            limit=LONGEST_SESSION,
            hint=" Parta «juntas» en dos." if sitting.is_too_long(step) else "",
            mended=None if sitting.is_too_long(step) else _put_rest(parsed, step, next(free)),
        )


def _put_rest(parsed: Parsed, step: Step, name: str) -> str | None:
    """Give the first line of a step with a rest before it."""
    line = parsed.source[step.line - 1]
    if not line.lstrip().startswith("-"):
        return None  # its name does not stand first
    margin = line[: len(line) - len(line.lstrip())]
    rest, text, options, afterwards = (
        spanish(STEPS, "rest"),
        *(spanish(ATTRIBUTES, name) for name in ("text", "options", "afterwards")),
    )
    rows = [
        f"- {rest}: {name}",
        f'  {text}: "¿Sigue ahora?"',
        f"  {options}:",
        '    1: "Seguir"',
        '    2: "Luego por SMS"',
        f'  {afterwards}: "Bien. Le escribimos por SMS."',
    ]
    return "\n".join([*(margin + row for row in rows), "", line])


class _Scales:
    """Weighs the steps of a script for one kind of phone."""

    def __init__(self, script: Script, form: Form) -> None:
        self._texts = script.texts
        self._form = form
        groups = [step for step in script.steps if isinstance(step, Together)]
        self._grouped = {name for group in groups for name in group.questions}

    def add_message(self, so_far: float, step: Step) -> float:
        is_one = step.id not in self._grouped if self._pays else not isinstance(step, Together)
        return so_far + (isinstance(step, Question | Together) and is_one)

    def add_message_owed(self, so_far: float, step: Step) -> float:
        is_optional = isinstance(step, Question) and step.part >= OPTIONAL
        return so_far if is_optional else self.add_message(so_far, step)

    def add_time(self, so_far: float, step: Step) -> float:
        if isinstance(step, Together) and not self._pays:
            return so_far
        if isinstance(step, Rest) and self._form != "ussd":
            return so_far
        key = f"{step.id}/texto"
        texts = [self._texts.get(f"{key}@{self._form}") or self._texts.get(key, "")]
        options = step.options if isinstance(step, Question | Rest) else ()
        texts += [self._texts.get(f"{step.id}/opcion.{key}", "") for key in options]
        words = sum(len(text.split()) for text in texts)
        answers = self.add_message(0, step) + isinstance(step, Rest)
        return so_far + words * A_WORD + AN_ANSWER * answers

    @property
    def _pays(self) -> bool:
        return self._form == "sms"


class _Sitting:
    """Finds how long a session lasts without a rest, by whichever way lasts longest.

    Attributes:
        late: with `longest`, the steps before which a rest is wanted, and the seconds by then;
            from each of them on it is counted as if the rest were there.
    """

    def __init__(self, script: Script, form: Form, longest: float = inf) -> None:
        self.late: dict[Step, float] = {}
        self._script = script
        self._longest = longest
        self._peak = 0.0
        self._add = _Scales(script, form).add_time
        self._offers = {
            atom.question
            for step in script.steps
            if isinstance(step, Pause) and step.condition is not None
            for atom in find_atoms(step.condition)
        }
        groups = [step for step in script.steps if isinstance(step, Together)]
        self._inside = {name for group in groups for name in group.questions}

    def measure(self) -> float:
        """Give the seconds of the longest sitting, and fill `late`."""
        find_heaviest(self._script, self._weigh)
        return self._peak

    def is_too_long(self, step: Step) -> bool:
        """Tell whether a step lasts too long by itself, which no rest before it mends."""
        return self._last(step) > self._longest

    def _last(self, step: Step) -> float:
        """Give how long a step lasts: a group as all of its questions do."""
        if not isinstance(step, Together):
            return self._add(0, step)
        inside = [one for one in self._script.questions if one.id in step.questions]
        return sum(self._add(0, one) for one in inside)

    def _weigh(self, since: float, step: Step) -> float:
        if isinstance(step, Rest):
            return 0  # who is cut off here has lost nothing
        total = self._add(since, step)
        asked = isinstance(step, Together) or (
            isinstance(step, Question) and step.id not in self._inside
        )
        seconds = since + self._last(step)
        if asked and seconds > self._longest:
            self.late[step] = max(seconds, self.late.get(step, 0))
        if step in self.late:
            total = self._add(0, step)
        if isinstance(step, Question):
            self._peak = max(self._peak, total)
        return 0 if step.id in self._offers else total
