"""Put the parts of the house together, as the settings say."""

from __future__ import annotations

import random
import secrets
from typing import TYPE_CHECKING

import redis

from bot.channels import CHANNELS
from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.jobs import Wakeups
from bot.revisions import Flows
from bot.turn import ChannelFacts, Decider
from flows.script.compile import make_flow
from flows.script.model import Script
from storage.database import Database
from storage.ids import new_id
from storage.sealing import PhoneKeys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from bot.channels.base import Channel, Tariff
    from puente.settings import Settings

REDIS_SECONDS = 0.5
"""How long a citizen's reply may wait for Redis; without it the worker's poll does the work."""

COSTS: Mapping[Tariff, str] = {
    "free": "costo_gratis",
    "refunded": "costo_devuelto",
    "citizen_pays": "costo_plan",
}
"""What each tariff makes `{costo}` say: a stock text."""


def make_database(settings: Settings) -> Database:
    """Open the database; connections are made as they are needed."""
    return Database(settings.database_url, PhoneKeys(tuple(settings.phone_keys.items())))


def make_channels(settings: Settings) -> Mapping[str, Channel]:
    """Make the channels of channels.yaml, by their names."""
    return {entry.name: CHANNELS[entry.kind](entry) for entry in settings.channels}


def make_wakeups(settings: Settings) -> Wakeups:
    """Make what wakes the worker."""
    client = redis.Redis.from_url(
        settings.redis_url,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )
    return Wakeups(client)


def make_flows(database: Database) -> Flows:
    """Make the memory of published flows."""

    def read_source(revision_id: UUID) -> str:
        with database.reading() as unit:
            return unit.consultations.get_revision(revision_id).source

    return Flows(read_source)


def make_conversations(
    settings: Settings,
    database: Database,
    flows: Flows,
    channels: Mapping[str, Channel],
    wake: Callable[[str], None],
) -> Conversations:
    """Make what takes every inbound message."""

    def find_proposal(folio: str) -> str | None:
        with database.reading() as unit:
            proposal = unit.proposals.find(folio)
        return None if proposal is None else proposal.state

    decider = Decider(
        find_flow=flows.find,
        outside=make_flow(Script(1, "", "", "es", (), ())),
        find_proposal=find_proposal,
        channels=describe_channels(channels),
        chance=secrets.randbelow,
        make_id=new_id,
        timezone=settings.timezone,
    )
    return Conversations(database.turns, decider, settings.clock, wake)


def describe_channels(channels: Mapping[str, Channel]) -> Mapping[str, ChannelFacts]:
    """Say of each channel what a message costs, and where what comes later goes.

    A channel that cannot send (USSD) leaves that to the first one that writes to numbers.
    """
    writers = [name for name, channel in channels.items() if channel.can_send]
    by_sms = next((name for name in writers if channels[name].form == "sms"), "")
    facts = {}
    for name, channel in channels.items():
        later = name if channel.can_send else by_sms
        form = channels[later].form if later else "sms"
        facts[name] = ChannelFacts(COSTS[channel.tariff], later, form)
    return facts


def make_delivery(
    settings: Settings, database: Database, channels: Mapping[str, Channel]
) -> Delivery:
    """Make what sends from the outbox; its back-off is spread at random."""
    return Delivery(database, channels, settings.clock, random.SystemRandom().random)
