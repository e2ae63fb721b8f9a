"""Read a list of people to be invited, row by row; every mistake is told with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.addresses import normalise
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TITLES = frozenset("telefono telefonos numero celular cel movil phone tel".split())
"""What the column of numbers may be called, folded."""

_WHOLE = re.compile(r"^(\d{8,15})[.,]0+$")
"""A number as a program writes it that took it for a quantity: 55550101.0."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a cell; it never quotes a number.

    Attributes:
        row: as a spreadsheet counts, from 1.
        column: its title, or `A` where there is none.
        what: a Spanish sentence.
    """

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read.

    Attributes:
        numbers: in E.164, each once, in the order of the list.
        mistakes: cells that hold no number.
        repeated: numbers that stood there before.
    """

    numbers: tuple[str, ...] = field(repr=False)
    mistakes: tuple[Mistake, ...]
    repeated: tuple[Mistake, ...]


def read_list(rows: Iterable[Sequence[str]]) -> Listed:
    """Read the column of numbers; without titles it is the first one.

    Args:
        rows: of texts, in their order; each is looked at once and kept nowhere.
    """
    at, column, is_begun = 0, "A", False
    numbers: dict[str, int] = {}
    mistakes: list[Mistake] = []
    repeated: list[Mistake] = []
    for row, cells in enumerate(rows, 1):
        if not any(cell.strip() for cell in cells):
            continue
        if not is_begun:
            is_begun = True
            titled = _find_title(cells)
            if titled is not None:
                at, column = titled, cells[titled].strip()
                continue
            if normalise(cells[0] if cells else "") is None:
                what = "no hay una columna que se llame «telefono»."
                return Listed((), (Mistake(row, column, what),), ())
        written = _WHOLE.sub(r"\1", cells[at].strip()) if at < len(cells) else ""
        number = normalise(written) if written else None
        if not written:
            mistakes.append(Mistake(row, column, "está vacía."))
        elif number is None:
            mistakes.append(Mistake(row, column, "no es un número de teléfono."))
        elif number in numbers:
            what = f"repite el número de la fila {numbers[number]}."
            repeated.append(Mistake(row, column, what))
        else:
            numbers[number] = row
    return Listed(tuple(numbers), tuple(mistakes), tuple(repeated))


def _find_title(cells: Sequence[str]) -> int | None:
    return next((place for place, title in enumerate(cells) if fold(title) in TITLES), None)
