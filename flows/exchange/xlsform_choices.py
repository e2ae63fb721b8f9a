"""The lists of options of a form, and the numbers that phones answer with."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.catalogues.extraction import has_letter
from flows.exchange.markup import take_said
from flows.exchange.workbook import SOURCE
from flows.exchange.xlsform import SHORT
from flows.languages.catalogue import languages
from flows.script.model import SKIPPED
from flows.script.options import HIGHEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.exchange.imported import Ledger
    from flows.exchange.workbook import Grid, Row


@dataclass(frozen=True, slots=True)
class Options:
    """One list: its names over there by number here, and the rows they stand in."""

    numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rows: Mapping[str, Row] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the numbers in authored order, 0 last."""
        proper = [number for number in self.numbers.values() if number != SKIPPED]
        return (*proper, *([SKIPPED] if SKIPPED in self.numbers.values() else []))


def read_choices(grid: Grid | None, ledger: Ledger) -> dict[str, Options]:
    """Read all lists of the sheet `choices`."""
    lists: dict[str, list[Row]] = {}
    for row in grid.rows if grid else []:
        if row.get("list_name"):
            lists.setdefault(row.get("list_name"), []).append(row)
    return {name: _read_list(rows, ledger) for name, rows in lists.items()}


def _read_list(rows: Sequence[Row], ledger: Ledger) -> Options:
    by_name: dict[str, Row] = {}
    for row in rows:
        name = row.get("name")
        if name in by_name:
            first = by_name[name].where("name")
            ledger.report("opcion-repetida", row.where("name"), word=name, first=first)
        else:
            by_name[name] = row
    numbers = _number(list(by_name))
    renamed = [f"{number} es «{name}»" for name, number in numbers.items() if name != number]
    if renamed:
        ledger.report("opciones-numeradas", rows[0].where("name"), word=", ".join(renamed))
    return Options(numbers, {numbers[name]: row for name, row in by_name.items()})


def _number(names: Sequence[str]) -> dict[str, str]:
    """Give each option its number: its own name where all names are numbers, else its place."""
    plain = {name: str(int(name)) for name in names if name.isdecimal() and int(name) <= HIGHEST}
    if len(plain) == len(names) == len(set(plain.values())):
        return plain
    return {name: str(place) for place, name in enumerate(names, 1)}


def add_labels(ledger: Ledger, question: str, options: Options) -> None:
    """Note what a question's options say, in every language there is a column for."""
    for number, row in options.rows.items():
        key = f"{question}/opcion.{number}"
        own = f"label::{SOURCE}"
        label = take_said(ledger, row, own if row.get(own) else "label")
        if not label:
            ledger.report("falta-etiqueta", row.where("label"), word=row.get("name"))
        ledger.texts[key] = label
        if row.get(SHORT):
            ledger.texts[f"{key}@corto"] = row.get(SHORT)
        add_translations(ledger, key, row)


def add_translations(ledger: Ledger, key: str, row: Row) -> None:
    """Note the translations of a row's text, which is noted already; tell where one is blank."""
    for language in row.list_languages("label"):
        column = f"label::{language}"
        if text := take_said(ledger, row, column):
            ledger.translate(language, key, text)
        elif has_letter(ledger.texts[key]):
            ledger.report("falta-traduccion", row.where(column), word=languages()[language].name)
