"""The check: it says everything at once, and nothing that only follows from something else."""

import pytest

from flows.script.check import check_script, check_together
from flows.script.model import End
from flows.script.parse import read_script
from flows.script.words import STEPS, spanish
from tests.support.small_script import CLEAN, LANGUAGE, check, find_line, mend, spoil


def codes(source: str) -> list[str]:
    return [problem.code for problem in check(source)]


def test_a_question_without_a_known_type_is_told_once_whatever_looks_at_it() -> None:
    assert codes(spoil("tipo: opcion\n", "tipo: zzz\n")) == ["tipo-desconocido"]
    assert codes(spoil("    tipo: opcion\n", "")) == ["falta-tipo"]


def test_a_condition_that_cannot_be_read_leaves_the_way_open() -> None:
    assert codes(spoil("si: edad == 2", "si: edad")) == ["condicion"]
    assert codes(spoil("si: edad == 2", "si:")) == ["falta-valor"]


def test_a_place_is_compared_with_its_code() -> None:
    step = '  - mensaje: alla\n    si: p5 == {}\n    texto: "Allá."\n\n  - mensaje: fin'
    assert codes(spoil("  - mensaje: fin", step.format("1401"))) == []
    assert codes(spoil("  - mensaje: fin", step.format("14"))) == []
    assert codes(spoil("  - mensaje: fin", step.format("Nebaj"))) == ["condicion-tipo"]


def test_a_condition_with_too_many_answers_to_try_counts_as_possible() -> None:
    options = "\n".join(f'      {number}: "Cosa {number}"' for number in range(1, 13))
    steps = "".join(
        f'  - pregunta: q{n}\n    tipo: opcion\n    texto: "¿Cuál?"\n    opciones:\n{options}\n\n'
        for n in range(1, 5)
    )
    condition = " y ".join(f"q{n} == 1" for n in range(1, 5)) + " y q1 == 2"
    source = spoil("  - mensaje: fin", f"{steps}  - mensaje: b\n    si: {condition}\n    texto: "
                   '"Bueno."\n\n  - mensaje: fin')  # fmt: skip
    assert "condicion-imposible" not in codes(source)


def test_conditions_of_a_block_and_a_step_that_exclude_each_other_are_told() -> None:
    source = spoil("si: p4 contestada", "si: p1 == 2 y p4 contestada")
    assert codes(source) == ["condicion-imposible"]


def test_what_is_too_long_alone_is_not_told_again_for_its_screen() -> None:
    long = f'  - mensaje: m\n    texto: "{"Ya casi. " * 20}"\n\n  - pregunta: p5'
    assert codes(spoil("  - pregunta: p5", long)) == ["texto-largo"]


def test_texts_over_several_lines_are_read_whole() -> None:
    folded = spoil('texto: "¿En qué municipio vive?"', "texto: >\n      ¿En qué:\n\n      vive?\n")
    assert codes(folded) == []
    quoted = spoil('"¿En qué municipio vive?"', '"¿En qué municipio\n      vive?"')
    assert codes(quoted) == []
    plain = spoil('"¿En qué municipio vive?"', "¿En qué\n      municipio vive?")
    assert codes(plain) == []
    listed = spoil("[PRUEBA, ALDEA]", "[PRUEBA,\n  ALDEA]")
    assert codes(listed) == []
    script = read_script(quoted, name="x").script
    assert script is not None
    assert script.texts["p5/texto"] == "¿En qué municipio vive?"


def test_a_note_may_stand_behind_any_key() -> None:
    noted = CLEAN
    for word in ("marcadores:", "oficina:", "servicio:", "pasos:", "opciones:", "ejes:"):
        noted = spoil(f"{word}\n", f"{word}  # una nota: aquí\n", noted)
    assert codes(noted) == []
    folded = spoil('texto: "¿En qué municipio vive?"', "texto: # una nota\n      ¿Dónde vive?")
    assert codes(folded) == []
    assert codes(spoil("    segun: [d1, ub]", "     segun: [d1, ub]", LANGUAGE)) == ["sangria"]
    assert codes(spoil("    maximo: 20\n", "     maximo: 20\n", LANGUAGE)) == ["sangria"]


def test_what_is_proposed_for_a_text_over_several_lines_stands_for_all_of_them() -> None:
    source = spoil('"¿En qué municipio vive?"', "¿En qué\n      municipio: vive?")
    (problem,) = check(source)
    line = find_line(CLEAN, source)
    assert (problem.line, problem.span) == (line + 1, (line, line + 1))
    assert check(mend(source, (problem,))) == ()


def test_blocks_after_the_last_step_that_is_read_are_told_once() -> None:
    steps = "".join(f'\n      - mensaje: m{n}\n        texto: "Ya."' for n in range(510))
    last = '\n  - mensaje: m\n    texto: "Ya."'
    source = f"{CLEAN}\n  - si: edad == 1\n    pasos:{steps}{last}"
    assert codes(source).count("muchos-pasos") == 1


def test_what_yaml_drags_along_is_told_once() -> None:
    source = spoil("[PRUEBA, ALDEA]", "[PRUEBA, ALDEA]]")
    assert codes(source).count("yaml") == 1


def test_faults_without_end_are_left_for_the_next_check() -> None:
    fault = "palabras: [A, }]\n" + "#\n" * 900
    assert codes(fault * 5 + "#\n") == ["yaml"] * 5


def test_a_list_that_is_no_script_and_has_a_mistake_besides_is_told_by_it() -> None:
    assert codes('- "a\n- b') == ["comillas"]


def test_a_short_message_shares_the_screen_of_the_question_after_it() -> None:
    step = '  - mensaje: m\n    texto: "Ya casi."\n\n  - pregunta: p5'
    assert codes(spoil("  - pregunta: p5", step)) == []


def test_what_is_left_out_has_its_usual_value() -> None:
    rated = read_script(spoil("    rango: 1-5\n", ""), name="x").script
    assert rated is not None
    assert (rated.questions[4].low, rated.questions[4].high) == (1, 5)
    last = '  - fin: adios\n    texto: "Adiós."'
    script = read_script(CLEAN + last, name="x").script
    assert script is not None
    assert script.steps[-1] == End("adios", CLEAN.count("\n") + 1)


@pytest.mark.parametrize("until", ["en 3 días 9:00", "mañana a las 10:00", "pasado mañana 17:00"])
def test_a_pause_says_when_it_goes_on(until: str) -> None:
    assert codes(spoil("hasta: mañana 10:00", f"hasta: {until}")) == []


def test_two_scripts_of_one_name_are_told_at_the_second() -> None:
    one, other = read_script(CLEAN, name="a.yaml"), read_script(f"# x\n{CLEAN}", name="b.yaml")
    broken, third = read_script("", name="c.yaml"), read_script(LANGUAGE, name="d.yaml")
    found = check_together([one, other, broken, third, one])
    assert {name: [(one.code, one.line) for one in told] for name, told in found.items()} == {
        "b.yaml": [("slug-repetido", 3)]
    }


def test_a_word_the_table_does_not_have_is_our_own_fault() -> None:
    with pytest.raises(KeyError):
        spanish(STEPS, "nothing")


def test_days_from_today_on_may_end_today_or_later_and_none_is_past_without_a_clock() -> None:
    from_today = "desde: hoy\n    hasta: {}"
    on_time = spoil("desde: 1/1/2020\n    hasta: hoy", from_today.format("27/11/2026"), LANGUAGE)
    assert codes(on_time) == []
    late = spoil("27/11/2026", "26/11/2026", on_time)
    [told] = check(late)
    assert (told.code, told.line) == ("fecha-vencida", find_line(on_time, late))
    assert told.sentence.startswith("El 26/11/2026 ya pasó")
    assert check_script(read_script(late, name="x")) == ()
    assert codes(spoil("desde: hoy\n", "desde: 1/1/2020\n", late)) == []
    assert codes(spoil("    hasta: 26/11/2026\n", "", late)) == []


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("SI", [("palabra-que-contesta", 5)]),
        ("1", [("palabra-que-contesta", 5)]),
        ("dos", [("palabra-que-contesta", 5)]),
        ("PASO", [("palabra-que-contesta", 5)]),
        ("Nebaj", [("palabra-que-contesta", 5)]),
        ("Agua", [("etiqueta-de-servicio", 40)]),
        ("AGUA LIMPIA", []),
        ("INFO", [("palabra-de-servicio", 5)]),
        ("INICIO", []),
    ],
)
def test_who_answers_does_not_enter_again(word: str, told: list[tuple[str, int]]) -> None:
    problems = check(spoil("[PRUEBA, ALDEA]", f"[PRUEBA, {word}]"))
    assert [(one.code, one.line) for one in problems] == told


ENTERS_AGAIN = "quien la mande para contestar volvería a entrar. Elija otra palabra para entrar."


def test_every_word_that_enters_is_told_in_capitals() -> None:
    told = [one.sentence for one in check(spoil("[PRUEBA, ALDEA]", "[info, dos, baja]"))]
    assert told == [
        "«INFO» ya es una palabra de servicio. Elija otra para entrar.",
        f"«DOS» contesta la pregunta «inv»: {ENTERS_AGAIN}",
        "«BAJA» ya es una palabra de servicio. Elija otra para entrar.",
    ]


@pytest.mark.parametrize(
    ("label", "word", "told"),
    [
        ('2: "Luz eléctrica"', "LUZ", [("palabra-que-contesta", 5)]),
        ('2: "Luz eléctrica | Luz"', "LUZ", [("etiqueta-de-servicio", 41)]),
        ('2: "Luz eléctrica"', "LUZ DEL DIA", []),
        ('2: "Más de 60"', "SESENTA", []),
    ],
)
def test_who_begins_a_label_does_not_enter_again(
    label: str, word: str, told: list[tuple[str, int]]
) -> None:
    source = spoil('2: "Luz"', label, spoil("[PRUEBA, ALDEA]", f"[{word}]"))
    assert [(one.code, one.line) for one in check(source)] == told


def test_a_word_that_enters_tells_which_question_it_answers() -> None:
    [told] = check(spoil("[PRUEBA, ALDEA]", "[PRUEBA, Nebaj]"))
    assert told.sentence.startswith("«NEBAJ» contesta la pregunta «p5»: ")


@pytest.mark.parametrize(
    "source",
    [
        "pregunta,tipo,texto\np1,opcion,Hola\n",
        '{"puente": 1, "pasos": []}\n',
        "\n".join(f"> {line}" for line in CLEAN.split("\n")),
        "Buenos días\nLes mando las preguntas\n",
    ],
)
def test_what_is_no_script_is_told_once(source: str) -> None:
    assert codes(source) == ["no-es-guion"]
