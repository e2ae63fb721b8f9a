"""What a consultation costs a person: messages and minutes, by the longest way through it."""

from hypothesis import given, settings

from flows.data import find_scripts, read_bytes
from flows.script.check import check_script
from flows.script.cost import LONGEST_SESSION, Cost, check_messages, check_session, estimate
from flows.script.model import Script
from flows.script.parse import read_script
from flows.script.problems import Problem
from flows.script.ways import find_heaviest
from tests.support.random_scripts import make_script
from tests.support.small_script import CLEAN, LANGUAGE, mend, spoil

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
    assert estimate(read(HEAD + note), "sms") == Cost("sms", 0, 0, 6, 0)
    assert estimate(read(HEAD + note), "ussd").seconds == 1
    options = '    opciones:\n      1: "Sí"\n      2: "No"\n'
    asked = f'  - pregunta: a\n    tipo: opcion\n    texto: "{ten}"\n{options}'
    assert estimate(read(HEAD + asked), "ussd").seconds == round(12 * 0.6 + 8)


OFFER = """\
  - pregunta: r
    tipo: opcion
    texto: "¿Seguimos?"
    opciones:
      1: "Seguir"
      2: "Luego por SMS"
  - pausa: luego
    si: r == 2
    texto: x
    hasta: mañana 10:00
"""
REST = """\
  - descanso: d
    texto: "¿Sigue?"
    opciones:
      1: "Seguir"
      2: "Luego por SMS"
    luego: "Bien."
"""
FOURTEEN = [ASKED.format(f"p{number}") for number in range(14)]


def find_long(source: str) -> list[Problem]:
    parsed = read_script(source, name="x")
    assert parsed.draft is not None
    return list(check_session(parsed, parsed.draft))


def test_each_stretch_between_rests_is_a_session_of_its_own() -> None:
    whole = "".join(FOURTEEN)
    assert [found.line for found in find_long(HEAD + whole)] == [5 + 3 * 10]
    for rest in (OFFER, REST):
        parted = "".join(FOURTEEN[:7]) + rest + "".join(FOURTEEN[7:])
        assert len(find_long(HEAD + whole + rest + ASKED.format("z"))) == 1
        assert find_long(HEAD + parted) == []
        assert estimate(read(HEAD + parted), "ussd").session < LONGEST_SESSION


def test_the_proposed_rests_part_a_session_however_long_it_is() -> None:
    source = HEAD + REST + "".join(ASKED.format(f"p{number}") for number in range(40))
    problems = find_long(source)
    assert [found.line for found in problems] == [11 + 3 * 10, 11 + 3 * 20, 11 + 3 * 30]
    assert {found.severity for found in problems} == {"error"}
    assert problems[0].mended == (
        '  - descanso: descanso_1\n    texto: "¿Sigue ahora?"\n    opciones:\n'
        '      1: "Seguir"\n      2: "Luego por SMS"\n'
        '    luego: "Bien. Le escribimos por SMS."\n\n  - pregunta: p10'
    )
    mended = mend(source, tuple(problems))
    assert find_long(mended) == []
    steps = [step.id for step in read(mended).steps]
    assert [name for name in steps if name.startswith("descanso")] == [
        *("descanso_1", "descanso_2", "descanso_3"),
    ]
    again = mended.replace("descanso_1", "descanso_4")
    late = find_long(again + "".join(ASKED.format(f"q{number}") for number in range(40)))
    assert late[0].mended is not None
    assert "descanso_1\n" in late[0].mended


def test_who_takes_the_longer_way_is_the_one_who_needs_the_rest() -> None:
    """The heaviest way of all leads past the steps that last too long in one sitting."""
    inner = "".join(
        f"      - pregunta: b{n}\n        tipo: si_no\n        texto: x\n" for n in range(12)
    )
    long = f"  - si: a == 1\n    pasos:\n{inner}"
    other = "".join(FOURTEEN[:7]) + REST + "".join(FOURTEEN[7:])
    source = HEAD + ASKED.format("a") + long + "  - ir_a: z\n    si: a == 1\n" + other
    (problem,) = find_long(source + ASKED.format("z"))
    assert problem.mended is not None
    assert problem.mended.startswith("      - descanso: descanso_1\n        texto:")


def test_a_rest_stands_before_a_group_and_does_not_shorten_one() -> None:
    group = "  - juntas: g\n    texto: x\n    pasos:\n" + "".join(
        INNER.format("", f"g{number}") for number in range(12)
    )
    asked = "".join(FOURTEEN[:3])
    (problem,) = find_long(HEAD + asked + group)
    assert (problem.line, problem.mended) == (5 + 3 * 3, None)
    assert problem.sentence.endswith(" Parta «juntas» en dos.")
    shorter = group[: group.index("      - pregunta: g9")]
    (problem,) = find_long(HEAD + asked + shorter)
    assert problem.mended is not None
    assert problem.mended.endswith("\n\n  - juntas: g")
    assert find_long(HEAD + shorter + REST + asked) == []


def test_a_step_whose_name_does_not_stand_first_is_told_without_a_proposal() -> None:
    last = '  - tipo: si_no\n    pregunta: z\n    texto: "¿Z?"\n'
    (problem,) = find_long(HEAD + "".join(FOURTEEN[:10]) + last)
    assert problem.mended is None


def test_nobody_who_dials_the_flagship_sits_longer_than_a_gateway_waits() -> None:
    for slug in find_scripts():
        script = read(read_bytes("scripts", slug, "guion.yaml").decode())
        assert estimate(script, "ussd").session <= LONGEST_SESSION


def find_dear(source: str) -> list[Problem]:
    parsed = read_script(source, name="x")
    assert parsed.draft is not None
    return list(check_messages(parsed, parsed.draft))


def test_more_than_eight_messages_are_a_problem_at_the_ninth() -> None:
    asked = "".join(ASKED.format(f"p{number}") for number in range(9))
    (problem,) = find_dear(HEAD + asked + ASKED.format("z"))
    assert (problem.severity, problem.line) == ("error", 5 + 3 * 8)
    assert " 10 mensajes " in problem.sentence
    assert find_dear(HEAD + asked[: asked.index("  - pregunta: p8")]) == []


def test_what_a_way_costs_is_told_once_nothing_else_is_wrong() -> None:
    more = "".join(ASKED.format(f"m{number}") for number in range(9))
    dear = spoil("  - mensaje: fin", f"{more}  - mensaje: fin")
    parsed = read_script(dear, name="x")
    assert {found.code for found in check_script(parsed)} >= {"camino-caro", "sesion-larga"}
    parsed = read_script(spoil("tipo: lugar", "tipo: luga", dear), name="x")
    assert {found.code for found in check_script(parsed)} == {"tipo-desconocido"}


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
