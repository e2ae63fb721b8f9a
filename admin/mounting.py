"""The staff's side, put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint

from admin.api.answers import AnswerReader
from admin.api.cursors import Cursors
from admin.api.gate import Gate
from admin.api.pace import Pace
from admin.api.views import ApiPages, make_api
from admin.approvals import ACTS
from admin.approvals.desk import ApprovalDesk
from admin.consulted import ConsultedReader
from admin.export_jobs import ExportDesk
from admin.exporting import Exporter
from admin.headers import PREFIX, set_headers
from admin.language import set_up_language
from admin.pages.account import add_account
from admin.pages.answers import AnswerPages, add_answers
from admin.pages.approvals import ApprovalPages, add_approvals
from admin.pages.audit import AuditPages, add_audit
from admin.pages.beginning import BeginningPages, add_beginning
from admin.pages.beyond import BeyondPages, add_beyond
from admin.pages.broadcast import BroadcastPages, add_broadcast
from admin.pages.broadcasts import BroadcastListPages, add_broadcasts
from admin.pages.capture import CapturePages, add_capture
from admin.pages.charts import ChartPages, add_charts
from admin.pages.confirming import ConfirmingPages, add_confirming
from admin.pages.contacts import ContactPages, add_contacts
from admin.pages.departments import DepartmentPages, add_departments
from admin.pages.downloads import add_downloads
from admin.pages.filters import add_filters
from admin.pages.language import add_language
from admin.pages.leaders import LeaderPages, add_leaders
from admin.pages.opening import OpeningPages, add_opening
from admin.pages.panel import add_panel
from admin.pages.prepared import PreparedPages, add_prepared
from admin.pages.presets import PresetForms, add_presets
from admin.pages.problems import add_problem_pages
from admin.pages.recordings import RecordingPages, add_recordings
from admin.pages.rehearsing import RehearsingPages, add_rehearsing
from admin.pages.reviewing import ReviewForms, add_reviewing
from admin.pages.revisions import RevisionPages, add_revisions
from admin.pages.scripts import ScriptPages, add_scripts
from admin.pages.second_look import SecondLookPages, add_second_look
from admin.pages.second_step import SecondStepPages, add_second_step
from admin.pages.staff import StaffPages, add_staff
from admin.pages.translations import TranslationPages, add_translations
from admin.pages.voice import VoicePages, add_voice
from admin.protection import add_may
from admin.signin.freshness import Freshness
from admin.signin.guard import Guard
from admin.signin.second_step import SecondDoor
from admin.signin.security import set_up_security
from admin.signin.visits import VisitKeeper
from bot.assets import add_assets
from storage.staff import StaffDatastore

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo
    from uuid import UUID

    import redis
    from flask import Flask

    from admin.settings import AdminSettings
    from storage.database import Database
    from storage.files import MediaFiles
    from storage.pseudonyms import Pseudonyms

FOLDER = Path(__file__).parent


def mount(  # noqa: PLR0913 - the parts of the house it stands on
    app: Flask,
    settings: AdminSettings,
    *,
    database: Database,
    files: MediaFiles,
    pseudonyms: Pseudonyms,
    clock: Callable[[], datetime],
    make_token: Callable[[], str],
    chance: Callable[[int], int],
    make_id: Callable[[datetime], UUID],
    wake_export: Callable[[UUID], None],
    connection: redis.Redis,
) -> None:
    """Mount the staff's side under `/admin`, its sign-in and its language included.

    Args:
        app: whose session cookie and secret key become those of the staff.
        settings: of the staff's side.
        database: where everything is kept.
        files: where voice notes and recordings are kept.
        pseudonyms: how people are called in exports.
        clock: gives the time, aware UTC.
        make_token: makes what nobody guesses.
        chance: `chance(n)` gives 0 … n-1, which nobody guesses either.
        make_id: makes the id of a row.
        wake_export: tells the worker that a file is to be made.
        connection: to Redis, where requests of the API are counted; it should give up soon.
    """
    set_up_language(app)
    guard = Guard(database.unit, settings.secret_key, clock)
    second = SecondDoor(database, clock)
    set_up_security(app, settings, StaffDatastore(database.session), guard, second)
    keeper = VisitKeeper(database, clock)
    keeper.watch(app)
    freshness = Freshness(clock)
    freshness.watch(app)
    blueprint = Blueprint("admin", __name__, url_prefix=PREFIX, template_folder="templates")
    add_assets(blueprint, FOLDER / "static", "/static")
    add_filters(blueprint, settings.timezone)
    add_may(blueprint)
    add_language(blueprint, is_https=settings.is_https)
    add_problem_pages(app, blueprint)
    _add_figures(blueprint, database, clock, settings.timezone)
    answers = AnswerPages(database, clock, settings.timezone, settings.channels)
    add_answers(blueprint, answers)
    add_reviewing(blueprint, ReviewForms(database, clock, answers))
    approvals = ApprovalDesk(database, clock, make_id, ACTS, asks=settings.asks_second_person)
    add_approvals(blueprint, ApprovalPages(database, clock, approvals), freshness)
    add_broadcasts(blueprint, BroadcastListPages(database, clock, settings.sms))
    broadcast = BroadcastPages(database, clock, settings.timezone, settings.sms, approvals)
    add_broadcast(blueprint, broadcast, freshness)
    _add_writing(blueprint, database, clock, approvals)
    add_recordings(blueprint, RecordingPages(database, files, clock))
    add_capture(blueprint, CapturePages(database, clock, settings.timezone, chance))
    add_second_look(blueprint, SecondLookPages(database, clock))
    add_voice(blueprint, VoicePages(database, files, clock, settings.timezone, chance))
    add_leaders(blueprint, LeaderPages(database, clock, settings.ways, chance))
    add_opening(blueprint, OpeningPages(database, clock))
    exporter = Exporter(database, pseudonyms, clock, settings.timezone)
    desk = ExportDesk(database, clock, make_id, wake_export)
    add_downloads(blueprint, database, exporter, desk, freshness)
    add_presets(blueprint, PresetForms(database, clock))
    add_prepared(blueprint, PreparedPages(database, clock, desk), freshness)
    add_audit(blueprint, AuditPages(database, clock, settings.timezone), freshness)
    add_confirming(blueprint, ConfirmingPages(guard, freshness))
    contacts = ContactPages(database, clock, settings.timezone, chance)
    add_contacts(blueprint, contacts, freshness)
    add_beyond(blueprint, BeyondPages(database, clock))
    add_account(blueprint, database, keeper)
    add_second_step(blueprint, SecondStepPages(database, clock, chance))
    staff = StaffPages(database, clock, settings.public_url, make_token)
    add_staff(blueprint, staff, freshness)
    app.register_blueprint(blueprint)
    gate = Gate(database, clock, Pace(connection, clock))
    app.register_blueprint(_make_api(settings, gate, database, pseudonyms, clock))
    set_headers(app)


def _make_api(
    settings: AdminSettings,
    gate: Gate,
    database: Database,
    pseudonyms: Pseudonyms,
    clock: Callable[[], datetime],
) -> Blueprint:
    consulted, timezone = ConsultedReader(database), settings.timezone
    pages = ApiPages(
        database,
        consulted,
        answers=AnswerReader(database, pseudonyms, clock, timezone, consulted),
        cursors=Cursors(settings.secret_key),
        clock=clock,
        timezone=timezone,
    )
    return make_api(pages, gate)


def _add_figures(
    blueprint: Blueprint, database: Database, clock: Callable[[], datetime], timezone: tzinfo
) -> None:
    """Serve what says how consultations go."""
    add_panel(blueprint, database, clock, timezone)
    add_charts(blueprint, ChartPages(database, clock, timezone))
    add_departments(blueprint, DepartmentPages(database, clock, timezone))


def _add_writing(
    blueprint: Blueprint, database: Database, clock: Callable[[], datetime], approvals: ApprovalDesk
) -> None:
    """Serve what those need who write consultations."""
    add_revisions(blueprint, RevisionPages(database))
    add_rehearsing(blueprint, RehearsingPages(database, clock))
    add_beginning(blueprint, BeginningPages(database, clock, approvals))
    add_scripts(blueprint, ScriptPages(database, clock, approvals))
    add_translations(blueprint, TranslationPages(database, clock, approvals))
