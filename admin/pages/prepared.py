"""Files that take a while: asked for, watched while they are made, fetched, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, request, url_for
from flask_security import current_user

from admin.consulted import ConsultedReader
from admin.exporting import Order
from admin.exports import EXPORTS
from admin.pages.downloads import FORMAT_WORDS, TIER_WORDS, read_tier
from admin.pages.giving import give_file
from admin.protection import held_permissions, permission
from admin.roles import TIER_PERMISSIONS, Permission
from admin.tables import TABLES
from admin.tables.tiers import Tier
from storage.export_jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.consulted import Consulted
    from admin.export_jobs import ExportDesk
    from admin.signin.freshness import Freshness
    from storage.database import Database
    from storage.export_jobs import Job

SEE_OTHER = 303


class PreparedPages:
    """What is asked for here belongs to who asked for it, as long as she may have it."""

    def __init__(self, database: Database, clock: Callable[[], datetime], desk: ExportDesk) -> None:
        self._database = database
        self._clock = clock
        self._desk = desk
        self._reader = ConsultedReader(database)

    def offer(self, slug: str) -> ResponseReturnValue:
        """Say that a file takes a while, and offer to make it."""
        consulted = self._reader.find(slug) or abort(404)
        order = self._read_order(consulted)
        return render_template(
            "admin/prepare.html",
            slug=slug,
            title=consulted.consultation.title,
            order=order,
            table=TABLES[order.table],
            format_words=FORMAT_WORDS[order.format],
            tier_words=TIER_WORDS[order.tier],
        )

    def ask(self, slug: str) -> ResponseReturnValue:
        """Leave the order."""
        consulted = self._reader.find(slug) or abort(404)
        job_id = self._desk.ask(self._read_order(consulted))
        return redirect(url_for("admin.prepared", job_id=job_id), SEE_OTHER)

    def show(self, job_id: UUID) -> ResponseReturnValue:
        """Say how far a file has come."""
        job, now = self._find(job_id), self._clock()
        return render_template(
            "admin/prepared.html",
            slug=job.consultation,
            job=job,
            states=JobState,
            is_kept=_is_kept(job, now),
            table=TABLES[job.table],
            format_words=FORMAT_WORDS[job.format],
            tier_words=TIER_WORDS[Tier(job.tier)],
            now=now,
        )

    def cancel(self, job_id: UUID) -> ResponseReturnValue:
        """Have it made no more; what is over stays as it is."""
        job = self._find(job_id)
        with self._database.unit() as unit:
            unit.export_jobs.cancel(job.id, self._clock())
        return redirect(url_for("admin.prepared", job_id=job.id), SEE_OTHER)

    def fetch(self, job_id: UUID) -> ResponseReturnValue:
        """Give the file."""
        job = self._find(job_id)
        if not _is_kept(job, self._clock()):
            abort(404)
        response = give_file(self._desk.give(job), job.content_type, job.file_name)
        response.content_length = job.size
        return response

    def _find(self, job_id: UUID) -> Job:
        """Give her own job; somebody else's, or of a tier she may have no more, is refused."""
        with self._database.reading() as unit:
            job = unit.export_jobs.find(job_id) or abort(404)
        if (
            job.who != current_user.email
            or TIER_PERMISSIONS[Tier(job.tier)] not in held_permissions()
        ):
            abort(403)
        return job

    def _read_order(self, consulted: Consulted) -> Order:
        said = request.values
        table, form = said.get("tabla", "wide"), said.get("formato", "xlsx")
        if table not in TABLES or form not in EXPORTS:
            abort(404)
        if EXPORTS[form].tables and table not in EXPORTS[form].tables:
            abort(404)
        slug, history = consulted.consultation.slug, said.get("historia") == "si"
        return Order(slug, table, form, read_tier(), current_user.email, history=history)


def _is_kept(job: Job, now: datetime) -> bool:
    return job.state is JobState.DONE and job.expires_at is not None and now < job.expires_at


def add_prepared(blueprint: Blueprint, pages: PreparedPages, freshness: Freshness) -> None:
    """Serve the pages."""
    take = permission(Permission.EXPORT_PUBLIC)
    rules = blueprint.add_url_rule
    rules("/consultas/<slug>/preparar", "prepare", take(freshness.before(pages.offer)))
    rules("/consultas/<slug>/preparar", "ask_export", take(pages.ask), methods=["POST"])
    rules("/archivos/<uuid:job_id>", "prepared", take(pages.show))
    rules("/archivos/<uuid:job_id>/archivo", "prepared_file", take(freshness.before(pages.fetch)))
    rules("/archivos/<uuid:job_id>/cancelar", "cancel_export", take(pages.cancel), methods=["POST"])
