from __future__ import annotations

from typing import TYPE_CHECKING

from admin.tables.long import LONG
from admin.tables.subject import SubjectReader
from admin.tables.tiers import Tier
from admin.tables.wide import WIDE
from flows.script.model import Draw, Question
from tests.support.people import OLDER, make_extract, make_flow, make_lens, say_again

if TYPE_CHECKING:
    from tests.support.people import People

OWN = (
    "consulta, revision, persona, sesion, folio, estado, idioma, canal, modalidad, departamento, "
    "municipio, comunidad, empezada_en, contestada_en, alerta"
)
ASKED = "inv, p1, p3_1, p3_2, p3_3, s2, p5, ub, d2"


def test_columns_are_the_session_then_the_questions_in_authored_order(people: People) -> None:
    people.add(p1="1")
    (row,) = people.write(WIDE)
    assert list(row) == [*OWN.split(", "), *ASKED.split(", ")]


def test_every_option_is_a_column_of_0_and_1_even_where_nobody_ticked_it(people: People) -> None:
    people.add(p3="1 2")
    (row,) = people.write(WIDE)
    assert [row[f"p3_{key}"] for key in "123"] == [1, 1, 0]


def test_skipping_a_list_ticks_nothing_and_not_seeing_it_leaves_it_empty(people: People) -> None:
    people.add(p3="0")
    people.add(p1="1")
    people.add(p3="voz", spoken="p3")
    skipped, unseen, spoken = people.write(WIDE)
    assert [row["alerta"] for row in (skipped, spoken)] == ["", "por_voz"]
    assert [skipped[f"p3_{key}"] for key in "123"] == [0, 0, 0]
    assert [unseen[f"p3_{key}"] for key in "123"] == ["", "", ""]
    assert [spoken[f"p3_{key}"] for key in "123"] == ["", "", ""]


def test_a_session_that_answered_nothing_has_its_row(people: People) -> None:
    people.add(outcome=None)
    (row,) = people.write(WIDE)
    assert (row["estado"], row["contestada_en"], row["p1"]) == ("en_curso", "", "")


def test_a_session_tells_how_it_stands_and_when(people: People) -> None:
    people.add(outcome="refused", inv="2")
    (row,) = people.write(WIDE)
    assert row["estado"] == "rechazo"
    assert row["empezada_en"] == row["contestada_en"] == "2026-03-02T14:32:05-06:00"


def test_superseded_answers_never_show(people: People) -> None:
    session = people.add(p1="2")
    old = say_again(session.answers[0], value="1", is_current=False)
    people.change(answers=(*session.answers, old))
    assert people.write(WIDE)[0]["p1"] == "2"


def test_long_and_wide_count_the_same(people: People) -> None:
    people.add(p1="1", p3="1 3", p5="Más señal")
    people.add(p1="1", p3="2")
    people.add(p1="3", p3="0", s2="4")
    long, wide = people.write(LONG), people.write(WIDE)
    for question, value in (("p1", "1"), ("p1", "3"), ("s2", "4")):
        in_long = sum(row["pregunta"] == question and row["valor"] == value for row in long)
        assert in_long == sum(row[question] == value for row in wide)
    for key in "123":
        in_long = sum(row["pregunta"] == "p3" and key in str(row["valor"]).split() for row in long)
        assert in_long == sum(row[f"p3_{key}"] == 1 for row in wide)


def test_questions_of_older_revisions_come_after_those_of_the_newest(people: People) -> None:
    newest = make_flow(
        Question("p9", 1, "choice", options=("1",)), Question("p1", 2, "choice", options=("4", "1"))
    )
    older = make_flow(Question("p1", 1, "choices", options=("1", "2")), Question("p5", 2, "text"))
    people.add(p1="1 2", p5="Agua")
    people.change(revision_id=OLDER)
    extract = make_extract(newest, older)
    subjects = [SubjectReader(extract.variables).read(session) for session in people.sessions]
    rows = WIDE.rows(extract, make_lens(WIDE, subjects, Tier.TEAM), subjects)
    names = [column.name for column in WIDE.columns(extract)]
    assert names[15:] == ["p9", "p1_4", "p1_1", "p1_2", "p5"]
    (row,) = rows
    assert row[1] == "1"
    assert row[15:] == ["", 0, 1, 1, "Agua"]


def test_what_chance_drew_is_a_column_too(people: People) -> None:
    flow = make_flow(Draw("tema", 1, ("agua", "luz")), Question("p1", 2, "choice", options=("1",)))
    people.add(p1="1", tema="luz")
    extract = make_extract(flow, people.flow)
    subjects = [SubjectReader(extract.variables).read(session) for session in people.sessions]
    (row,) = WIDE.rows(extract, make_lens(WIDE, subjects, Tier.PUBLIC), subjects)
    titles = [column.title for column in WIDE.columns(extract)]
    assert row[titles.index("tema. Al azar: agua, luz")] == "luz"


def test_open_words_stay_hidden_where_a_newer_revision_made_the_question_closed(
    people: People,
) -> None:
    newest = make_flow(Question("p5", 1, "choice", options=("1",)))
    older = make_flow(Question("p5", 1, "text"))
    people.add(p5="Soy Juana")
    people.change(revision_id=OLDER)
    extract = make_extract(newest, older)
    subjects = [SubjectReader(extract.variables).read(session) for session in people.sessions]
    (row,) = WIDE.rows(extract, make_lens(WIDE, subjects, Tier.PUBLIC), subjects)
    assert row[15:] == [""]


def test_titles_are_the_questions_for_people(people: People) -> None:
    titles = [column.title for column in WIDE.columns(make_extract(people.flow))]
    assert "p1. ¿Hizo un trámite?" in titles
    assert "p3_1. ¿Qué le impide usar internet? — Señal" in titles
