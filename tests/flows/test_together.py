"""Several closed questions in one message, on a small flow; and what chance draws."""

import pytest

from flows.effects import Record, Say
from flows.engine import advance
from flows.events import Occasion, Said, Spoke
from flows.flow import Flow
from flows.golden.chance import make_chance
from flows.script.compile import make_flow
from flows.script.parse import read_script
from flows.state import State
from tests.support.engine_phone import START
from tests.support.small_script import LANGUAGE, spoil

PAYING = Occasion(pays=True)


def read(source: str = LANGUAGE) -> Flow:
    script = read_script(source, name="lenguaje").script
    assert script is not None
    return make_flow(script)


class Talk:
    """A person who pays for each message."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.state = State("es")
        self.said: list[str] = []
        self.kept: dict[str, str] = {}

    def send(self, *texts: str) -> list[str]:
        for text in texts:
            event = Spoke() if text == "(voz)" else Said(text)
            turn = advance(self.flow, self.state, event, START, make_chance(1), occasion=PAYING)
            self.state = State.from_json(turn.state.to_json())
            effects = turn.effects
            self.said = [effect.key for effect in effects if isinstance(effect, Say)]
            self.kept |= {one.question: one.value for one in effects if isinstance(one, Record)}
        return self.said


GROUP = ["sobre_usted/texto", "d1/texto", "n1/texto", "d2/texto"]


def test_a_group_is_asked_again_whole_after_help_and_once_after_nonsense() -> None:
    talk = Talk(read())
    assert talk.send("hola", "1", "1") == GROUP
    assert talk.send("AYUDA")[1:] == GROUP
    assert talk.send("bla bla") == ["servicio/error_ejemplo_juntas", *GROUP]
    assert talk.send("bla bla") == ["servicio/error2", "d1/texto"]
    assert talk.send("2") == ["n1/texto"]


def test_a_number_below_nought_is_no_list_of_answers() -> None:
    talk = Talk(read())
    talk.send("hola", "1", "1")
    assert talk.send("-1") == ["servicio/error_ejemplo_juntas", *GROUP]


@pytest.mark.parametrize("reply", ["2 3 1", "2,3,1", "2-3-1", "2 y 3 y 1", "231", "dos tres si"])
def test_any_way_of_writing_several_numbers_is_read(reply: str) -> None:
    talk = Talk(read())
    talk.send("hola", "1", "1", reply)
    assert {name: talk.kept[name] for name in ("d1", "n1", "d2")} == {
        "d1": "2",
        "n1": "3",
        "d2": "1",
    }


def test_a_voice_note_answers_the_first_of_a_group_and_the_rest_comes_one_by_one() -> None:
    talk = Talk(read())
    talk.send("hola", "1", "1")
    assert talk.send("(voz)") == ["servicio/voz_recibida", "n1/texto"]
    assert talk.kept["d1"] == "voz"


def test_a_question_of_a_group_that_does_not_apply_is_passed_over() -> None:
    source = spoil(
        "        delicada: si\n", "        delicada: si\n        si: edad == 2\n", LANGUAGE
    )
    talk = Talk(
        read(spoil("    si: edad == 2\n    resultado", "    si: inv == 2\n    resultado", source))
    )
    assert talk.send("hola", "1", "1") == ["sobre_usted/texto", "n1/texto", "d2/texto"]
    assert talk.send("4 2") == ["ub/texto"]
    assert "d1" not in talk.kept


def test_a_group_of_which_one_is_left_is_asked_as_that_one() -> None:
    source = spoil(
        "        rango: 1-20\n", "        rango: 1-20\n        si: edad == 2\n", LANGUAGE
    )
    source = spoil("    si: edad == 2\n    resultado", "    si: inv == 2\n    resultado", source)
    talk = Talk(read(source))
    assert talk.send("hola", "1", "1") == ["d1/texto"]


def test_what_was_drawn_for_a_person_stays_when_she_changes_her_answers() -> None:
    talk = Talk(read())
    talk.send("hola", "1", "1", "2 3 1", "0", "0")
    drawn = talk.kept.pop("tema")
    talk.send("1", "ALDEA", "1", "2 3 1", "0", "0")
    assert "tema" not in talk.kept
    assert talk.state.answers["tema"] == drawn
