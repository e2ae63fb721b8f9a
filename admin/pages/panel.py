"""The list of consultations, and the page of each one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, render_template

from admin.consulted import ConsultedReader
from admin.figures import make_figures
from admin.protection import held_permissions, permission
from admin.roles import Permission, tiers_of
from admin.rollups import Figurer
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
    figurer = Figurer(database, reader)

    @blueprint.get("/")
    @permission(Permission.SEE_FIGURES)
    def consultations() -> ResponseReturnValue:
        now, found = clock(), reader.all()
        with database.reading() as unit:
            rolled = [figurer.find(unit, one, now) for one in found]
            listed = [
                _Listed(
                    one.consultation.slug,
                    one.consultation.title,
                    one.consultation.is_open(now),
                    figures.people,
                )
                for one, figures in zip(found, rolled, strict=True)
            ]
            demand = [
                (find_language(code).name, numbers) for code, numbers in unit.reports.count_demand()
            ]
        return render_template(
            "admin/consultations.html",
            consultations=listed,
            demand=demand,
            now=min((one.at for one in rolled), default=now),
        )

    @blueprint.get("/consultas/<slug>")
    @permission(Permission.SEE_FIGURES)
    def consultation(slug: str) -> ResponseReturnValue:
        now, found = clock(), reader.find(slug)
        if found is None:
            abort(404)
        with database.reading() as unit:
            rolled = figurer.find(unit, found, now)
        return render_template(
            "admin/consultation.html",
            slug=slug,
            title=found.consultation.title,
            is_open=found.consultation.is_open(now),
            figures=make_figures(rolled.people, rolled.counts, timezone),
            now=rolled.at,
            tiers=tiers_of(held_permissions()),
        )
