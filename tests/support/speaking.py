"""Voice notes, as a channel brings them and the fetcher keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Address, Inbound, Media
from puente.channels import make_channels
from puente.house import make_conversations, make_flows, make_media_files

if TYPE_CHECKING:
    from puente.settings import Settings
    from storage.database import Database

SOUND = b"OggS" + bytes(range(256))


def speak(
    settings: Settings, database: Database, number: str, claim: str, sound: bytes = SOUND
) -> None:
    """Answer what a phone was asked with a voice note, and have it fetched."""
    channels = make_channels(settings.channels)
    flows = make_flows(database)
    conversations = make_conversations(settings, database, flows, channels, lambda *_: None)
    note = Media("audio/ogg", "https://example.org/1")
    where = Address("tel", number)
    conversations.receive(Inbound("simulator", "whatsapp", where, "", claim, media=(note,)))
    now = settings.clock()
    with database.unit() as unit:
        (due,) = unit.media.take(now, now, 1)
        name = make_media_files(settings).write(sound)
        unit.media.keep(due.id, name, "audio/ogg", len(sound))
