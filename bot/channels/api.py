"""A provider's HTTP API: kept connections, time limits, and failures as a `SendError`."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import urllib3

from bot.channels.base import SendError

if TYPE_CHECKING:
    from collections.abc import Mapping

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 15.0
FILE_SECONDS = 60.0
LARGEST_FILE = 16 * 1024 * 1024
"""WhatsApp's largest voice note; what is larger is no answer."""
CONNECTIONS = 32
"""More than the threads that one process sends with."""

_NOT_REACHED = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.NameResolutionError,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider's server answered."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


class Api:
    """The servers of one provider; unlike the providers' own clients it logs nothing."""

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._pool = urllib3.PoolManager(
            maxsize=CONNECTIONS,
            block=True,
            retries=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS),
        )

    def call(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None
    ) -> Answer:
        """Send one request; whatever status comes back is the caller's to judge.

        Raises:
            SendError: `no_connection` where nothing was taken, `no_answer` where nobody can
                know.
        """
        # `from None`: the library's exceptions quote the address, with a number in it.
        try:
            answer = self._pool.request(
                method, url, body=body, headers=dict(headers), redirect=False
            )
        except _NOT_REACHED:
            raise SendError(
                "no_connection", f"No hay conexión con {self._provider}.", retryable=True
            ) from None
        except urllib3.exceptions.HTTPError:
            raise self.no_answer() from None
        return Answer(answer.status, answer.data, answer.headers)

    def fetch(self, url: str, *, headers: Mapping[str, str]) -> Answer:
        """Download a file of at most `LARGEST_FILE`, within `FILE_SECONDS`.

        Raises:
            SendError: as `call`; `too_large`, without reading on.
        """
        ends_at = time.monotonic() + FILE_SECONDS
        pieces: list[bytes] = []
        try:
            answer = self._pool.request(
                "GET", url, headers=dict(headers), redirect=False, preload_content=False
            )
            with answer:
                # What has come, not a whole piece: of a server that trickles that takes days.
                while piece := answer.read1(64 * 1024):
                    pieces.append(piece)
                    if sum(map(len, pieces)) > LARGEST_FILE:
                        raise SendError("too_large", "El archivo es demasiado grande.")
                    if time.monotonic() > ends_at:
                        raise self.no_answer()
        except urllib3.exceptions.HTTPError:
            raise self.no_answer() from None
        return Answer(answer.status, b"".join(pieces), answer.headers)

    def no_answer(self) -> SendError:
        """Make the error for an answer that did not come, or that nobody can read."""
        return SendError(
            "no_answer",
            f"No contestó {self._provider} y no se sabe si tomó el mensaje.",
            retryable=True,
            uncertain=True,
        )
