"""`disposiciones`: how every conversation stands, by channel; they add up to all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from admin.marking import mark
from admin.outcomes import find_standing
from admin.tables.extract import Column, Table, always
from admin.tables.gathering import Cell, gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from admin.tables import extract
    from admin.tables.extract import Extract
    from admin.tables.lens import Lens
    from admin.tables.subject import Subject

COLUMNS = (
    Column("consulta", "Consulta"),
    Column("estado", "Estado"),
    Column("canal", "Canal"),
    Column("conversaciones", "Conversaciones", is_number=True),
)


def _rows(
    extract: Extract, lens: Lens, subjects: Iterable[Subject]
) -> Iterator[list[extract.Cell]]:
    found = Counter(
        (find_standing(one.session.outcome).code, one.session.channel) for one in subjects
    )
    # One person has one conversation in a consultation, but for those who came back later.
    cells = [Cell(keys, number, (number,)) for keys, number in sorted(found.items())]
    if lens.hides_few:
        cells = gather(cells, are_disjoint=True)
    for cell in cells:
        yield [extract.slug, *cell.keys, *cell.counts]


DISPOSITIONS = Table("disposiciones", mark("Disposiciones"), (), always(COLUMNS), _rows)
