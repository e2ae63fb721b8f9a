from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from admin.exports.csv import encode
from admin.tables.long import LONG
from admin.tables.subject import SubjectReader
from admin.tables.tiers import LEAST_PEOPLE, Tier
from tests.support.people import make_extract, make_lens, say_again

if TYPE_CHECKING:
    from tests.support.people import People

COLUMNS = (
    "consulta, revision, persona, sesion, folio, pregunta, tipo, valor, etiqueta, texto, idioma, "
    "canal, modalidad, departamento, municipio, comunidad, contestada_en, alerta"
)


def test_columns_and_their_order_are_those_of_the_contract(people: People) -> None:
    people.add(p1="1")
    (row,) = people.write(LONG)
    assert list(row) == COLUMNS.split(", ")


def test_an_answer_is_a_row_with_everything_known_of_it(people: People) -> None:
    people.add(p1="2", ub="1413")
    people.change(alert="velocidad")
    first, second = people.write(LONG)
    assert first == {
        "consulta": "plan-digital",
        "revision": "1",
        "persona": "persona-1001",
        "sesion": "00000000-0000-0000-0000-000000000001",
        "folio": "FOLIO01",
        "pregunta": "p1",
        "tipo": "opcion",
        "valor": "2",
        "etiqueta": "No",
        "texto": "2 ",
        "idioma": "es",
        "canal": "twilio-sms",
        "modalidad": "propia",
        "departamento": "14",
        "municipio": "1413",
        "comunidad": "",
        "contestada_en": "2026-03-02T14:32:05-06:00",
        "alerta": "velocidad",
    }
    assert (second["tipo"], second["valor"], second["etiqueta"]) == (
        "lugar",
        "1413",
        "Nebaj, Quiché",
    )


def test_choices_are_one_row_with_keys_joined_by_a_space(people: People) -> None:
    people.add(p3="1 3")
    (row,) = people.write(LONG)
    assert (row["valor"], row["etiqueta"]) == ("1 3", "Señal; =Teléfono")


def test_a_skipped_question_is_a_row_with_0(people: People) -> None:
    people.add(p1="0", d2="0")
    skipped, declined = people.write(LONG)
    assert (skipped["valor"], skipped["etiqueta"]) == ("0", "No sabe o prefiere no decir")
    assert (declined["valor"], declined["etiqueta"]) == ("0", "Prefiero no decir")


def test_a_question_never_shown_has_no_row(people: People) -> None:
    people.add(outcome="refused", inv="2")
    assert [row["pregunta"] for row in people.write(LONG)] == ["inv"]


def test_a_voice_note_nobody_has_heard_says_so(people: People) -> None:
    people.add(p5="voz", s2="voz")
    assert {row["etiqueta"] for row in people.write(LONG)} == {"Nota de voz por escuchar"}


def test_what_came_by_voice_is_marked(people: People) -> None:
    people.add(p1="2", p5="no_se_entiende", s2="4", spoken="p1 p5")
    rows = people.write(LONG)
    assert [row["alerta"] for row in rows] == ["por_voz", "", "por_voz"]
    assert rows[2]["etiqueta"] == "Nota de voz que no se entiende"


def test_only_a_department_leaves_the_municipality_empty(people: People) -> None:
    people.add(ub="14")
    (row,) = people.write(LONG)
    assert (row["departamento"], row["municipio"], row["etiqueta"]) == ("14", "", "Quiché")


def test_a_withheld_place_leaves_both_codes_empty(people: People) -> None:
    people.add(ub="0")
    (row,) = people.write(LONG)
    assert (row["departamento"], row["municipio"], row["valor"]) == ("", "", "0")


def test_rows_stand_in_authored_order_whenever_they_were_answered(people: People) -> None:
    people.add(d2="1", p1="1", inv="1")
    assert [row["pregunta"] for row in people.write(LONG)] == ["inv", "p1", "d2"]


def test_history_says_which_answers_were_superseded_and_puts_them_first(people: People) -> None:
    session = people.add(p1="2")
    (current,) = session.answers
    old = say_again(current, timedelta(minutes=1), value="1", is_current=False)
    people.change(answers=(current, old), alert="velocidad")
    rows = people.write(LONG)
    assert [(row["valor"], row["alerta"]) for row in rows] == [
        ("1", "velocidad sustituida"),
        ("2", "velocidad"),
    ]


def test_a_superseded_place_does_not_decide_where_she_lives(people: People) -> None:
    session = people.add(ub="1413")
    (current,) = session.answers
    old = say_again(current, timedelta(minutes=1), value="0101", is_current=False)
    people.change(answers=(old, current))
    assert {row["municipio"] for row in people.write(LONG)} == {"1413"}


def test_a_label_is_that_of_the_session_s_own_revision(people: People) -> None:
    people.add(p1="1")
    people.flow = replace(people.flow, texts={"es": {"p1/opcion.1": "Sí, lo hice"}})
    assert people.write(LONG)[0]["etiqueta"] == "Sí, lo hice"


def test_an_open_answer_s_value_is_its_words(people: People) -> None:
    people.add(p5="Más señal")
    (row,) = people.write(LONG)
    assert (row["valor"], row["etiqueta"], row["texto"]) == ("Más señal", "", "Más señal ")


@pytest.mark.parametrize("tier", list(Tier))
def test_lines_are_the_rows_as_csv_writes_them_in_every_tier(people: People, tier: Tier) -> None:
    for number in range(LEAST_PEOPLE + 1):
        session = people.add(
            p1="1", p3="1 3", p5=f'=Agua, "luz"\r\ny {number}', ub="1413", d2="5", spoken="p1"
        )
        first, *rest = session.answers
        earlier = say_again(first, timedelta(minutes=1), value="2", is_current=False)
        other = say_again(rest[-1], language="quc", channel="web", mode="papel")
        people.change(
            answers=(first, *rest[:-1], other, earlier),
            alert="velocidad" if number % 2 else "",
            publish=number % 3 == 0,
            community="=Xix" if number else "Chuatuj",
        )
    extract = make_extract(people.flow)
    subjects = [SubjectReader(extract.variables).read(session) for session in people.sessions]
    lens = make_lens(LONG, subjects, tier)
    assert LONG.lines is not None
    lines = "".join(LONG.lines(extract, lens, subjects)).encode()
    assert lines == encode(LONG.rows(extract, lens, subjects))
    assert lines.count(b"sustituida") == len(subjects)
