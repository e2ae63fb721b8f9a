"""The list of consultations, and the page of each one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, render_template
from flask_babel import lazy_gettext as _

from admin.consulted import ConsultedReader
from admin.figures import make_figures
from admin.protection import held_permissions, permission
from admin.roles import Permission, tiers_of
from admin.tables.tiers import Tier

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from flask import Blueprint
    from flask.typing import ResponseReturnValue
    from flask_babel.speaklater import LazyString

    from storage.database import Database


@dataclass(frozen=True, slots=True)
class _Listed:
    slug: str
    title: str
    is_open: bool
    people: int


@dataclass(frozen=True, slots=True)
class _TierWords:
    label: LazyString
    purpose: LazyString


TIER_WORDS = {
    Tier.TEAM: _TierWords(
        _("Equipo"),
        _("Todo lo que contestaron las personas, también sus palabras. No lo reenvíe."),
    ),
    Tier.GROUP: _TierWords(
        _("Grupo de trabajo"),
        _("Sin folio ni hora; las palabras, solo de quien permitió publicarlas."),
    ),
    Tier.PUBLIC: _TierWords(
        _("Público"),
        _("Para publicar: sin palabras propias y sin datos que comparten menos de diez personas."),
    ),
}


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
        return render_template("admin/consultations.html", consultations=listed, now=now)

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
            tier_words=TIER_WORDS,
        )
