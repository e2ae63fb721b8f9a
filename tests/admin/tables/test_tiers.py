from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admin.tables import TABLES
from admin.tables.long import LONG
from admin.tables.tiers import COLUMN_RULES, LEAST_PEOPLE, Rule, Tier
from admin.tables.wide import WIDE
from tests.support.people import People, make_extract, say_again

if TYPE_CHECKING:
    from admin.tables.extract import Table


OF_PEOPLE = {name: table for name, table in TABLES.items() if table.own_columns}
"""The tables whose rows are about one person each."""


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("tier", Tier)
def test_columns_stay_in_every_tier(people: People, table: Table, tier: Tier) -> None:
    people.add(p1="1")
    people.report({"1": 23})
    names = [column.name for column in table.columns(make_extract(people.flow))]
    rows = people.write(table, tier)
    assert rows
    assert {tuple(row) for row in rows} == {tuple(names)}


@pytest.mark.parametrize("table", OF_PEOPLE.values(), ids=OF_PEOPLE)
def test_every_column_has_a_rule_with_a_reason(table: Table) -> None:
    for column in table.own_columns:
        assert COLUMN_RULES[column.name].reason


def test_the_team_sees_everything() -> None:
    assert {rules.of(Tier.TEAM) for rules in COLUMN_RULES.values()} == {Rule.SHOWN}


@pytest.mark.parametrize("table", OF_PEOPLE.values(), ids=OF_PEOPLE)
def test_the_public_gets_no_id_no_folio_and_no_hour(people: People, table: Table) -> None:
    people.add(p1="1")
    (row,) = people.write(table, Tier.PUBLIC)
    assert (row["persona"], row["sesion"], row["folio"]) == ("", "", "")
    assert row["contestada_en"] == "2026-03-02"


@pytest.mark.parametrize("table", OF_PEOPLE.values(), ids=OF_PEOPLE)
def test_the_group_counts_people_by_their_pseudonyms(people: People, table: Table) -> None:
    people.add(p1="1")
    (row,) = people.write(table, Tier.GROUP)
    assert (row["persona"], row["sesion"], row["folio"]) == ("persona-1001", "", "")


def test_the_public_reads_no_open_words_even_with_permission(people: People) -> None:
    people.add(p5="Soy Juana, de la casa azul")
    people.change(publish=True)
    (row,) = people.write(LONG, Tier.PUBLIC)
    assert (row["valor"], row["etiqueta"], row["texto"]) == ("", "", "")
    assert people.write(WIDE, Tier.PUBLIC)[0]["p5"] == ""


@pytest.mark.parametrize(("publish", "seen"), [(True, "Agua"), (False, ""), (None, "")])
def test_the_group_reads_open_words_of_those_who_allowed_it(
    people: People, publish: object, seen: str
) -> None:
    people.add(p5="Agua")
    people.change(publish=publish)
    (row,) = people.write(LONG, Tier.GROUP)
    assert (row["valor"], row["texto"].strip()) == (seen, seen)  # type: ignore[union-attr]
    assert people.write(WIDE, Tier.GROUP)[0]["p5"] == seen


@pytest.mark.parametrize("tier", [Tier.PUBLIC, Tier.GROUP])
def test_what_was_typed_for_a_closed_question_is_for_the_team_alone(
    people: People, tier: Tier
) -> None:
    people.add(p1="1")
    people.change(publish=True)
    (row,) = people.write(LONG, tier)
    assert (row["valor"], row["etiqueta"], row["texto"]) == ("1", "Sí", "")


def test_the_public_sees_who_left_an_open_question_open(people: People) -> None:
    people.add(p5="0")
    assert people.write(LONG, Tier.PUBLIC)[0]["valor"] == "0"


def test_traits_that_few_share_are_withheld_from_the_public(people: People) -> None:
    for _ in range(LEAST_PEOPLE):
        people.add(ub="1413", d2="5")
    people.add(ub="1413", d2="1")
    *many, alone = people.write(WIDE, Tier.PUBLIC)
    assert {(row["municipio"], row["ub"], row["d2"], row["idioma"]) for row in many} == {
        ("1413", "1413", "5", "es")
    }
    assert (alone["departamento"], alone["municipio"], alone["ub"]) == ("", "", "")
    assert (alone["d2"], alone["idioma"]) == ("", "")


def test_a_place_is_published_as_its_department_where_too_few_live(people: People) -> None:
    for _ in range(LEAST_PEOPLE - 1):
        people.add(ub="14")
    people.add(ub="1413")
    rows = people.write(LONG, Tier.PUBLIC)
    assert {(row["valor"], row["etiqueta"], row["municipio"]) for row in rows} == {
        ("14", "Quiché", "")
    }


def test_a_superseded_trait_is_withheld_from_the_public(people: People) -> None:
    for _ in range(LEAST_PEOPLE):
        people.add(ub="1413", d2="5")
    session = people.sessions[-1]
    place, pueblo = session.answers
    people.change(
        answers=(
            *session.answers,
            say_again(place, value="0101", is_current=False),
            say_again(pueblo, value="1", is_current=False),
        )
    )
    rows = people.write(LONG, Tier.PUBLIC)
    assert [row["valor"] for row in rows if row["alerta"]] == ["", ""]


def test_a_language_few_were_shown_is_withheld_in_its_row_too(people: People) -> None:
    for _ in range(LEAST_PEOPLE - 1):
        people.add(p1="1")
    session = people.add(p1="1")
    people.change(answers=(say_again(session.answers[0], language="agu"),))
    rows = people.write(LONG, Tier.PUBLIC)
    assert [row["idioma"] for row in rows] == ["es"] * (LEAST_PEOPLE - 1) + [""]


@pytest.mark.parametrize(("people_there", "seen"), [(LEAST_PEOPLE, "Xix"), (9, "")])
def test_a_community_is_named_to_the_group_from_ten_people_up(
    people: People, people_there: int, seen: str
) -> None:
    for _ in range(people_there):
        people.add(p1="1")
        people.change(community="Xix")
    assert {row["comunidad"] for row in people.write(WIDE, Tier.GROUP)} == {seen}
    assert {row["comunidad"] for row in people.write(WIDE, Tier.PUBLIC)} == {seen}
    assert {row["comunidad"] for row in people.write(WIDE, Tier.TEAM)} == {"Xix"}
