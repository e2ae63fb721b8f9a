"""A citizen reads the text on her phone, and nothing else."""

from __future__ import annotations

import pytest

from puente.citizens.screen import Option, fold, read


def test_numbered_lines_are_options() -> None:
    screen = read("¿Tiene usted 18 años o más?\n1 Si\n2 No")

    assert screen.wants == "choice"
    assert screen.options == (Option("1", "Si"), Option("2", "No"))
    assert screen.question == "¿tiene usted 18 anos o mas?"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("¿Quiso decir Nebaj? 1 Sí 2 No", ["Sí", "No"]),
        (
            "Ya contestaron desde este número. 1 Cambiar respuestas 2 Otra persona 3 Terminar",
            ["Cambiar respuestas", "Otra persona", "Terminar"],
        ),
        (
            "Hay dos lugares con ese nombre. 1 La Libertad, Petén 2 La Libertad, Quiché 0 Ninguno",
            ["La Libertad, Petén", "La Libertad, Quiché", "Ninguno"],
        ),
    ],
)
def test_options_may_stand_behind_the_question(text: str, labels: list[str]) -> None:
    screen = read(text)

    assert screen.wants == "choice"
    assert [option.label for option in screen.options] == labels


def test_a_count_of_questions_is_no_option() -> None:
    screen = read("1/5 En el último año, ¿hizo un trámite?\n1 Sí\n2 No\n3 No recuerdo")

    assert len(screen.options) == 3


def test_several_numbers_may_be_chosen() -> None:
    screen = read("3/5 ¿Qué le impide? Hasta 3 numeros:\n1 Senal\n2 Saldo\n3 Telefono\n7 Nada")

    assert (screen.wants, screen.low, screen.high) == ("choices", 1, 3)


def test_a_rating_has_two_ends() -> None:
    screen = read("2/6 ¿Qué tan facil es? Del 1 al 5. 1 es muy dificil, 5 muy facil. 0 si no sabe.")

    assert (screen.wants, screen.low, screen.high) == ("rating", 1, 5)


def test_a_place_is_asked_by_name() -> None:
    assert read("¿En qué municipio vive? Escriba el nombre, por ejemplo Nebaj.").wants == "place"


def test_a_proposal_is_asked_in_her_own_words() -> None:
    screen = read("5/5 Con sus palabras: ¿qué cambio pide? Escriba su propuesta. 0 si no tiene.")

    assert screen.wants == "words"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Listo. Ya no le mandamos mensajes. Para volver, mande INICIO.",
        "Gracias por participar. Guarde su folio: 7KQ2MXB. Con FOLIO y ese código ve su avance.",
        "Bien. Le escribimos mañana. Gracias por su tiempo.",
    ],
)
def test_what_asks_nothing_wants_nothing(text: str) -> None:
    assert read(text).wants == ""


@pytest.mark.parametrize(
    ("last", "more"),
    [("98 Mas", "98"), ("98 Mas 99 Atras", "98"), ("M Mas A Atras", "M"), ("99 Atras", "")],
)
def test_the_words_that_turn_a_page_are_not_options(last: str, more: str) -> None:
    screen = read(f"¿Cual?\n1 Uno\n2 Dos\n{last}")

    assert screen.more == more
    assert len(screen.options) == 2
    assert screen.body == "¿Cual?\n1 Uno\n2 Dos"


def test_a_misunderstanding_before_the_question_does_not_hide_it() -> None:
    screen = read("Disculpe, no entendimos. Por ejemplo: 2\n¿Tiene 18 años?\n1 Si\n2 No")

    assert screen.wants == "choice"


def test_folding_takes_case_and_accents_off() -> None:
    assert fold("¿Qué Ñandú?") == "¿que nandu?"
