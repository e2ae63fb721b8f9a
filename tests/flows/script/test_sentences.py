"""What an operator reads of a condition or an option: the whole sentence, with its words in it."""

import pytest

from tests.support.small_script import CLEAN, LANGUAGE, check, spoil

CONDITIONS = [
    (
        "si: p1 == 1",
        "si: p11 == 1",
        59,
        "La condición usa «p11», que no es una pregunta de este guion. ¿Quiso decir «p1»?",
        "  - si: p1 == 1",
    ),
    ("si: p1 == 1", "si: p1 == 7", 59, "«p1» no tiene la opción «7». Tiene: 1, 2, 3.", None),
    (
        "si: p1 == 1",
        "si: p1 contiene 1",
        59,
        "«p1» es de tipo opcion: escriba «p1 == 1».",
        "  - si: p1 == 1",
    ),
    (
        "si: p2 contiene 3",
        "si: p2 == 3",
        74,
        "«p2» es de tipo opciones: escriba «p2 contiene 3».",
        "    si: p2 contiene 3",
    ),
    ("si: p3 >= 4", "si: p3 >= 9", 77, "«p3» es de tipo escala: va de 1 a 5.", None),
    ("si: p3 >= 4", "si: p3 >= mucho", 77, "«p3» es de tipo escala: va de 1 a 5.", None),
    (
        "si: p4 contestada",
        "si: p4 == 1",
        70,
        "«p4» es de tipo texto: solo se puede usar «p4 contestada».",
        None,
    ),
    (
        "si: p2 contiene 3",
        "si: p5 contestada",
        74,
        "La condición usa «p5», que se pregunta más adelante (línea 80).",
        None,
    ),
    (
        "si: p3 >= 4",
        "si: p3 == 0",
        77,
        "Una pregunta sin contestar no vale 0. Escriba «no p3 contestada».",
        "    si: no p3 contestada",
    ),
    (
        "si: p1 == 1",
        "si: p1 == 1 y p1 == 2",
        59,
        "Esta condición nunca se cumple: nadie llegará a este paso.",
        None,
    ),
]
CHANCE = [
    (
        "si: tema == salud",
        "si: tema == salut",
        92,
        "«tema» no tiene la opción «salut». Tiene: salud, escuela.",
    ),
    (
        "si: tema == salud",
        "si: tema contestada",
        92,
        "«tema» es de tipo azar: escriba «tema == salud».",
    ),
    (
        "si: f1 >= 2026-01-01",
        "si: f1 >= ayer",
        85,
        "«f1» es de tipo fecha: se compara con una fecha, como «2024-01-31».",
    ),
    ("si: n1 > 1", "si: n1 > uno", 70, "«n1» es de tipo numero: va de 1 a 20."),
]
HABITS = [
    ("p1 == 1 o 2", "¿Quiso decir «p1 == 2» en lugar de «2»?", "p1 == 1 o p1 == 2"),
    ("p1 == 1 o 2 o 3", "¿Quiso decir «p1 == 2» en lugar de «2»?", "p1 == 1 o p1 == 2 o p1 == 3"),
    (
        "p2 contiene 1 o 2",
        "¿Quiso decir «p2 contiene 2» en lugar de «2»?",
        "p2 contiene 1 o p2 contiene 2",
    ),
    (
        "no p2 contiene 1 o 2",
        "Antes de «2» falta con qué pregunta se compara, por ejemplo «p1 == 2».",
        None,
    ),
    (
        "p1 != 1 o 2",
        "Antes de «2» falta con qué pregunta se compara, por ejemplo «p1 == 2».",
        None,
    ),
    (
        "p1 == 1 y 3",
        "Antes de «3» falta con qué pregunta se compara, por ejemplo «p1 == 3».",
        None,
    ),
    ("si p1 == 1", "Aquí sobra «si»: ya está antes de los dos puntos.", "p1 == 1"),
    (
        "si",
        "Después de «si» va una comparación, por ejemplo «si == 1», o «contiene» o «contestada».",
        None,
    ),
    (
        "p2 no contiene 3",
        "¿Quiso decir «no p2 contiene 3» en lugar de «p2 no contiene 3»?",
        "no p2 contiene 3",
    ),
    (
        "p1 no vale 1",
        "Después de «p1» va una comparación, por ejemplo «p1 == 1», o «contiene» o «contestada».",
        None,
    ),
    ("p3 ≥ 4", "¿Quiso decir «>=» en lugar de «≥»?", "p3 >= 4"),
    ("p3≠4", "¿Quiso decir «!=» en lugar de «≠»?", "p3!=4"),
    ("p3 mayor que 4", "¿Quiso decir «>» en lugar de «mayor que»?", "p3 > 4"),
    ("p1 igual a 1", "¿Quiso decir «==» en lugar de «igual a»?", "p1 == 1"),
    ("p1 = 1 ó p1 = 2", "¿Quiso decir «==» en lugar de «=»?", "p1 == 1 o p1 == 2"),
    ("1 == p1", "La condición usa «1», que no es una pregunta de este guion.", None),
]
SERVICE = "es una palabra de servicio: quien la mande no elige la opción. Escriba otra cosa."
LABELS = [
    ('2: "Agua"', "Las opciones 1 y 2 dicen lo mismo. Cambie una."),
    ('2: "Baja"', f"«Baja» {SERVICE}"),
    ('2: "Aldea"', f"«Aldea» {SERVICE}"),
    ('2: "Luz | Baja"', f"«Baja» {SERVICE}"),
    (
        '2: "Una luz que alumbre todo"',
        (
            "«Una luz que alumbre todo» mide 24 y en un botón de WhatsApp caben 20. "
            "Agregue una forma corta después de «|»."
        ),
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence", "mended"), CONDITIONS)
def test_a_condition_is_told_in_its_own_words(
    old: str, new: str, line: int, sentence: str, mended: str | None
) -> None:
    found = [(one.line, one.sentence, one.mended) for one in check(spoil(old, new))]
    assert found == [(line, sentence, mended)]


@pytest.mark.parametrize(("written", "sentence", "mended"), HABITS)
def test_what_people_write_in_a_condition_is_told_in_its_own_words(
    written: str, sentence: str, mended: str | None
) -> None:
    [told] = check(spoil("si: p3 >= 4", f"si: {written}"))
    assert (told.line, told.sentence) == (77, sentence)
    assert told.mended == (mended and f"    si: {mended}")


def test_an_option_without_a_number_is_told_once() -> None:
    lettered = spoil('2: "Luz"\n      3: "Camino"', 'b: "Luz"\n      c: "Camino"')
    assert [one.code for one in check(lettered)] == ["opcion-invalida", "opcion-invalida"]
    in_a_row = spoil('\n      1: "Agua"\n      2: "Luz"\n      3: "Camino"', " Agua, Luz, Camino")
    assert [one.code for one in check(in_a_row)] == ["mal-formado"]


def test_a_number_is_not_proposed_for_the_name_of_a_question() -> None:
    name, condition = check(spoil("- pregunta: p1", "- pregunta: 1"))
    assert name.mended == "  - pregunta: p1"
    assert condition.sentence.endswith("que no es una pregunta de este guion.")


@pytest.mark.parametrize(("old", "new", "line", "sentence"), CHANCE)
def test_a_condition_over_chance_numbers_and_dates_is_told_too(
    old: str, new: str, line: int, sentence: str
) -> None:
    found = [(one.line, one.sentence) for one in check(spoil(old, new, LANGUAGE))]
    assert found == [(line, sentence)]


@pytest.mark.parametrize(("label", "sentence"), LABELS)
def test_an_option_is_told_in_its_own_words(label: str, sentence: str) -> None:
    found = [(one.line, one.sentence) for one in check(spoil('2: "Luz"', label, CLEAN))]
    assert found == [(41, sentence)]


PLACEHOLDERS = [
    (
        "{oficina}?",
        "{ofisina}?",
        56,
        "No existe el marcador «{ofisina}». ¿Quiso decir «oficina»?",
        '    texto: "Del 1 al 5, ¿qué tal le atiende {oficina}?"',
    ),
    ("{oficina}?", "{nombre}?", 56, "No existe el marcador «{nombre}».", None),
    (
        '2: "Luz"',
        '2: "Luz {oficina}"',
        41,
        "No existe el marcador «{oficina}». En una opción no van marcadores.",
        None,
    ),
    (
        '1: "Agua y luz"',
        '1: "Agua y {oficina}"',
        8,
        "No existe el marcador «{oficina}». En el nombre de un eje no van marcadores.",
        None,
    ),
    (
        "{oficina}?",
        "${oficina}?",
        56,
        "Hay una llave «${» suelta. Los marcadores se escriben «{folio}».",
        '    texto: "Del 1 al 5, ¿qué tal le atiende {oficina}?"',
    ),
    (
        "{oficina}?",
        "{oficina?",
        56,
        "Hay una llave «{» suelta. Los marcadores se escriben «{folio}».",
        None,
    ),
    (
        "{oficina}?",
        "{{ oficina }}?",
        56,
        "Hay una llave «{» suelta. Los marcadores se escriben «{folio}».",
        '    texto: "Del 1 al 5, ¿qué tal le atiende {oficina}?"',
    ),
    (
        "{oficina}?",
        "oficina}?",
        56,
        "Hay una llave «}» suelta. Los marcadores se escriben «{folio}».",
        None,
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "sentence", "mended"), PLACEHOLDERS)
def test_a_placeholder_is_told_in_its_own_words(
    old: str, new: str, line: int, sentence: str, mended: str | None
) -> None:
    found = [(one.line, one.sentence, one.mended) for one in check(spoil(old, new))]
    assert found == [(line, sentence, mended)]


def test_a_service_text_has_the_placeholders_of_its_own() -> None:
    own = '  idioma_no: "Todavía no hablamos {nombre}."\n'
    assert check(spoil("servicio:\n", f"servicio:\n{own}")) == ()
    [told] = check(spoil("servicio:\n", f"servicio:\n{own.replace('nombre', 'titulo')}"))
    assert told.sentence == "No existe el marcador «{titulo}»."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("si: p1 == 1", "si: p11 == 1", "p11 == 1"),
        ("si: p3 >= 4", "si: p2 contiene 3 y (p3 == 9)", "p3 == 9)"),
        ("si: p3 >= 4", 'si: "p3 >= 9"', 'p3 >= 9"'),
        ("si: p4 contestada", "si: p4 == 1", "p4 == 1"),
    ],
)
def test_a_condition_is_told_with_its_column(old: str, new: str, told: str) -> None:
    source = spoil(old, new)
    [problem] = check(source)
    assert problem.column is not None
    assert source.split("\n")[problem.line - 1][problem.column - 1 :] == told


def test_what_a_condition_says_in_its_next_line_has_no_column() -> None:
    [problem] = check(spoil("si: p3 >= 4", "si: p3 >= 4 y\n      p2 contiene 9"))
    assert (problem.code, problem.line, problem.column) == ("condicion-opcion", 77, None)


def test_a_dear_sign_is_told_in_its_own_words() -> None:
    [told] = check(spoil("¿En qué municipio vive?", f"¿En qué municipio {'vive ' * 12}🙂🙃?"))
    assert told.sentence == (
        "Por el signo «🙂» el mensaje cabe solo en 70 letras y mide 83. Cámbielo o acorte."
    )


def test_a_recording_is_no_wording_of_its_own() -> None:
    long = spoil("¿En qué municipio vive?", "¿En qué municipio vive? " * 8)
    spoken = spoil("tipo: lugar", "tipo: lugar\n    voz_grabada: municipio.ogg", long)
    assert [(one.code, one.line) for one in check(spoken)] == [("texto-largo", 83)]


def test_a_message_of_whatsapp_is_as_long_as_it_may_be() -> None:
    own = 'texto: "¿En qué municipio vive?"\n    texto_whatsapp: "{}"'
    fits = spoil('texto: "¿En qué municipio vive?"', own.format("a" * 1024))
    assert check(fits) == ()
    assert [one.code for one in check(spoil("aaa", "aaaa", fits))] == ["texto-largo"]


def test_a_text_that_goes_on_at_the_margin_is_not_made_a_note() -> None:
    [told] = check(spoil('texto: "¿Qué pide usted?"', "texto: ¿Qué pide usted\npara su aldea?"))
    assert (told.code, told.line, told.span) == ("suelta", 64, (63, 64))
    assert told.mended == '        texto: "¿Qué pide usted para su aldea?"'
    [told] = check(spoil("  - pregunta: p2", "Lo que falta\n  - pregunta: p2"))
    assert (told.code, told.mended) == ("suelta", "# Lo que falta")


def test_a_quote_too_many_is_no_part_of_the_text() -> None:
    [told] = check(spoil('2: "Luz"', '2: "Luz""'))
    assert told.mended == '      2: "Luz"'


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("mañana a las 10", "mañana 10:00"),
        ("mañana 10am", "mañana 10:00"),
        ("pasado mañana, a las 3 de la tarde", "pasado mañana 15:00"),
        ("mañana a las 12 pm", "mañana 12:00"),
        ("3 dias", "en 3 días 10:00"),
        ("dentro de 2 días 9:00", "pasado mañana 9:00"),
        ("en 0 días", None),
        ("mañana a las 8 pm", None),
        ("mañana 10:30", None),
        ("el lunes", None),
    ],
)
def test_an_hour_is_written_as_it_is_meant(written: str, mended: str | None) -> None:
    [told] = check(spoil("hasta: mañana 10:00", f"hasta: {written}"))
    assert (told.code, told.mended) == ("hora-invalida", mended and f"    hasta: {mended}")


def test_a_jump_is_not_led_back() -> None:
    gone = spoil('\n  - mensaje: fin\n    texto: "Gracias por participar."\n', "\n")
    jump, _ = check(gone)
    assert (jump.code, jump.mended) == ("salto-desconocido", None)
    assert jump.sentence == "No hay un paso «fin» a donde ir."


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("1 a 5", "1-5"),
        ("del 5 al 1", "1-5"),
        ("1..5", "1-5"),
        ("5", "1-5"),
        ("-5-5", None),
        ("1 a 50", None),
        ("1, 2, 3", None),
    ],
)
def test_a_range_is_written_as_it_is_meant(written: str, mended: str | None) -> None:
    [told] = check(spoil("rango: 1-5", f"rango: {written}"))
    assert (told.code, told.mended) == ("rango-invalido", mended and f"    rango: {mended}")
