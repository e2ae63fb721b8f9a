"""A person and her conversation with the engine; every state goes through JSON."""

from datetime import UTC, datetime, timedelta

from flows.effects import (
    Say,
)
from flows.engine import advance
from flows.events import Arrived, Said
from flows.flow import Flow
from flows.golden.chance import make_chance
from flows.state import State
from tests.support.small_flow import make_small_flow

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


class Phone:
    """A person and her conversation; every state goes through JSON."""

    def __init__(self, flow: Flow | None = None, language: str = "es") -> None:
        self.flow = flow or make_small_flow()
        self.state = State(language)
        self.now = START
        self.effects: tuple[object, ...] = ()
        self.chance = make_chance(1)

    def happen(self, event: object) -> "Phone":
        self.now += timedelta(minutes=1)
        turn = advance(self.flow, self.state, event, self.now, self.chance)  # type: ignore[arg-type]
        self.state = State.from_json(turn.state.to_json())
        assert self.state == turn.state
        self.effects = turn.effects
        return self

    def say(self, *texts: str) -> "Phone":
        for text in texts:
            self.happen(Said(text))
        return self

    def arrive(self) -> "Phone":
        return self.happen(Arrived())

    def to(self, question: str) -> "Phone":
        """Answer plainly up to a question."""
        plain = {"p5": "Que haya un centro de servicio en mi aldea", "ub": "Nebaj", "s1": "4"}
        self.arrive()
        while self.state.position != question:
            self.say(plain.get(self.state.position or "", "1"))
        return self

    @property
    def said(self) -> list[str]:
        return [
            effect.key.split("/")[-1] if effect.key.startswith("servicio") else effect.key
            for effect in self.effects
            if isinstance(effect, Say)
        ]

    def did(self, kind: type) -> list[object]:
        return [effect for effect in self.effects if isinstance(effect, kind)]
