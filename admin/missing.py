"""Who is missing, as charts: those who took part beside the population, trait by trait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.api.aggregates import list_cells
from admin.charts import PEOPLE, Chart, Gap
from admin.margins import compare, find_traits, score
from admin.marking import mark
from admin.tables.tiers import LEAST_PEOPLE
from flows.languages.catalogue import find_language
from flows.reading.places import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admin.margins import Part, Trait
    from admin.tables.disclosure import Crowd
    from admin.tables.variables import Variable

TITLES = {
    "departamento": mark("Quién falta: por departamento"),
    "idioma": mark("Quién falta: por idioma"),
    "sexo": mark("Quién falta: por sexo"),
    "pueblo": mark("Quién falta: por pueblo"),
}
_MEANING = mark(
    "Quienes participaron al lado del censo de 2018 (departamento: proyección del INE a 2020; "
    "idioma: en el que contestó, contra el materno). Cuenta solo quien dijo uno de estos grupos. "
    "Participa quien quiere: esto no es una muestra y no lleva margen de error."
)
_COLUMNS = (
    PEOPLE,
    mark("% de quienes participaron"),
    mark("% del censo"),
    mark("Por cada 100 que se esperarían"),
)


def draw_missing(variables: Sequence[Variable], crowd: Crowd, *, sees_all: bool) -> list[Chart]:
    """Draw each trait that the census knows and at least ten people told.

    Args:
        variables: of the consultation.
        crowd: who shares which traits.
        sees_all: whether groups under ten people may be shown.
    """
    charts = []
    for trait in find_traits(variables):
        if sees_all:
            said = crowd.count(trait.place)
            counts = {value: said[value] for value in trait.groups}
        else:
            cells = list_cells(crowd.count_shared(trait.place), is_few=True)
            counts = {value: people for value, people in cells if value and value in trait.groups}
        parts = compare(trait, counts)
        if sum(part.people or 0 for part in parts) >= LEAST_PEOPLE:
            charts.append(_draw(trait, parts))
    return charts


def _draw(trait: Trait, parts: Sequence[Part]) -> Chart:
    least, known = parts[0], score(parts)
    gap = None
    if least.ratio is not None and known is not None:
        gap = Gap(_label(trait, least.value), least.ratio, known)
    rows = tuple(
        (
            _label(trait, part.value),
            (part.people, _round(part.percent), _round(part.share), _whole(part.ratio)),
        )
        for part in parts
    )
    return Chart(
        f"falta-{trait.name}",
        TITLES[trait.name],
        _MEANING,
        mark("Grupo"),
        _COLUMNS,
        rows,
        drawn=3,
        gap=gap,
    )


def _label(trait: Trait, value: str) -> str:
    if trait.name == "departamento":
        return places()[value].name
    if trait.name == "idioma":
        return find_language(value).name
    return trait.labels[value]


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
