"""The list of consultations, and the page of each one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, render_template

from admin.consulted import ConsultedReader
from admin.figures import make_figures
from admin.protection import held_permissions, permission
from admin.roles import Permission, tiers_of
from flows.languages.catalogue import find_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from storage.database import Database


@dataclass(frozen=True, slots=True)
class _Listed:
    slug: str
    title: str
    is_open: bool
    people: int


def add_panel(
    blueprint: Blueprint, database: Database, clock: Callable[[], datetime], timezone: tzinfo
) -> None:
    """Serve the list and the pages."""
    reader = ConsultedReader(database)

    @blueprint.get("/")
    @permission(Permission.SEE_FIGURES)
    def consultations() -> ResponseReturnValue:
        now, found = clock(), reader.all()
        with database.reading() as unit:
            listed = [
                _Listed(
                    one.consultation.slug,
                    one.consultation.title,
                    one.consultation.is_open(now),
                    unit.reports.count_people(one.consultation.id, one.asked),
                )
                for one in found
            ]
            demand = [
                (find_language(code).name, numbers) for code, numbers in unit.reports.count_demand()
            ]
        return render_template(
            "admin/consultations.html", consultations=listed, demand=demand, now=now
        )

    @blueprint.get("/consultas/<slug>")
    @permission(Permission.SEE_FIGURES)
    def consultation(slug: str) -> ResponseReturnValue:
        now, found = clock(), reader.find(slug)
        if found is None:
            abort(404)
        with database.reading() as unit:
            counts = unit.reports.counts(found.consultation.id)
            people = unit.reports.count_people(found.consultation.id, found.asked)
        return render_template(
            "admin/consultation.html",
            slug=slug,
            title=found.consultation.title,
            is_open=found.consultation.is_open(now),
            figures=make_figures(people, counts, timezone),
            now=now,
            tiers=tiers_of(held_permissions()),
        )
