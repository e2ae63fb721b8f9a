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
