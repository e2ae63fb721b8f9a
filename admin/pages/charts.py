"""Más cifras: languages, communities, where people stop, how long, at what cost, who is missing.

People are counted as the tier shows them that whoever looks may export; conversations are not
told apart by any trait. What takes long to count is kept for five minutes.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from flask import abort, render_template
from flask_security import current_user

from admin import charts as draw
from admin.api.aggregates import list_cells
from admin.api.memory import Memory
from admin.consulted import ConsultedReader
from admin.exporting import make_crowd
from admin.exports.csv import BOM, encode
from admin.figures import make_figures
from admin.marking import mark
from admin.missing import draw_missing
from admin.pages.giving import give_file
from admin.protection import held_permissions, permission
from admin.roles import Permission, tiers_of
from admin.tables.disclosure import PLACE_TRAITS
from admin.tables.tiers import Tier
from flows.languages.catalogue import find_language
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.charts import Chart
    from admin.consulted import Consulted
    from admin.tables.disclosure import Crowd
    from storage.database import Database
    from storage.unit import Unit

NOBODY = mark("Otros, o no lo dijo")
_DAY = "%Y-%m-%d"


class ChartPages:
    """The page and its files.

    Args:
        timezone: in which files have their times.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], timezone: tzinfo) -> None:
        self._database = database
        self._clock = clock
        self._timezone = timezone
        self._reader = ConsultedReader(database)
        self._charts = Memory(self._draw, clock)

    def show(self, slug: str) -> ResponseReturnValue:
        """Show every figure, with its table."""
        consulted, (at, charts) = self._find(slug), self._charts.get((slug, _sees_all()))
        return render_template(
            "admin/charts.html",
            slug=slug,
            title=consulted.consultation.title,
            charts=[one for one in charts if one.meaning],
            now=at,
        )

    def download(self, slug: str, figure: str) -> ResponseReturnValue:
        """Give one figure as CSV, and write down who took it."""
        self._find(slug)
        sees_all = _sees_all()
        at, charts = self._charts.get((slug, sees_all))
        chart = next((one for one in charts if one.name == figure), None) or abort(404)
        rows = [[slug, label, *map(self._write, cells)] for label, cells in chart.rows]
        data = BOM.encode() + encode([["consulta", chart.what, *chart.columns], *rows])
        details: dict[str, str | int] = {
            "consultation": slug,
            "table": chart.name,
            "format": "csv",
            "tier": (Tier.TEAM if sees_all else Tier.PUBLIC).value,
            "rows": len(rows),
            "hash": hashlib.sha256(data).hexdigest(),
        }
        with self._database.unit() as unit:
            unit.audit.add(AuditAction.EXPORT_TAKEN, self._clock(), current_user.email, details)
        day = f"{at.astimezone(self._timezone):{_DAY}_%H%M}"
        return give_file(data, "text/csv; charset=utf-8", f"{chart.name}_{slug}_{day}.csv")

    def _find(self, slug: str) -> Consulted:
        return self._reader.find(slug) or abort(404)

    def _write(self, cell: draw.Cell) -> str | int:
        if isinstance(cell, datetime):
            return cell.astimezone(self._timezone).isoformat(timespec="seconds")
        return "" if cell is None else str(cell) if isinstance(cell, float) else cell

    def _draw(self, key: tuple[str, bool]) -> list[Chart]:
        consulted, sees_all = self._find(key[0]), key[1]
        found = consulted.consultation.id
        with self._database.reading() as unit:
            invitations = [
                (one, unit.broadcasts.count_results(one)) for one in unit.broadcasts.list(found)
            ]
            ways = unit.progress.count_ways(found)
            segments = unit.progress.count_segments(found)
            crowd = make_crowd(consulted, unit)
            counts = unit.reports.counts(found)
            return [
                *draw.draw_panel(make_figures(0, counts, self._timezone)),
                draw.draw_funnel(sum(results.total for _one, results in invitations), counts),
                *_draw_people(unit, crowd, sees_all=sees_all),
                draw.draw_modes(ways),
                draw.draw_alerts(ways),
                draw.draw_stops(ways, consulted.variables, unit.reports.count_answering(found)),
                draw.draw_minutes(unit.progress.count_minutes(found)),
                *draw_missing(consulted.variables, crowd, sees_all=sees_all),
                draw.draw_segments(segments),
                draw.draw_costs(invitations, self._timezone),
                draw.draw_health({one.channel for one in segments}, unit.sending.count()),
            ]


def _sees_all() -> bool:
    return Tier.TEAM in tiers_of(held_permissions())


def _draw_people(unit: Unit, crowd: Crowd, *, sees_all: bool) -> list[Chart]:
    def count(trait: str) -> list[tuple[str, int]]:
        place = PLACE_TRAITS.index(trait)
        if sees_all:
            return [(value, people) for value, people in crowd.count(place).items() if people]
        cells = list_cells(crowd.count_shared(place), is_few=True)
        return [(value or "", people) for value, people in cells]

    languages = [(find_language(code).name if code else NOBODY, n) for code, n in count("idioma")]
    return [
        draw.draw_people(
            "idioma",
            (mark("Por idioma"), mark("Idioma")),
            mark("El idioma en que contestó cada persona."),
            languages,
        ),
        draw.draw_people(
            "pedidos",
            (mark("Idiomas pedidos en vano"), mark("Idioma")),
            mark(
                "Números que pidieron o escribieron un idioma que no se ofrece, en cualquier "
                "consulta."
            ),
            [(find_language(code).name, numbers) for code, numbers in unit.reports.count_demand()],
        ),
        draw.draw_people(
            "comunidad",
            (mark("Por comunidad"), mark("Comunidad")),
            mark(
                "La comunidad de quien la invitó con su código; quien no llegó así va en «otros»."
            ),
            [(name or NOBODY, people) for name, people in count("comunidad")],
        ),
    ]


def add_charts(blueprint: Blueprint, pages: ChartPages) -> None:
    """Serve the page and its files to who sees figures."""
    may = permission(Permission.SEE_FIGURES)
    address = "/consultas/<slug>/mas-cifras"
    blueprint.add_url_rule(address, "charts", may(pages.show))
    blueprint.add_url_rule(f"{address}/<figure>.csv", "charts_file", may(pages.download))
