"""Rests of a session that may be cut: now, or by SMS once it is over."""

import pytest

from flows.effects import Finish, Say, SayAfterwards
from flows.engine import advance
from flows.events import USUAL, Arrived, Event, Occasion, Said
from flows.flow import Flow
from flows.golden.chance import make_chance
from flows.script.compile import make_flow
from flows.script.parse import read_script
from flows.state import State
from tests.support.engine_phone import START
from tests.support.small_script import CLEAN, LANGUAGE, spoil

DIALLED = Occasion(afterwards=USUAL)
REST = """\
  - descanso: respiro
    texto: "¿Sigue ahora?"
    opciones:
      1: "Seguir"
      2: "Luego por SMS"
    luego: "Bien. Le escribimos por SMS."

"""
RESTED = spoil("  - pregunta: p2", f"{REST}  - pregunta: p2")


def read(source: str = RESTED) -> Flow:
    script = read_script(source, name="x").script
    assert script is not None
    return make_flow(script)


class Talk:
    """A person who has dialled; `said` is on the screen, `waiting` comes afterwards."""

    def __init__(self, source: str = RESTED) -> None:
        self.flow = read(source)
        self.state = State("es")
        self.occasion = DIALLED
        self.said: list[str] = []
        self.waiting: list[str] = []
        self.effects: tuple[object, ...] = ()

    def happen(self, event: Event) -> list[str]:
        chance = make_chance(1)
        turn = advance(self.flow, self.state, event, START, chance, occasion=self.occasion)
        self.state = State.from_json(turn.state.to_json())
        self.effects = turn.effects
        self.said = [one.key for one in turn.effects if isinstance(one, Say)]
        self.waiting = [one.say.key for one in turn.effects if isinstance(one, SayAfterwards)]
        return self.said

    def send(self, *texts: str) -> list[str]:
        for text in texts:
            self.happen(Said(text))
        return self.said

    def to_rest(self) -> "Talk":
        self.happen(Arrived())
        assert self.send("1", "1", "1") == ["respiro/texto"]
        return self


def test_a_rest_is_offered_only_where_a_session_may_be_cut() -> None:
    talk = Talk()
    talk.occasion = USUAL
    talk.happen(Arrived())
    assert talk.send("1", "1", "1") == ["p2/texto"]
    talk = Talk().to_rest()
    (offered,) = [one for one in talk.effects if isinstance(one, Say)]
    assert [(choice.digit, choice.label) for choice in offered.choices] == [
        ("1", "respiro/opcion.1"),
        ("2", "respiro/opcion.2"),
    ]
    assert (talk.state.position, talk.state.asking) == ("respiro", "rest")


@pytest.mark.parametrize("word", ["1", "Seguir", "si", "¿qué?", "3", ""])
def test_whatever_does_not_clearly_leave_goes_on(word: str) -> None:
    talk = Talk().to_rest()
    assert talk.send(word) == ["p2/texto"]
    assert talk.waiting == []
    assert (talk.state.position, talk.state.asking) == ("p2", "answer")
    assert "respiro" not in talk.state.answers


@pytest.mark.parametrize("word", ["2", "luego por sms", "Luego"])
def test_who_leaves_has_the_next_question_afterwards(word: str) -> None:
    talk = Talk().to_rest()
    assert talk.send(word) == ["respiro/luego"]
    assert talk.waiting == ["p2/texto"]
    talk.occasion = USUAL
    assert talk.send("1") == ["p3/texto"]
    assert talk.state.answers["p2"] == "1"


def test_what_stands_before_the_next_question_waits_with_it() -> None:
    note, other = (f'  - mensaje: {name}\n    texto: "Ya."\n\n' for name in ("m", "n"))
    talk = Talk(spoil("  - pregunta: p2", f"{note}{REST}{other}  - pregunta: p2"))
    talk.happen(Arrived())
    assert talk.send("1", "1", "1") == ["m/texto", "respiro/texto"]
    talk.send("2")
    assert talk.waiting == ["n/texto", "p2/texto"]


def test_who_dials_again_goes_on_behind_the_rest() -> None:
    talk = Talk().to_rest()
    assert talk.happen(Arrived()) == ["p2/texto"]
    assert talk.send("AYUDA") == ["servicio/ayuda", "p2/texto"]


def test_going_back_at_a_rest_brings_the_question_before_it() -> None:
    talk = Talk().to_rest()
    assert talk.send("ATRAS") == ["p1/texto"]
    assert talk.send("2") == ["respiro/texto"]
    assert talk.state.answers["p1"] == "2"


def test_leaving_for_good_at_a_rest_and_coming_back() -> None:
    talk = Talk().to_rest()
    assert talk.send("BAJA") == ["servicio/baja"]
    assert talk.send("PRUEBA") == ["p2/texto"]


def test_the_rest_of_the_way_is_as_where_she_goes_on() -> None:
    """By SMS each message may cost her, and a further rest is passed by."""
    source = spoil("  - juntas:", f"{REST}  - juntas:", LANGUAGE)
    source = spoil("  - juntas:", REST.replace("respiro", "otro") + "  - juntas:", source)
    talk = Talk(source)
    talk.occasion = Occasion(afterwards=Occasion(pays=True))
    talk.happen(Arrived())
    assert talk.send("1", "1") == ["respiro/texto"]
    assert talk.send("2") == ["respiro/luego"]
    assert talk.waiting == ["sobre_usted/texto", "d1/texto", "n1/texto", "d2/texto"]
    assert talk.state.together == ("d1", "n1", "d2")


def test_a_gate_behind_a_rest_still_counts() -> None:
    source = spoil("  - cupo:", f"{REST}  - cupo:", LANGUAGE)
    talk = Talk(source)
    talk.occasion = Occasion(full=frozenset({"sexo:1"}), afterwards=USUAL)
    talk.happen(Arrived())
    assert talk.send("1", "1", "1", "2", "1", "0") == ["respiro/texto"]
    assert talk.send("2") == ["respiro/luego"]
    assert talk.waiting == ["lleno/texto"]
    assert Finish("full") in talk.effects


def test_a_person_at_a_rest_who_writes_instead_is_asked_on() -> None:
    talk = Talk().to_rest()
    talk.occasion = USUAL
    assert talk.send("2") == ["p2/texto"]


def test_what_is_said_at_a_rest_is_there_in_her_language() -> None:
    assert read().text("es", "respiro/luego") == "Bien. Le escribimos por SMS."
    assert read(CLEAN).find_step("respiro") is None
