"""`asambleas`: hands counted at assemblies. A collective record, never among the answers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from admin.marking import mark
from admin.tables.extract import Column, Table, always
from admin.tables.gathering import Cell, gather
from admin.tables.long import SUPERSEDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from admin.tables import extract
    from admin.tables.extract import Extract
    from admin.tables.lens import Lens
    from admin.tables.subject import Subject

MODE = "asamblea"
DISPUTED = "varios_telefonos"
"""`alerta` of a count that more than one phone has reported for the same community."""

COLUMNS = (
    Column("consulta", "Consulta"),
    Column("comunidad", "Comunidad"),
    Column("modalidad", "Modalidad"),
    Column("pregunta", "Pregunta"),
    Column("valor", "Valor"),
    Column("etiqueta", "Etiqueta"),
    Column("manos", "Manos", is_number=True),
    Column("canal", "Canal"),
    Column("reportada_en", "Reportada en"),
    Column("alerta", "Alerta"),
)


def _rows(extract: Extract, lens: Lens, _: Iterable[Subject]) -> Iterator[list[extract.Cell]]:
    return _each(extract) if lens.sees_communities else _together(extract, lens)


def _each(extract: Extract) -> Iterator[list[extract.Cell]]:
    for one in extract.list_assemblies():
        variable = extract.wordings[one.revision_id].variables[one.question]
        alerts = [DISPUTED] * one.is_disputed + [SUPERSEDED] * (not one.is_current)
        for value, hands in one.hands.items():
            yield [
                extract.slug,
                one.community,
                MODE,
                one.question,
                value,
                variable.label(value, extract.place_label),
                hands,
                one.channel,
                extract.write_time(one.at),
                " ".join(alerts),
            ]


def _together(extract: Extract, lens: Lens) -> Iterator[list[extract.Cell]]:
    """Add all communities up: a small one's count is known to all who sat in it."""
    hands: Counter[tuple[str, ...]] = Counter()
    labels = {}
    for one in extract.list_assemblies():
        variable = extract.wordings[one.revision_id].variables[one.question]
        for value, number in one.hands.items():
            hands[one.question, value] += number * one.is_current
            labels[one.question, value] = variable.label(value, extract.place_label)
    cells = [Cell(keys, number, (number,)) for keys, number in sorted(hands.items())]
    if lens.hides_few:
        cells = gather(cells, are_disjoint=False)
    for cell in cells:
        question, value = cell.keys
        label = labels.get((question, value), "")
        yield [extract.slug, "", MODE, question, value, label, *cell.counts, "", "", ""]


ASSEMBLIES = Table("asambleas", mark("Recuentos de asambleas"), (), always(COLUMNS), _rows)
