"""Mapa: how many people take part in each department, on a map, in a table and as a file.

The counts are those of the public tier, whoever looks: a department with fewer than ten people is
counted with those who named none, and no other page says more of it to who sees figures alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, render_template
from flask_security import current_user

from admin.api.aggregates import list_cells
from admin.api.memory import Memory
from admin.consulted import ConsultedReader
from admin.exporting import make_crowd
from admin.exports.csv import BOM, encode
from admin.map import find_shade, make_shades, read_drawing
from admin.marking import mark
from admin.pages.giving import give_file
from admin.protection import permission
from admin.roles import Permission
from admin.tables.disclosure import PLACE_TRAITS
from admin.tables.tiers import Tier
from flows.reading.places import places
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.consulted import Consulted
    from storage.database import Database

DEPARTMENTS = {code: place.name for code, place in places().items() if len(code) == len("14")}
OTHERS = mark("Otros, o no lo dijo")
_HEADER = ("consulta", "departamento", "nombre", "personas")


@dataclass(frozen=True, slots=True)
class Participation:
    """People by department.

    Attributes:
        people: INE code -> how many, most first; only those that may be shown.
        others: how many in all the rest, those who named no department among them; None where
            even these are too few to be told.
    """

    people: dict[str, int]
    others: int | None


class DepartmentPages:
    """The map and its file.

    Args:
        timezone: in which the file's name has its time.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], timezone: tzinfo) -> None:
        self._database = database
        self._clock = clock
        self._timezone = timezone
        self._reader = ConsultedReader(database)
        self._counts = Memory(self._count, clock)

    def show(self, slug: str) -> ResponseReturnValue:
        """Show the map and its table."""
        consulted = self._find(slug)
        at, found = self._counts.get(slug)
        shades = (
            make_shades(min(found.people.values()), max(found.people.values()))
            if found.people
            else []
        )
        return render_template(
            "admin/departments.html",
            slug=slug,
            title=consulted.consultation.title,
            drawing=read_drawing(),
            names=DEPARTMENTS,
            found=found,
            shades=shades,
            shade_of={code: find_shade(shades, n) for code, n in found.people.items()},
            others=OTHERS,
            now=at,
        )

    def download(self, slug: str) -> ResponseReturnValue:
        """Give the table as CSV, and write down who took it."""
        self._find(slug)
        at, found = self._counts.get(slug)
        rows: list[list[str | int]] = [
            [slug, code, DEPARTMENTS[code], people] for code, people in found.people.items()
        ]
        if found.others is not None:
            rows.append([slug, "", OTHERS, found.others])
        data = BOM.encode() + encode([_HEADER, *rows])
        details: dict[str, str | int] = {
            "consultation": slug,
            "table": "mapa",
            "format": "csv",
            "tier": Tier.PUBLIC.value,
            "rows": len(rows),
            "hash": hashlib.sha256(data).hexdigest(),
        }
        with self._database.unit() as unit:
            who = current_user.email
            unit.audit.add(AuditAction.EXPORT_TAKEN, self._clock(), who, details)
        name = f"mapa_{slug}_{at.astimezone(self._timezone):%Y-%m-%d_%H%M}.csv"
        return give_file(data, "text/csv; charset=utf-8", name)

    def _find(self, slug: str) -> Consulted:
        return self._reader.find(slug) or abort(404)

    def _count(self, slug: str) -> Participation:
        with self._database.reading() as unit:
            crowd = make_crowd(self._find(slug), unit)
        cells = list_cells(crowd.count_shared(PLACE_TRAITS.index("departamento")), is_few=True)
        people = {code: n for code, n in cells if code is not None}
        ordered = sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
        return Participation(dict(ordered), dict(cells).get(None))


def add_departments(blueprint: Blueprint, pages: DepartmentPages) -> None:
    """Serve the map and its file to who sees figures."""
    may = permission(Permission.SEE_FIGURES)
    address = "/consultas/<slug>/mapa"
    blueprint.add_url_rule(address, "departments", may(pages.show))
    blueprint.add_url_rule(f"{address}.csv", "departments_file", may(pages.download))
