"""What a channel is: one protocol, one error, and the request and response it sees.

Adapters know nothing of the web framework: `bot/webhooks.py` translates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.messages import Form, Inbound, Outgoing, Reply, Sent, StatusReport

Tariff = Literal["free", "refunded", "citizen_pays"]


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request as the provider sent it.

    Attributes:
        method: `GET`, `POST`, …
        path: the path below the channel, `inbound` or `status`.
        url: what the provider signed: PUENTE_PUBLIC_URL + path + raw query string.
        headers: names in lower case.
        query, form: all pairs in order, repeated keys kept.
        body: the raw bytes.
    """

    method: str
    path: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    query: Sequence[tuple[str, str]] = field(repr=False)
    form: Sequence[tuple[str, str]] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back to the provider."""

    body: str = field(default="", repr=False)
    status: int = 200
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - a refusal, not a fault of ours
    """A request that is not the provider's: answered with `status`, nothing stored.

    Never carries what was sent.
    """

    def __init__(self, reason: str, status: int = 403) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class SendError(Exception):
    """A provider did not take a message.

    Attributes:
        retryable: whether trying again later can help.
        loggable: whether `sentence` may be written to the log (no number, no text).
        code: the provider's code, or ours.
        sentence: what staff read, in Spanish.
        uncertain: the provider may have taken it (a time-out after sending).
        opted_out: the provider says that this number has left.
    """

    def __init__(  # noqa: PLR0913 - a record of what happened
        self,
        code: str,
        sentence: str,
        *,
        retryable: bool = False,
        loggable: bool = True,
        uncertain: bool = False,
        opted_out: bool = False,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.retryable = retryable
        self.loggable = loggable
        self.uncertain = uncertain
        self.opted_out = opted_out


ONE_MESSAGE = 64 * 1024
"""Bytes: Twilio's largest request; one megabyte of text is nobody's answer."""


def number_of(outgoing: Outgoing) -> str:
    """Give the number a message goes to, for kinds that know no other address.

    Raises:
        SendError: the person is known by an opaque id alone.
    """
    if outgoing.address.scheme != "tel":
        raise SendError("no_number", "De esta persona no se conoce el número de teléfono.")
    return outgoing.address.value


class Usual:
    """What most kinds have in common; a kind that differs says so itself."""

    answers_in_response: bool = True
    mixes_receipts: bool = False
    largest_body: int = ONE_MESSAGE

    def reply(self, replies: Sequence[tuple[Inbound, Reply]]) -> Response:  # noqa: ARG002
        """Say that all was taken, where the provider reads nothing in the response."""
        return Response()

    def read_status(self, request: Request) -> list[StatusReport]:  # noqa: ARG002
        """Read nothing: this provider tells of no message what became of it."""
        return []


@runtime_checkable
class ShakesHands(Protocol):
    """A channel whose provider first asks whether the address is ours."""

    def find_handshake(self, request: Request) -> Response | None:
        """Answer such a question; None for any other request.

        Raises:
            Refused: the question is not the provider's.
        """


@runtime_checkable
class KeepsMedia(Protocol):
    """A channel whose provider keeps voice notes and pictures until they are fetched."""

    def fetch_media(self, url: str) -> bytes:
        """Fetch what `Media.url` stands for.

        Raises:
            SendError: it is gone, too large, or cannot be had now.
        """


class Channel(Protocol):
    """One way to reach people, as `channels.yaml` sets it up."""

    @property
    def name(self) -> str:
        """Its name in channels.yaml and in addresses."""

    @property
    def kind(self) -> str:
        """Its key in `bot.channels.CHANNELS`."""

    @property
    def form(self) -> Form:
        """The phone screen its texts have to fit."""

    @property
    def tariff(self) -> Tariff:
        """Who pays for what a citizen sends."""

    @property
    def methods(self) -> frozenset[str]:
        """The HTTP methods its provider calls with; any other is answered with 405."""

    @property
    def can_send(self) -> bool:
        """Whether `send` works: USSD has nobody to call."""

    @property
    def answers_in_response(self) -> bool:
        """Whether `reply` reaches her; else the outbox carries what `send` then sends."""

    @property
    def mixes_receipts(self) -> bool:
        """Whether receipts come in the same requests as messages."""

    @property
    def largest_body(self) -> int:
        """How many bytes its provider may send at once; more is answered with 413."""

    @property
    def retries(self) -> bool:
        """Whether the provider delivers again after a 503."""

    def verify(self, request: Request) -> None:
        """Check the signature or token, in constant time; raise `Refused` where it is wrong."""

    def read(self, request: Request) -> list[Inbound]:
        """Read the messages a verified request carries; raise `Refused` (400) on nonsense."""

    def reply(self, replies: Sequence[tuple[Inbound, Reply]]) -> Response:
        """Carry the replies to one request's messages in its own response."""

    def read_status(self, request: Request) -> list[StatusReport]:
        """Read the receipts a verified request carries."""

    def send(self, outgoing: Outgoing) -> Sent:
        """Send one message by the provider's API; raise `SendError` where it is not taken."""
