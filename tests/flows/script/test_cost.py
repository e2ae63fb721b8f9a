"""What a consultation costs a person: messages and minutes, by the longest way through it."""

from hypothesis import given, settings

from flows.data import read_bytes
from flows.script.check import check_script
from flows.script.cost import Cost, advise, estimate
from flows.script.model import Script
from flows.script.parse import read_script
from flows.script.problems import Problem
from flows.script.ways import find_heaviest
from tests.support.random_scripts import make_script
from tests.support.small_script import CLEAN, LANGUAGE, spoil

HEAD = "puente: 1\nconsulta: x\ntitulo: x\npasos:\n"
ASKED = '  - pregunta: {0}\n    tipo: si_no\n    texto: "¿{0}?"\n'
INNER = '      - pregunta: {1}\n        tipo: si_no\n        texto: "¿{1}?"\n'
BLOCK = "  - si: {0}\n    pasos:\n" + INNER


def read(source: str) -> Script:
    draft = read_script(source, name="x").draft
    assert draft is not None
    return draft


def count(source: str) -> int:
    return estimate(read(source), "whatsapp").all_messages


def test_every_question_on_a_straight_way_is_a_message() -> None:
    assert count(HEAD + ASKED.format("a") + ASKED.format("b")) == 2


def test_ways_that_exclude_each_other_are_not_added_up() -> None:
    either = BLOCK.format("a == 1", "b") + BLOCK.format("a == 2", "c") + BLOCK.format("a == 2", "d")
    assert count(HEAD + ASKED.format("a") + either) == 3


def test_who_ends_or_jumps_answers_no_more_of_it() -> None:
    assert count(HEAD + ASKED.format("a") + "  - fin: z\n    texto: x\n" + ASKED.format("b")) == 1
    jump = "  - ir_a: c\n    si: a == 1\n" + ASKED.format("b") + ASKED.format("c")
    assert count(HEAD + ASKED.format("a") + jump) == 3
    assert count(HEAD + ASKED.format("a") + jump.replace("    si: a == 1\n", "")) == 2


def test_a_jump_that_leads_nowhere_or_back_is_passed_over() -> None:
    assert count(HEAD + ASKED.format("a") + "  - ir_a: a\n  - ir_a: zz\n" + ASKED.format("b")) == 2


def test_who_does_not_consent_is_asked_nothing_and_is_no_way() -> None:
    script = read(spoil("si: edad == 2", "si: edad == 2 o inv == 2"))
    assert estimate(script, "sms").messages == estimate(read(CLEAN), "sms").messages
    broken = spoil('    opciones:\n      1: "Sí"\n      2: "No"\n', "    opciones:\n", CLEAN)
    assert estimate(read(broken.replace("edad == 2", "inv == 2")), "sms").messages > 3


def test_questions_asked_together_are_one_message_where_messages_cost() -> None:
    script = read(LANGUAGE)
    assert (estimate(script, "sms").messages, estimate(script, "ussd").messages) == (6, 8)


def test_what_is_optional_is_counted_apart() -> None:
    script = read(HEAD + ASKED.format("a") + ASKED.format("b") + "    parte: 2\n")
    cost = estimate(script, "sms")
    assert (cost.messages, cost.all_messages) == (1, 2)


def test_time_is_what_a_slow_reader_and_a_keypad_take() -> None:
    ten = "Una dos tres cuatro cinco seis siete ocho nueve diez"
    note = f'  - mensaje: m\n    texto: "{ten}"\n    texto_ussd: "Una"\n'
    assert estimate(read(HEAD + note), "sms") == Cost("sms", 0, 0, 6, 6)
    assert estimate(read(HEAD + note), "ussd").seconds == 1
    options = '    opciones:\n      1: "Sí"\n      2: "No"\n'
    asked = f'  - pregunta: a\n    tipo: opcion\n    texto: "{ten}"\n{options}'
    assert estimate(read(HEAD + asked), "ussd").seconds == round(14 * 0.6 + 8)


def test_a_session_begins_anew_where_people_may_go_on_another_day() -> None:
    rest = (
        '  - pregunta: r\n    tipo: opcion\n    texto: "¿Seguimos?"\n    opciones:\n'
        '      1: "Seguir"\n      2: "Luego por SMS"\n'
        "  - pausa: luego\n    si: r == 2\n    texto: x\n    hasta: mañana 10:00\n"
    )
    asked = [ASKED.format(f"p{number}") for number in range(14)]
    whole, parted = "".join(asked), "".join(asked[:7]) + rest + "".join(asked[7:])
    late = HEAD + whole + rest + ASKED.format("z")
    assert len([found for found in advise(read(late)) if found.code == "sesion-larga"]) == 1
    long = [found.line for found in advise(read(HEAD + whole)) if found.code == "sesion-larga"]
    assert long == [5 + 3 * 9]
    assert "sesion-larga" not in {found.code for found in advise(read(HEAD + parted))}
    assert estimate(read(HEAD + parted), "ussd").session < 100


def find_dear(source: str) -> list[Problem]:
    parsed = read_script(source, name="x")
    return [found for found in check_script(parsed) if found.code == "camino-caro"]


def test_more_than_eight_messages_are_a_problem_at_the_ninth() -> None:
    asked = "".join(ASKED.format(f"p{number}") for number in range(9))
    (problem,) = find_dear(HEAD + asked + ASKED.format("z"))
    assert (problem.severity, problem.line) == ("error", 5 + 3 * 8)
    assert " 10 mensajes " in problem.sentence
    assert find_dear(HEAD + asked[: asked.index("  - pregunta: p8")]) == []


def test_who_pays_for_each_message_sends_eight_to_the_flagship() -> None:
    script = read(read_bytes("scripts", "plan-digital", "guion.yaml").decode())
    assert [estimate(script, form).messages for form in ("sms", "whatsapp", "ussd")] == [8, 10, 10]


def test_a_script_that_asks_nothing_costs_nothing() -> None:
    assert estimate(Script(1, "x", "x", "es", (), ()), "sms") == Cost("sms", 0, 0, 0, 0)


@settings(max_examples=30)
@given(make_script())
def test_no_way_is_longer_than_the_script(script: Script) -> None:
    way = find_heaviest(script, lambda so_far, _: so_far + 1)
    assert way.weight == len(way.places) <= len(script.steps)
    assert list(way.places) == sorted(set(way.places))


def test_too_many_different_people_are_followed_as_one() -> None:
    options = "    opciones:\n" + "".join(f'      {n}: "c{n}"\n' for n in range(1, 9))
    kind = '  - pregunta: {0}\n    tipo: opcion\n    texto: "¿{0}?"\n'
    asked = "".join(kind.format(name) + options for name in "abcd")
    last = BLOCK.format("a == 1 y b == 1 y c == 1 y d == 1", "z")
    assert count(HEAD + asked + last) == 5
