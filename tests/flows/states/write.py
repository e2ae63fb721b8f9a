"""Write the golden states of this release: run by hand when `flows.state.FORMAT` goes up.

    python -m tests.flows.states.write > tests/flows/states/format-N.jsonl

Each line is a state as it would stand in a database, what the person sends next, and what is
said then and recorded. Lines of formats that live databases may still hold are never changed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.effects import Record, Say
from flows.engine import Turn, advance
from flows.events import USUAL, Occasion, Said
from flows.golden.chance import make_chance
from flows.golden.playing import START
from flows.script.compile import make_flow
from flows.script.parse import read_script
from flows.state import FORMAT, State

if TYPE_CHECKING:
    from flows.flow import Flow

FOLDER = Path(__file__).parent
KICHE = "Konojel ri winaq are taq ke'alaxik pa junaman ya'tal chkech"
OCCASION = Occasion(pays=True, afterwards=USUAL)
LONG = "Que pongan internet. " * 10

# What was sent so far, parted by |; and what is sent next.
SITUATIONS = {
    "nobody has said anything": ("", "hola"),
    "which language": ("hola", "1"),
    "another language": ("hola|2", "1"),
    "consent": ("hola|1", "1"),
    "consent misunderstood": ("hola|1|zzz", "1"),
    "several ticked": ("hola|1|1|1", "1 2"),
    "a rest": ("hola|1|1|1|2", "2"),
    "an order of her own": ("hola|1|1|1|1 2", "3"),
    "an open answer": ("hola|1|1|1|1 2|1", "Que haya agua"),
    "an open answer that goes on": (f"hola|1|1|1|3|{LONG[:160]}", f"{LONG} y agua"),
    "did you mean": ("hola|1|1|1|3|0|nebag", "1"),
    "which of several": ("hola|1|1|1|3|0|san jose", "1"),
    "permissions": ("hola|1|1|1|3|Que haya agua|nebaj", "2"),
    "a pause": ("hola|1|1|1|3|Que haya agua|nebaj|2|2", "hola"),
    "the second part": ("hola|1|1|1|3|0|0|1", "4"),
    "the language she writes": (f"hola|1|1|1|1 2|1|{KICHE}", "1"),
    "several at once": ("hola|1|1|1|3|0|0|1|4", "2 1"),
    "finished": ("hola|1|1|1|3|0|0|3", "gracias"),
    "change, somebody else or done": ("hola|1|1|1|3|0|0|3|CONSULTA", "1"),
    "refused": ("hola|1|2", "hola"),
    "may we delete": ("hola|1|1|BORRAR", "2"),
    "whose data": ("hola|1|1|BORRAR:2", "2"),
}


def find_flow(number: int) -> Flow:
    """Give the flow of a format's states, offered in two languages."""
    source = (FOLDER / f"format-{number}.yaml").read_bytes()
    script = read_script(source, name=str(number)).script
    assert script is not None
    flow = make_flow(script)
    own = flow.texts[script.language]
    return replace(flow, texts=MappingProxyType({script.language: own, "quc": own}))


def take(flow: Flow, state: State, sent: str) -> Turn:
    """Take a turn at noon; after a colon stands how many persons share the number."""
    text, _, persons = sent.partition(":")
    event = Said(text, int(persons or 1))
    at = (state.turned_at or START) + timedelta(seconds=20)
    return advance(flow, state, event, at, make_chance(1), occasion=OCCASION)


def continue_(flow: Flow, state: str, sent: str) -> dict[str, object]:
    """Take the next turn, and give what is said and recorded."""
    turn = take(flow, State.from_json(state), sent)
    return {
        "says": [effect.key for effect in turn.effects if isinstance(effect, Say)],
        "records": {
            effect.question: effect.value for effect in turn.effects if isinstance(effect, Record)
        },
    }


def main() -> None:
    """Print the golden states."""
    flow = find_flow(FORMAT)
    for name, (so_far, next_) in SITUATIONS.items():
        state = State("es")
        for sent in filter(None, so_far.split("|")):
            state = take(flow, state, sent).state
        written = state.to_json()
        row = {"name": name, "state": written, "sends": next_, **continue_(flow, written, next_)}
        print(json.dumps(row, ensure_ascii=False))  # noqa: T201 - its output is the file


if __name__ == "__main__":
    main()
