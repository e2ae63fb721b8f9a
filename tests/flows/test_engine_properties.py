"""The engine holds for anybody: random people, random words, any order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.effects import Finish, Record, Say, SayAfterwards
from flows.engine import advance
from flows.events import USUAL, Arrived, Occasion, Said, Showed, Spoke
from flows.flow import Flow
from flows.golden.chance import make_chance
from flows.script.compile import make_flow
from flows.script.model import Draw, Script
from flows.state import State
from tests.support.random_scripts import make_script
from tests.support.small_flow import make_small_flow

pytestmark = pytest.mark.usefixtures("uncounted")

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
FLOWS = (make_small_flow(), make_small_flow("quc", "mam"))
WORDS = st.sampled_from(
    ["1", "2", "3", "4", "0", "9", "si", "no", "Nebaj", "nebah", "San Pedro Sacatepéquez", "1 3",
     "AYUDA", "ATRAS", "BORRAR", "BAJA", "CONSULTA", "IDIOMA", "FOLIO", "FOLIO 7KQ2MXB", "kʼicheʼ",
     "Quiero que el registro abra los sábados porque trabajo toda la semana y no puedo"]
)  # fmt: skip
EVENTS = st.one_of(
    st.builds(Said, WORDS, st.integers(1, 7)),
    st.builds(Said, WORDS),
    st.builds(Said, st.text(max_size=40)),
    st.just(Arrived()),
    st.just(Spoke()),
    st.just(Showed()),
)
STEPS = st.lists(st.tuples(EVENTS, st.integers(1, 50_000)), max_size=40)


def play(
    flow: Flow, steps: list[tuple[object, int]], seed: int, occasion: Occasion = USUAL
) -> list[tuple[State, tuple[object, ...]]]:
    state, now, chance = State("es"), START, make_chance(seed)
    turns: list[tuple[State, tuple[object, ...]]] = []
    for event, seconds in steps:
        now += timedelta(seconds=seconds)
        turn = advance(flow, state, event, now, chance, occasion=occasion)  # type: ignore[arg-type]
        state = State.from_json(turn.state.to_json())
        assert state == turn.state
        turns.append((state, turn.effects))
    return turns


@settings(max_examples=150)
@given(st.sampled_from(FLOWS), STEPS, st.integers(0, 3))
def test_a_turn_never_raises_and_always_says_something(
    flow: Flow, steps: list[tuple[object, int]], seed: int
) -> None:
    asked: set[str] = set()
    for _, effects in play(flow, steps, seed):
        assert effects
        for effect in effects:
            if isinstance(effect, Say):
                assert flow.text(effect.language, effect.key)
                asked.add(effect.key.removesuffix("/texto"))
            if isinstance(effect, Record):
                assert effect.question in asked, "an answer to a question nobody was shown"


@settings(max_examples=50)
@given(st.sampled_from(FLOWS), STEPS, st.integers(0, 3))
def test_the_same_inputs_give_the_same_conversation(
    flow: Flow, steps: list[tuple[object, int]], seed: int
) -> None:
    assert play(flow, steps, seed) == play(flow, steps, seed)


@settings(max_examples=50)
@given(st.sampled_from(FLOWS), st.text(max_size=5).filter(lambda text: not text.isascii()))
def test_somebody_who_is_never_understood_still_reaches_an_end(flow: Flow, text: str) -> None:
    consented = [(Said("hola"), 1), (Said("1"), 1), (Said("1"), 1), (Said("1"), 1)]
    turns = play(flow, [*consented, *[(Said(text), 20)] * 60], 1)
    assert any(isinstance(effect, Finish) for _, effects in turns for effect in effects)


# --- scripts nobody wrote -----------------------------------------------------------------

OCCASIONS = st.sampled_from(
    [
        USUAL,
        Occasion(pays=True),
        Occasion(afterwards=Occasion(pays=True)),
        Occasion(full=frozenset({"c:1", "c:1-1", "c:2-2", "c:14"}), afterwards=USUAL),
    ]
)
REPLIES = st.sampled_from(
    ["1", "2", "3", "1 2", "2 1 3", "12", "111", "0", "Nebaj", "15/3/2024", "31/12/2099", "si", "?",
     "ATRAS", "AYUDA", "PRUEBA", "Que haya agua en mi aldea todos los días del año"]
)  # fmt: skip
PEOPLE = st.lists(
    st.tuples(
        st.one_of(st.builds(Said, REPLIES), st.builds(Said, st.text(max_size=9)), EVENTS),
        st.integers(1, 50_000),
    ),
    max_size=25,
)


@settings(max_examples=100)
@given(make_script(), PEOPLE, st.integers(0, 3), OCCASIONS)
def test_no_script_and_nobody_brings_a_conversation_down(
    script: Script, steps: list[tuple[object, int]], seed: int, occasion: Occasion
) -> None:
    flow = make_flow(script)
    asked = {step.id for step in script.steps if isinstance(step, Draw)}
    for state, effects in play(flow, steps, seed, occasion):
        assert effects
        assert len(effects) <= 2 * len(script.steps) + 4
        said = [one.say if isinstance(one, SayAfterwards) else one for one in effects]
        for effect in said:
            if isinstance(effect, Say):
                assert flow.text(effect.language, effect.key)
                asked.add(effect.key.removesuffix("/texto"))
            if isinstance(effect, Record):
                assert effect.question in asked, "an answer to a question nobody was shown"
        waits = state.position is None or flow.find_step(state.position) is not None
        assert waits
        assert state.together[:1] in {(), (state.position,)}
    assert play(flow, steps, seed, occasion) == play(flow, steps, seed, occasion)


@settings(max_examples=60)
@given(make_script(), st.sampled_from(["1", "2", "0", "1 1 1", "zzz"]), OCCASIONS)
def test_every_conversation_ends_however_one_goes_on_answering(
    script: Script, word: str, occasion: Occasion
) -> None:
    begun = [(Said("hola"), 1), (Said("1"), 1), (Said("1"), 1)]
    turns = play(make_flow(script), [*begun, *[(Said(word), 20)] * 60], 1, occasion)
    assert any(isinstance(effect, Finish) for _, effects in turns for effect in effects)
