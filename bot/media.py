"""Fetching what people sent that is not text: bounded, looked into, sealed on disk.

What a provider says of a content is not believed: its first bytes are, and only kinds that
staff can listen to or look at are kept.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.channels.base import KeepsMedia, SendError
from bot.scheduler import Chore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.channels.base import Channel
    from storage.database import Database
    from storage.due import DueMedia
    from storage.files import MediaFiles

AT_ONCE = 5
AGAIN = timedelta(minutes=10)
MOST_TRIES = 100
"""Two thirds of a day; Meta keeps media for weeks, Twilio until they are deleted."""

OFTEN, HOURLY = timedelta(seconds=5), timedelta(hours=1)

KEEP_LOOSE = timedelta(hours=1)
"""A file may stand there so long before its row says that it is somebody's."""

_KINDS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
)
"""(place, bytes, kind): what a content begins with."""

_log = structlog.get_logger(__name__)


def find_kind(content: bytes, said: str) -> str | None:
    """Find what a content is; None for what is kept by nobody, or is not what it is said to be.

    A voice note in MP4 may be told by its claim alone: the same box holds films.
    """
    for place, begin, kind in _KINDS:
        if content.startswith(begin, place):
            claimed, found = said.partition("/")[0], kind.partition("/")[0]
            if kind == "video/mp4" and claimed == "audio":
                return "audio/mp4"
            return kind if claimed in {found, "application", ""} else None
    return None


class Fetcher:
    """Fetches what waits with the providers, from as many processes as there are."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], files: MediaFiles
    ) -> None:
        self._database = database
        self._channels = channels
        self._files = files

    @property
    def chores(self) -> tuple[Chore, ...]:
        """What the scheduler has to do for it."""
        return (
            Chore("fetch_media", OFTEN, self.fetch),
            Chore("prune_media", HOURLY, self.prune),
        )

    def fetch(self, now: datetime) -> None:
        """Fetch some of what is due; the database is let go of in between."""
        with self._database.unit() as unit:
            batch = unit.media.take(now, now + AGAIN, AT_ONCE)
        for due in batch:
            self._fetch(due)

    def prune(self, now: datetime) -> None:
        """Delete the files whose people asked to be forgotten, and recordings taken back."""
        with self._database.reading() as unit:
            names = unit.media.list_names() | unit.recordings.list_names()
        self._files.prune(names, now - KEEP_LOOSE)

    def _fetch(self, due: DueMedia) -> None:
        try:
            content = self._download(due)
        except SendError as error:
            if not error.retryable or due.tries >= MOST_TRIES:
                self._refuse(due, error.code)
            return
        kind = find_kind(content, due.content_type)
        if kind is None:
            self._refuse(due, "not_what_it_says")
            return
        name = self._files.write(content)
        with self._database.unit() as unit:
            unit.media.keep(due.id, name, kind, len(content))

    def _download(self, due: DueMedia) -> bytes:
        channel = self._channels.get(due.channel)
        if not isinstance(channel, KeepsMedia):
            raise SendError("no_channel", "El canal por el que llegó ya no está.")
        return channel.fetch_media(due.url)

    def _refuse(self, due: DueMedia, code: str) -> None:
        _log.warning("media_refused", id=str(due.id), channel=due.channel, code=code)
        with self._database.unit() as unit:
            unit.media.refuse(due.id, code)
