"""A turn being written: the state as it moves and the effects as they are asked for.

It walks from step to step and asks questions; `engine.py` decides what a message means.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from flows.effects import Finish, Propose, Record, Remind, Say, Withdraw
from flows.events import USUAL
from flows.flow import make_choices
from flows.folio import make_folio
from flows.limits import BACK_AFTER
from flows.questions import QUESTIONS
from flows.questions.base import Shown
from flows.quotas import list_strata
from flows.reminders import TEXT, count_off, find_next
from flows.rests import offer
from flows.script.conditions import holds
from flows.script.model import (
    SKIPPED,
    TODAY,
    Draw,
    End,
    Gate,
    Jump,
    Message,
    Pause,
    Question,
    Rest,
    Step,
    Together,
)
from flows.together import choose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from flows.effects import Choice, Effect
    from flows.events import Occasion
    from flows.flow import Flow
    from flows.reading.result import Reading
    from flows.state import Asking, State


YES, NO = "1", "2"
_YES_NO = Question(id="", line=0, kind="yes_no", options=(YES, NO))


class Draft:
    """The one mutable thing in `flows`; it lives for one call of `advance`."""

    def __init__(
        self,
        flow: Flow,
        state: State,
        now: datetime,
        chance: Callable[[int], int],
        *,
        occasion: Occasion = USUAL,
    ) -> None:
        self.flow = flow
        self.occasion = occasion
        self.state = state.copy()
        self.now = now
        self.effects: list[Effect] = []
        self._chance = chance

    def change(self, **fields: Any) -> None:
        """Replace fields of the state, which nobody else holds before the turn is over."""
        for name, value in fields.items():
            object.__setattr__(self.state, name, value)  # a new one for each change takes longer

    def is_back_after_long(self) -> bool:
        """Tell whether somebody writes after so long that she greets first."""
        turned_at = self.state.turned_at
        return turned_at is not None and self.now - turned_at >= BACK_AFTER

    def do(self, effect: Effect) -> None:
        """Ask for an effect."""
        self.effects.append(effect)

    def say(self, name: str, **values: str) -> None:
        """Say a service text, with the folio filled in where the text has one."""
        self.do(self.make_say(f"servicio/{name}", values))

    def put(
        self, name: str, asking: Asking, choices: tuple[Choice, ...] = (), **values: str
    ) -> None:
        """Say a service text whose answer `asking` names."""
        self.do(self.make_say(f"servicio/{name}", values, choices, "digit"))
        self.change(asking=asking)

    # --- questions -------------------------------------------------------------------

    def shown(self, question: Question) -> tuple[Shown, ...]:
        """Give a question's options as this person sees them, drawing her order once."""
        authored = self.flow.shown(self.state.language, question)
        if not question.rotate:
            return authored
        labels = {option.key: option.label for option in authored}
        order = self.state.order.get(question.id)
        if order is None:
            order = self._shuffle(question.options)
            self.change(order={**self.state.order, question.id: order})
        return tuple(Shown(str(place), key, labels[key]) for place, key in enumerate(order, 1))

    def ask(self, question: Question) -> None:
        """Ask a question (again), with those that the last message asked at once with it."""
        names = self.state.together if self.state.together[:1] == (question.id,) else ()
        if names:
            group = next(step for step in self.flow.groups if question.id in step.questions)
            self.do(self.make_say(f"{group.id}/texto", {}))
        for asked in [self.flow.get_question(name) for name in names] or [question]:
            self.do(self._question(asked))
        self.change(asking="answer", candidates=(), together=names)

    def read(self, question: Question, reply: str) -> Reading:
        """Read a reply to a question as this person sees it, today."""
        if TODAY in {question.earliest, question.latest}:
            today = self.now.date().isoformat()
            question = replace(
                question,
                earliest=today if question.earliest == TODAY else question.earliest,
                latest=today if question.latest == TODAY else question.latest,
            )
        kind = QUESTIONS[question.kind]
        return kind.read(question, reply, self.state.language, self.shown(question))

    def ask_current(self) -> None:
        """Repeat what the conversation is waiting for; at the very start, begin."""
        step = self.flow.find_step(self.state.position) if self.state.position else None
        if isinstance(step, Question):
            self.ask(step)
        elif step is None:
            self.walk(0)
        else:
            self.walk(self.flow.positions[step.id] + 1)

    def read_yes_no(self, reply: str) -> Reading:
        """Read a reply to something asked beside the script: `YES`, `NO`, or neither."""
        shown = (Shown(YES, YES, "Sí"), Shown(NO, NO, "No"))
        return QUESTIONS["yes_no"].read(_YES_NO, reply, self.state.language, shown)

    # --- walking ---------------------------------------------------------------------

    def walk(self, place: int) -> None:
        """Go on from a place in the script to the next question, a pause or an end."""
        steps = self.flow.script.steps
        while place < len(steps):
            step = steps[place]
            place += 1
            if step.condition is not None and not holds(step.condition, self.state.answers):
                self._pass_by(step)
            elif isinstance(step, Jump):
                place = self._jump(place, step.target)
            elif isinstance(step, Message):
                self.do(self.make_say(f"{step.id}/texto", {}))
            elif isinstance(step, Draw):
                self._draw(step)
            elif not self._passes(step):
                return
        self.finish("complete")

    def _passes(self, step: Together | Gate | Question | Pause | Rest | End) -> bool:
        """Tell whether the way goes on behind a step; else the step is where it stops."""
        match step:
            case Together():
                return not self._ask_together(step)
            case Gate():
                return self._is_admitted(step)
            case Rest():
                return not offer(self, step)
            case _:
                self._stop_at(step)
                return False

    def _draw(self, step: Draw) -> None:
        """Draw once for this person, and keep it like an answer."""
        if step.id in self.state.answers:
            return
        drawn = step.among[self._chance(len(step.among))]
        self.change(answers={**self.state.answers, step.id: drawn})
        self.do(Record(step.id, drawn, "", self.state.language))

    def _ask_together(self, step: Together) -> bool:
        """Ask a group in one message where messages cost; False leaves its questions to come."""
        group = [self.flow.get_question(name) for name in step.questions]
        chosen = choose(group, self.state.answers) if self.occasion.pays else ()
        if len(chosen) < 2:  # noqa: PLR2004 - one alone is asked alone
            return False
        for question in group[: group.index(chosen[0])]:
            self._pass_by(question)
        self.change(together=tuple(question.id for question in chosen))
        self._wait_for(chosen[0])
        return True

    def _is_admitted(self, gate: Gate) -> bool:
        """Let a person through the gate unless enough like her have answered; once is enough."""
        strata = list_strata(self.flow.script, self.state.answers)
        if not self.state.admitted and strata & self.occasion.full:
            self.do(self.make_say(f"{gate.id}/texto", {}))
            self.finish("full")
            return False
        self.change(admitted=True)
        return True

    def finish(self, outcome: Any) -> None:
        """End the conversation; what was asked for a proposal is entered by now."""
        self.change(
            outcome=outcome, asking="answer", candidates=(), together=(), words="", misses=0
        )
        self.do(Finish(outcome))

    def _stop_at(self, step: Question | Pause | End) -> None:
        if isinstance(step, Question):
            self._wait_for(step)
        elif isinstance(step, End):
            self.do(self.make_say(f"{step.id}/texto", {}))
            self.finish(step.outcome)
        else:
            self.do(self.make_say(f"{step.id}/texto", {}))
            self.change(position=step.id, asking="resume", misses=0)
            self._remind(step)

    def _wait_for(self, question: Question) -> None:
        history = (*self.state.history, question.id)
        self.change(position=question.id, misses=0, history=history)
        self.ask(question)

    def _jump(self, place: int, target: str) -> int:
        """Go to `target`, only ever forwards; the questions jumped over no longer apply."""
        there = max(place, self.flow.positions[target])
        for step in self.flow.script.steps[place:there]:
            self._pass_by(step)
        return there

    def _pass_by(self, step: Step) -> None:
        """Take out an answer whose question no longer applies."""
        if isinstance(step, Question | Draw) and step.id in self.state.answers:
            kept = {name: value for name, value in self.state.answers.items() if name != step.id}
            self.change(answers=kept)
            self.do(Withdraw(step.id))

    def _remind(self, pause: Pause) -> None:
        question = find_next(self.flow, self.flow.positions[pause.id])
        if question is None:
            return
        say = self.make_say(TEXT, count_off(self.flow, question), awaits="digit")
        day = self.now + timedelta(days=pause.days)
        at = day.replace(hour=pause.hour, minute=0, second=0, microsecond=0)
        self.do(Remind(at, say))

    # --- texts -----------------------------------------------------------------------

    def folio(self) -> str:
        """Give the conversation's folio, issuing it the first time; a proposal goes with it."""
        if self.state.folio is None:
            self.change(folio=make_folio(self._chance))
            self.propose()
        return self.state.folio or ""

    def propose(self) -> None:
        """Enter the proposal under the folio, where there are both."""
        for question in self.flow.proposals:
            given = self.state.answers.get(question, SKIPPED) != SKIPPED
            if given and self.state.folio is not None:
                self.do(Propose(question, self.state.folio))

    def _question(self, question: Question) -> Say:
        choices = (
            make_choices(question, self.shown(question))
            if question.rotate
            else self.flow.choices(question)
        )
        awaits = QUESTIONS[question.kind].awaits
        return self.make_say(f"{question.id}/texto", {}, choices, awaits)

    def make_say(
        self,
        key: str,
        values: Mapping[str, str],
        choices: tuple[Choice, ...] = (),
        awaits: Literal["", "digit", "number", "words"] = "",
    ) -> Say:
        """Make what says a text, with the folio filled in where the text has one."""
        if "{folio}" in self.flow.text(self.state.language, key):
            values = {"folio": self.folio(), **values}
        return Say(key, self.state.language, values, choices, awaits)

    def _shuffle(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        left, order = list(keys), []
        while left:
            order.append(left.pop(self._chance(len(left))))
        return tuple(order)
