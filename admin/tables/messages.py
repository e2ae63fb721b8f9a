"""`mensajes`: how many messages came and went, by day, channel and direction; never their words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from admin.marking import mark
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
    Column("sentido", "Sentido"),
    Column("canal", "Canal"),
    Column("dia", "Día"),
    Column("mensajes", "Mensajes", is_number=True),
    Column("segmentos", "Segmentos", is_number=True),
)
DIRECTIONS = {"in": "recibido", "out": "enviado"}


def _rows(extract: Extract, lens: Lens, _: Iterable[Subject]) -> Iterator[list[extract.Cell]]:
    days: defaultdict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for count in extract.count_messages():
        day = count.hour.astimezone(extract.timezone).date().isoformat()
        keys = (DIRECTIONS[count.direction], count.channel, day)
        days[keys].append(Cell(keys, count.people, (count.messages, count.segments)))
    cells = [_join(keys, hours) for keys, hours in sorted(days.items())]
    if lens.hides_few:
        cells = gather(cells, are_disjoint=False)
    for cell in cells:
        yield [extract.slug, *cell.keys, *cell.counts]


def _join(keys: tuple[str, ...], hours: list[Cell]) -> Cell:
    joined = hours[0]
    for hour in hours[1:]:
        # Who wrote in one hour may have written in another: the most in any is sure.
        joined = joined.join(hour, keys, max(joined.people, hour.people))
    return joined


MESSAGES = Table("mensajes", mark("Mensajes"), (), always(COLUMNS), _rows)
