"""A conversation with the engine alone: one phone in memory, no channel, no database.

It carries out the effects that the next turn depends on (silence, somebody else, deletion)
just as `bot/turn.py` does, and writes the state to JSON and back between every two turns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.effects import (
    Erase,
    Finish,
    NewPerson,
    OptOut,
    Propose,
    Record,
    Remind,
    Say,
    SayAfterwards,
    TellProposal,
    Withdraw,
)
from flows.engine import advance
from flows.events import USUAL, Arrived, Occasion, Said, Spoke
from flows.service import Word, find_service
from flows.state import State
from flows.text.render import Rendered, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from flows.effects import Effect
    from flows.events import Event
    from flows.flow import Flow
    from flows.text.render import Form

COST = "servicio/costo_plan"
"""What a message costs here, as on any channel that says nothing else of it."""

LEFT = {"erase", "whose"}
"""Asides that a number which has left may still answer."""


class Rehearsal:
    """One phone talking to one flow.

    Attributes:
        answers: what is recorded of the active person, question -> value.
        outcome: how her conversation ended, or None.
        is_silent: whether the number has left.
        reminder: what would be sent later, or None.
        rendered: what the last turn said, and what kind of answer it asks for.
        afterwards: what comes by SMS behind it, once she has left a session at a rest.
    """

    def __init__(  # noqa: PLR0913 - a phone, and what it stands in
        self,
        flow: Flow,
        now: datetime,
        chance: Callable[[int], int],
        form: Form = "sms",
        language: str | None = None,
        *,
        occasion: Occasion = USUAL,
    ) -> None:
        self.flow = flow
        self.now = now
        self.form: Form = form
        self.answers: dict[str, str] = {}
        self.outcome: str | None = None
        self.is_silent = False
        self.reminder: Remind | None = None
        self.rendered = Rendered(())
        self.afterwards: tuple[str, ...] = ()
        self._chance = chance
        self._occasion = occasion
        if form == "ussd":  # it is paid whole, and may be cut
            self._occasion = Occasion(full=occasion.full, afterwards=occasion)
        self._persons = 1
        self._proposals: set[str] = set()
        self._language = language or flow.script.language
        self._state = self._fresh()

    def wait(self, time: timedelta) -> None:
        """Let time pass."""
        self.now += time

    def dial(self) -> tuple[str, ...]:
        """Dial in, or follow a link."""
        return self._take(Arrived())

    def speak(self) -> tuple[str, ...]:
        """Send a voice note."""
        return () if self.is_silent else self._take(Spoke())

    def send(self, text: str) -> tuple[str, ...]:
        """Send a text and give the messages that come back."""
        service = find_service(text, self.flow.script.keywords)
        says: list[Say] = []
        if self.is_silent:
            word = service.word if service else None
            if word is Word.ENTER:
                self.is_silent = False
                says.append(Say("servicio/volver_bienvenida", self._language))
            elif word is not Word.ERASE and self._read().asking not in LEFT:
                return ()
        is_first = self._state == self._fresh()
        is_word = service is not None and service.word is not Word.ENTER
        event = Arrived() if is_first and not is_word else Said(text, self._persons)
        return self._take(event, says)

    @property
    def is_waiting(self) -> bool:
        """Tell whether a session channel would keep the session for an answer."""
        state = self._read()
        if self.afterwards:
            return False
        if state.outcome:
            return state.asking != "answer"
        return not self.is_silent and state.asking != "resume"

    def _fresh(self) -> str:
        language = self._language
        own = language != self.flow.script.language
        return State(language, language_chosen=own).to_json()

    def _read(self) -> State:
        return State.from_json(self._state)

    def _take(self, event: Event, says: list[Say] | None = None) -> tuple[str, ...]:
        turn = advance(
            self.flow, self._read(), event, self.now, self._chance, occasion=self._occasion
        )
        if any(isinstance(effect, NewPerson) for effect in turn.effects):
            return self._somebody_else()
        self._state = turn.state.to_json()
        self.outcome = turn.state.outcome
        said, afterwards = list(says or ()), list[Say]()
        for effect in turn.effects:
            if isinstance(effect, Say):
                said.append(effect)
            elif isinstance(effect, SayAfterwards):
                afterwards.append(effect.say)
            elif isinstance(effect, TellProposal):
                said.append(self._tell(effect))
            else:
                self._carry(effect)
        values = {"costo": self.flow.text(self._language, COST)}
        self.rendered = render(self.flow, said, self.form, values)
        self.afterwards = render(self.flow, afterwards, "sms", values).texts
        return self.rendered.texts + self.afterwards

    def _somebody_else(self) -> tuple[str, ...]:
        self._persons += 1
        self._state = self._fresh()
        self.answers, self.outcome = {}, None
        return self._take(Arrived())

    def _carry(self, effect: Effect) -> None:
        match effect:
            case Record(question, value):
                self.answers[question] = value
            case Withdraw(question):
                self.answers.pop(question, None)
            case Propose(_, folio):
                self._proposals.add(folio)
            case OptOut():
                self.is_silent = True
            case Erase() | Finish("ineligible"):
                self.answers.clear()
                self._state = self._fresh()
            case Remind():
                self.reminder = effect
            case _:
                pass

    def _tell(self, effect: TellProposal) -> Say:
        is_known = effect.folio in self._proposals
        theme = self.flow.text(effect.language, "servicio/tema_pendiente")
        return Say(
            "servicio/est_recibida" if is_known else "servicio/folio_no",
            effect.language,
            {"folio": effect.folio or "", "tema": theme},
        )
