"""The engine alone: how long one step takes, from a conversation's state to texts that fit.

A step is `advance` and `render` and nothing else: no sealing, no database, no request. The mean
is over a whole conversation, the open answer and its language with it.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flows.effects import Say
from flows.engine import advance
from flows.events import Arrived, Said
from flows.flow import Flow
from flows.golden.chance import make_chance
from flows.state import State
from flows.text.render import render
from puente.bundled import find_flow

if TYPE_CHECKING:
    from flows.events import Event

LANGUAGES = ("cak", "kek", "mam", "quc")
SPANISH = "1"
"""Its place in the menu of languages."""
SAID = (SPANISH, "1", "1", "1", "2", "1 3", "0", "Que haya internet en mi aldea", "Nebaj", "1", "3")
ROUNDS = 60


def measure_step() -> float:
    """Give the CPU microseconds of one step of the flagship: advance and render."""
    flow = _find_translated("plan-digital")
    chance = make_chance(1)
    steps, spent = 0, 0.0
    for _ in range(ROUNDS):
        state = State("es")
        now = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
        events: list[Event] = [Arrived(), *map(Said, SAID)]
        for event in events:
            now += timedelta(minutes=1)
            began = time.thread_time()
            turn = advance(flow, state, event, now, chance)
            says = [effect for effect in turn.effects if isinstance(effect, Say)]
            render(flow, says, "sms", {"costo": "Cuesta según su plan normal."})
            spent += time.thread_time() - began
            state = turn.state
            steps += 1
    return spent / steps * 1e6


def _find_translated(slug: str) -> Flow:
    """Find a flow in each of the languages its catalogues are for, approved or not.

    Until somebody has approved them, its own words stand for each.
    """
    own = find_flow(slug)
    words = own.texts[own.script.language]
    return Flow(own.script, {**dict.fromkeys(LANGUAGES, words), **own.texts}, own.values)
