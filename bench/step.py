"""The engine alone: how long one step takes, from a conversation's state to texts that fit.

A step is `advance` and `render` and nothing else: no sealing, no database, no request. The mean
is over a whole conversation, the open answer and its language with it.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from statistics import mean
from typing import TYPE_CHECKING

from bench.figures import ROUNDS, Figure
from flows.effects import Say
from flows.engine import advance
from flows.events import Arrived, Said
from flows.flow import Flow
from flows.golden.chance import make_chance
from flows.state import State
from flows.text.render import render
from puente.bundled import find_flow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.events import Event

LANGUAGES = ("cak", "kek", "mam", "quc")
SPANISH = "1"
"""Its place in the menu of languages."""
SAID = (SPANISH, "1", "1", "1", "2", "1 3", "0", "Que haya internet en mi aldea", "Nebaj", "1", "3")
OPEN = SAID.index("Que haya internet en mi aldea")
"""Which of them is the open answer."""
WORDS = (
    "Que haya internet en mi aldea",
    "queremos que la clinica tenga medicinas",
    "mas maestros y computadoras para la escuela",
    "arreglen el camino a san pedro porfa",
    "Más señal de teléfono en la montaña",
    "agua potable para todas las casas de la comunidad",
)
CONVERSATIONS = 60


def measure_steps() -> list[Figure]:
    """Go through the flagship, seven times sixty conversations, and tell of one step apart."""
    steps = tuple(measure_step() for _ in range(ROUNDS))
    answers = tuple(measure_open_answer() for _ in range(ROUNDS))
    return [
        Figure("engine step, the flagship", "µs", steps, 100, 50, more_is_better=False),
        Figure("engine step, an open answer", "µs", answers, 100, 50, more_is_better=False),
    ]


def measure_step() -> float:
    """Give the CPU microseconds of one step of the flagship: advance and render."""
    flow = _find_translated("plan-digital")
    return mean(spent for _ in range(CONVERSATIONS) for spent in _converse(flow, SAID))


def measure_open_answer() -> float:
    """Give the CPU microseconds of the step that takes an open answer, whatever it says."""
    flow = _find_translated("plan-digital")
    talks = [(*SAID[:OPEN], words) for words in WORDS]
    return mean([*_converse(flow, talk)][-1] for _ in range(CONVERSATIONS) for talk in talks)


def _converse(flow: Flow, said: Sequence[str]) -> Iterator[float]:
    """Hold a conversation, and give the CPU microseconds of each step."""
    chance, state = make_chance(1), State("es")
    now = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    events: list[Event] = [Arrived(), *map(Said, said)]
    for event in events:
        now += timedelta(minutes=1)
        began = time.thread_time()
        turn = advance(flow, state, event, now, chance)
        says = [effect for effect in turn.effects if isinstance(effect, Say)]
        render(flow, says, "sms", {"costo": "Cuesta según su plan normal."})
        spent = time.thread_time() - began
        state = turn.state
        yield spent * 1e6


def _find_translated(slug: str) -> Flow:
    """Find a flow in each of the languages its catalogues are for, approved or not.

    Until somebody has approved them, its own words stand for each.
    """
    own = find_flow(slug)
    words = own.texts[own.script.language]
    return Flow(own.script, {**dict.fromkeys(LANGUAGES, words), **own.texts}, own.values)
