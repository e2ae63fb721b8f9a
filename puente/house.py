"""Put the parts of the house together, as the settings say."""

from __future__ import annotations

import random
import secrets
from typing import TYPE_CHECKING

import redis

from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.hours import is_decent
from bot.inviting import Inviter
from bot.jobs import Wakeups
from bot.media import Fetcher
from bot.pacing import Lane
from bot.reception import Reception
from bot.reminders import Reminders
from bot.revisions import Flows
from bot.spool import Spool
from bot.turn import Decider
from flows.script.compile import make_flow
from flows.script.model import Script
from puente.channels import describe_channels
from storage.database import Database
from storage.files import MediaFiles
from storage.ids import new_id
from storage.sealing import Sealer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from bot.channels.base import Channel
    from bot.making import MakeFile
    from bot.messages import Address
    from puente.gauges import HouseGauges
    from puente.settings import Settings
    from storage.links import LinkLook
    from storage.published import Revision
    from storage.repositories.leaders import LeaderTally

REDIS_SECONDS = 0.5
"""How long a citizen's reply may wait for Redis; without it the worker's poll does the work."""


def make_database(settings: Settings) -> Database:
    """Open the database; connections are made as they are needed."""
    return Database(settings.database_url, settings.phone_keys)


def make_redis(settings: Settings) -> redis.Redis:
    """Make a connection that gives up soon."""
    return redis.Redis.from_url(
        settings.redis_url,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )


def make_wakeups(settings: Settings) -> Wakeups:
    """Make what wakes the worker."""
    return Wakeups(make_redis(settings))


def make_flows(database: Database) -> Flows:
    """Make the memory of published flows."""

    def read(revision_id: UUID, edition: int) -> Revision:
        return database.read(lambda unit: unit.consultations.get_revision(revision_id, edition))

    return Flows(read)


def make_conversations(
    settings: Settings,
    database: Database,
    flows: Flows,
    channels: Mapping[str, Channel],
    wake: Callable[[str], None],
) -> Conversations:
    """Make what takes every inbound message."""

    def find_proposal(folio: str) -> str | None:
        proposal = database.read(lambda unit: unit.proposals.find(folio))
        return None if proposal is None else proposal.state

    def count_alike(consultation_id: UUID, answers: Mapping[str, str], but: UUID) -> int:
        return database.read(lambda unit: unit.reports.count_alike(consultation_id, answers, but))

    def find_leader(consultation_id: UUID, code: str) -> UUID | None:
        return database.read(lambda unit: unit.leaders.find(consultation_id, code))

    def find_leader_by_phone(consultation_id: UUID, contact_id: UUID) -> UUID | None:
        return database.read(lambda unit: unit.leaders.find_by_phone(consultation_id, contact_id))

    def is_full(leader_id: UUID) -> bool:
        return database.read(lambda unit: unit.leaders.is_full(leader_id))

    def count_led(leader_id: UUID) -> LeaderTally:
        return database.read(lambda unit: unit.leaders.tally(leader_id))

    def look_up_code(
        address: Address, contact_id: UUID | None, code: str, now: datetime
    ) -> LinkLook:
        return database.read(
            lambda unit: unit.links.look(address.scheme, address.value, contact_id, code, now)
        )

    def list_used(contact_id: UUID) -> Sequence[tuple[str, datetime]]:
        return database.read(lambda unit: unit.dossiers.list_used(contact_id))

    decider = Decider(
        find_flow=flows.find,
        outside=make_flow(Script(1, "", "", "es", (), ())),
        count_alike=count_alike,
        find_proposal=find_proposal,
        find_leader=find_leader,
        find_leader_by_phone=find_leader_by_phone,
        count_led=count_led,
        is_full=is_full,
        list_used=list_used,
        look_up_code=look_up_code,
        channels=describe_channels(channels, settings.channels),
        chance=secrets.randbelow,
        make_id=new_id,
        timezone=settings.timezone,
    )
    return Conversations(database.turns, decider, settings.clock, wake)


def make_reception(
    settings: Settings, conversations: Conversations, channels: Mapping[str, Channel]
) -> Reception:
    """Make where webhooks bring their messages, with this host's spool behind it."""
    return Reception(conversations.receive, channels, make_spool(settings), settings.clock, new_id)


def make_spool(settings: Settings) -> Spool:
    """Make this host's spool."""
    return Spool(settings.data / "spool", Sealer(settings.phone_keys))


def make_gauges(settings: Settings, database: Database) -> HouseGauges:
    """Make what looks at the house when `/metrics` is asked."""
    from puente.gauges import HouseGauges  # noqa: PLC0415 - who counts nothing needs no Prometheus

    return HouseGauges(database, make_spool(settings), settings.data, settings.clock)


def make_fetcher(
    settings: Settings, database: Database, channels: Mapping[str, Channel]
) -> Fetcher:
    """Make what fetches voice notes and pictures into the data folder."""
    return Fetcher(database, channels, make_media_files(settings))


def make_media_files(settings: Settings) -> MediaFiles:
    """Make the folder of what is not text: what people sent, and texts read aloud."""
    return MediaFiles(settings.data / "media", Sealer(settings.phone_keys))


def make_reminders(
    settings: Settings, database: Database, channels: Mapping[str, Channel]
) -> Reminders:
    """Make what reminds people of the conversations they stopped in."""
    return Reminders(
        database,
        make_flows(database).find,
        describe_channels(channels, settings.channels),
        new_id,
        lambda now: is_decent(now, settings.timezone),
        settings.timezone,
    )


def make_inviter(settings: Settings, database: Database) -> Inviter:
    """Make what feeds the outbox from broadcasts."""
    return Inviter(database, make_lanes(settings), lambda now: is_decent(now, settings.timezone))


def make_delivery(
    settings: Settings, database: Database, channels: Mapping[str, Channel]
) -> Delivery:
    """Make what sends from the outbox; its back-off is spread at random."""
    return Delivery(
        database,
        channels,
        settings.clock,
        random.SystemRandom().random,
        lanes=make_lanes(settings),
        is_decent=lambda now: is_decent(now, settings.timezone),
    )


def make_file_maker(settings: Settings, database: Database) -> MakeFile:
    """Make what makes large exports; what that takes is loaded with the first one."""

    def make_next(is_stopping: Callable[[], bool]) -> bool:
        with database.reading() as unit:
            if not unit.export_jobs.has_due(settings.clock()):
                return False
        from admin.export_jobs import ExportMaker  # noqa: PLC0415 - as said above
        from admin.exporting import Exporter  # noqa: PLC0415
        from storage.pseudonyms import Pseudonyms  # noqa: PLC0415

        pseudonyms = Pseudonyms(settings.keys)
        exporter = Exporter(database, pseudonyms, settings.clock, settings.timezone)
        return ExportMaker(database, exporter, settings.clock).make_next(is_stopping)

    return make_next


def make_lanes(settings: Settings) -> Mapping[str, Lane]:
    """Say how each channel may be used."""
    return {
        one.name: Lane(one.rate, one.fallback, one.daily, one.price) for one in settings.channels
    }
