"""Tables of counts: they add up, and no small cell can be read off or subtracted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from admin.tables.assemblies import ASSEMBLIES
from admin.tables.codes import CODES
from admin.tables.dispositions import DISPOSITIONS
from admin.tables.gathering import Cell, gather
from admin.tables.messages import MESSAGES
from admin.tables.tiers import LEAST_PEOPLE, Tier

if TYPE_CHECKING:
    from tests.support.people import People

KEYS = st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("123"))
CELLS = st.dictionaries(KEYS, st.integers(1, 25)).map(
    lambda found: [Cell(keys, people, (people, 2 * people)) for keys, people in found.items()]
)


@given(CELLS)
def test_nothing_is_lost_and_no_cell_is_small_unless_it_is_the_only_one(cells: list[Cell]) -> None:
    gathered = gather(cells, are_disjoint=True)
    assert sum(cell.people for cell in gathered) == sum(cell.people for cell in cells)
    assert sum(cell.counts[1] for cell in gathered) == sum(cell.counts[1] for cell in cells)
    small = [cell for cell in gathered if cell.people < LEAST_PEOPLE]
    assert not small or len(gathered) == 1


@given(CELLS)
def test_people_who_may_be_the_same_are_never_added_up(cells: list[Cell]) -> None:
    gathered = gather(cells, are_disjoint=False)
    assert sum(cell.counts[0] for cell in gathered) == sum(cell.counts[0] for cell in cells)
    most = max((cell.people for cell in cells), default=0)
    assert all(cell.people <= most for cell in gathered)


@given(CELLS)
def test_the_order_of_cells_changes_nothing(cells: list[Cell]) -> None:
    assert gather(cells, are_disjoint=True) == gather(cells[::-1], are_disjoint=True)


def test_large_cells_stay_as_they_are() -> None:
    cells = [Cell(("a", "x"), 10, (1,)), Cell(("a", "y"), 11, (2,))]
    assert gather(cells, are_disjoint=True) == cells


def test_the_rest_takes_the_smallest_cell_with_it() -> None:
    cells = [Cell(("a",), 30, (30,)), Cell(("b",), 12, (12,)), Cell(("c",), 1, (1,))]
    assert gather(cells, are_disjoint=True) == [
        Cell(("",), 13, (13,)),
        Cell(("a",), 30, (30,)),
    ]


def test_dispositions_add_up_to_all_conversations(people: People) -> None:
    for outcome in ["complete"] * 12 + ["refused"] * 3 + [None] * 2:
        people.add(outcome=outcome, p1="1")
    rows = people.write(DISPOSITIONS)
    assert {str(row["estado"]): row["conversaciones"] for row in rows} == {
        "completa": 12,
        "rechazo": 3,
        "en_curso": 2,
    }
    (public,) = people.write(DISPOSITIONS, Tier.PUBLIC)
    assert (public["estado"], public["conversaciones"]) == ("", 17)


def test_messages_are_counted_by_the_days_of_guatemala(people: People) -> None:
    rows = people.write(MESSAGES)
    assert [(row["sentido"], row["dia"], row["mensajes"], row["segmentos"]) for row in rows] == [
        ("enviado", "2026-03-02", 5, 9),
        ("recibido", "2026-03-02", 40, 41),
    ]
    (public,) = people.write(MESSAGES, Tier.PUBLIC)
    assert (public["sentido"], public["mensajes"]) == ("", 45)


def test_the_codebook_tells_every_column_and_code_once(people: People) -> None:
    rows = [tuple(row.values()) for row in people.write(CODES)]
    assert len(rows) == len(set(rows))
    told = {(row[0], row[2]) for row in rows}
    assert {("persona", ""), ("p1", ""), ("p1", "2"), ("municipio", "1413")} <= told


def test_hands_of_an_assembly_are_named_for_the_team_and_added_up_for_others(
    people: People,
) -> None:
    people.report({"1": 23, "2": 14, "3": 2})
    people.report({"1": 9, "2": 9, "3": 9}, is_current=False)
    people.report({"1": 7, "2": 0, "3": 1}, community="Xix", is_disputed=True)

    team = people.write(ASSEMBLIES)
    group = people.write(ASSEMBLIES, Tier.GROUP)
    public = people.write(ASSEMBLIES, Tier.PUBLIC)

    assert [(row["comunidad"], row["valor"], row["manos"], row["alerta"]) for row in team] == [
        *(("Chuatuj", key, hands, "") for key, hands in (("1", 23), ("2", 14), ("3", 2))),
        *(("Chuatuj", key, 9, "sustituida") for key in "123"),
        *(("Xix", key, n, "varios_telefonos") for key, n in (("1", 7), ("2", 0), ("3", 1))),
    ]
    assert {row["modalidad"] for row in (*team, *group, *public)} == {"asamblea"}
    assert [(row["comunidad"], row["valor"], row["manos"]) for row in group] == [
        *(("", "1", 30), ("", "2", 14), ("", "3", 3)),
    ]
    assert [(row["valor"], row["etiqueta"], row["manos"]) for row in public] == [
        *(("", "", 17), ("1", "Sí", 30)),
    ]
