"""The composition root: builds the parts of the house and mounts its rooms."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING, Literal

from bot import webhooks
from bot.pages import make_pages
from bot.pages.simulator import Play
from bot.pages.voices import make_voices
from bot.pages.ways import find_ways
from bot.refusals import RefusalMemory
from puente import health
from puente.channels import is_for_invitations, make_channels
from puente.checkup import REFUSALS
from puente.frame import make_frame
from puente.health import Condition
from puente.house import (
    make_conversations,
    make_database,
    make_flows,
    make_gauges,
    make_lanes,
    make_media_files,
    make_reception,
    make_redis,
    make_wakeups,
)
from puente.metrics import collect_metrics
from storage.errors import DatabaseAwayError
from storage.ids import new_id
from storage.migrate import is_current
from storage.pseudonyms import Pseudonyms

if TYPE_CHECKING:
    from collections.abc import Sequence

    import flask

    from bot.messages import Address, Form, StatusReport
    from bot.reception import Reception
    from flows.flow import Flow
    from puente.health import Check
    from puente.settings import Settings
    from storage.database import Database
    from storage.repositories.phones import PhoneMessage

TOKEN_BYTES = 32

Side = Literal["web", "admin", "both"]


def create_app(settings: Settings, *, serve: Side) -> flask.Flask:
    """Build the WSGI app of one side of the house, or of both."""
    app = make_frame(
        is_https=settings.is_https,
        trusted_proxies=settings.trusted_proxies,
    )
    database = make_database(settings)
    app.extensions["puente.database"] = database  # for whoever makes the app and ends it

    reception = None if serve == "admin" else _mount_citizens(app, settings, database)
    if serve != "web":
        _mount_staff(app, settings, database)
    app.register_blueprint(make_voices(database, make_media_files(settings)))
    app.register_blueprint(
        health.make_blueprint(
            _make_checks(database, reception),
            partial(collect_metrics, settings.data, make_gauges(settings, database)),
            metrics_token=settings.metrics_token,
            is_proxied=settings.trusted_proxies > 0,
        )
    )
    return app


def _make_checks(database: Database, reception: Reception | None) -> dict[str, Check]:
    """Say what has to be well for messages to be taken."""

    def examine_database() -> Condition:
        try:
            return Condition.OK if is_current(database.engine) else Condition.DOWN
        except DatabaseAwayError:
            can_wait = reception is not None and reception.can_spool
            return Condition.DEGRADED if can_wait else Condition.DOWN

    def examine_spool() -> Condition:
        if reception is not None:
            reception.examine_spool()
        return Condition.OK

    checks = {"database": examine_database}
    return checks if reception is None else {**checks, "spool": examine_spool}


def _mount_staff(app: flask.Flask, settings: Settings, database: Database) -> None:
    """Mount the staff's pages."""
    # Imported here: a process that only takes messages need not load Flask-Security.
    from admin.mounting import mount  # noqa: PLC0415
    from admin.settings import AdminSettings  # noqa: PLC0415

    channels = make_channels(settings.channels)
    lanes = make_lanes(settings)
    mount(
        app,
        AdminSettings(
            settings.secret_key,
            settings.is_https,
            settings.timezone,
            settings.public_url,
            {channel.name: channel.kind for channel in settings.channels},
            settings.asks_second_person,
            find_ways(settings.channels, channels),
            {name: lanes[name] for name, one in channels.items() if is_for_invitations(one)},
        ),
        database=database,
        files=make_media_files(settings),
        pseudonyms=Pseudonyms(settings.keys),
        clock=settings.clock,
        chance=secrets.randbelow,
        make_token=lambda: secrets.token_urlsafe(TOKEN_BYTES),
        make_id=new_id,
        wake_export=make_wakeups(settings).wake_export,
        connection=make_redis(settings),
    )


def _mount_citizens(app: flask.Flask, settings: Settings, database: Database) -> Reception:
    """Mount the webhooks, the public page and, outside production, the simulator."""
    channels = make_channels(settings.channels)
    flows = make_flows(database)
    wake = make_wakeups(settings).wake
    conversations = make_conversations(settings, database, flows, channels, wake)
    reception = make_reception(settings, conversations, channels)
    app.extensions["puente.reception"] = reception  # for whoever serves the app
    refusals = RefusalMemory(settings.data / REFUSALS, settings.clock)

    def record_status(channel: str, report: StatusReport) -> None:
        now = settings.clock()
        with database.unit() as unit:
            contact_id = unit.outbox.record_status(
                channel, report.provider_id, report.status, now, report.code
            )
            if contact_id is not None and report.opted_out:
                unit.outbox.stop_contact(contact_id, now)

    def find_open() -> Sequence[Flow]:
        now = settings.clock()
        with database.reading() as unit:
            consultations = [one for one in unit.consultations.list() if one.is_open(now)]
            live = [
                unit.consultations.get_revision(one.revision_id)
                for one in consultations
                if one.revision_id is not None
            ]
        return [flows.find(revision.id, revision.edition) for revision in live]

    def find_messages(address: Address, channel: str, form: Form) -> Sequence[PhoneMessage]:
        with database.reading() as unit:
            return unit.phones.find_messages(address.scheme, address.value, channel, form)

    app.register_blueprint(
        webhooks.make_blueprint(
            channels,
            reception.receive,
            public_url=settings.public_url,
            record_status=record_status,
            remember=refusals.remember,
        )
    )
    simulator = next((one for one in channels.values() if one.kind == "simulator"), None)
    play = None
    if simulator is not None and not settings.is_production:
        play = Play(
            simulator,
            reception.receive,
            find_messages,
            settings.clock,
            secrets.randbelow,
            settings.timezone,
        )
    app.register_blueprint(make_pages(find_open, find_ways(settings.channels, channels), play))
    return reception
