"""The one vocabulary that channels and conversations share."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal, NewType, Self

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from flows.text.render import Button

Msisdn = NewType("Msisdn", str)
"""A phone number in E.164, `+50255550101`."""

Scheme = Literal["tel", "wa", "hoja"]
Form = Literal["sms", "whatsapp", "ussd"]
"""What kind of phone screen a text has to fit."""

VOICE = "voice"
"""The kind of message that is a recording to be played; its text is the name of the file."""

VOICES_PATH = "/voces/"
"""Below the public address: where recordings are fetched."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached: a number (`tel`), or an opaque WhatsApp id (`wa`).

    Who is on a clerk's sheet (`hoja`) is not reached at all; its value is the sheet's id.

    One number on SMS, USSD and WhatsApp is one `tel` address, hence one contact.
    """

    scheme: Scheme
    value: str = field(repr=False)


class SessionEvent(Enum):
    """What a channel with sessions (USSD) says beside the text."""

    NONE = "none"
    NEW = "new"
    RESUME = "resume"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Media:
    """Something sent that is not text; it stays with the provider until a job fetches it."""

    content_type: str
    url: str = field(repr=False)

    @property
    def is_voice(self) -> bool:
        """Tell whether it can be a spoken answer."""
        return self.content_type.startswith("audio/")


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message, as every channel's `read` gives it.

    Attributes:
        channel: the channel's name in channels.yaml.
        form: the phone screen the reply has to fit.
        address: who sent it.
        text: what was sent, as received. On a channel with accumulated text, the whole
            path so far (`path` True): the conversation takes the difference.
        claim: names this delivery; the same delivery again has the same claim.
        session: the session event; `dialog` is then the provider's session id.
        provider_id: the provider's message id, for receipts; may be empty.
        sent_at: the provider's time of sending, aware UTC, where it gives one.
        at: the simulator's own time, aware UTC; no provider sets it.
        answerable: False for senders that must never be replied to (short codes,
            alphanumeric names: answering them makes loops).
        confirmed: the provider has answered it by itself: our reply stays unsaid.
        replayed_at: when it was taken from the spool, aware UTC: no response carries the reply.
        echo: names and values the provider wants back in the response as they came.
        id: names it from its arrival on: in the log, in what is kept and what goes out for it.
    """

    channel: str
    form: Form
    address: Address
    text: str = field(repr=False)
    claim: str = field(repr=False)
    session: SessionEvent = SessionEvent.NONE
    dialog: str = field(default="", repr=False)
    path: bool = False
    media: tuple[Media, ...] = ()
    provider_id: str = ""
    sent_at: datetime | None = None
    at: datetime | None = None
    answerable: bool = True
    confirmed: bool = False
    replayed_at: datetime | None = None
    echo: tuple[tuple[str, object], ...] = field(default=(), repr=False)
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back in answer to one delivery: texts that fit the phone, in order.

    Attributes:
        texts: one entry a message (SMS, WhatsApp) or exactly one screen (USSD).
        open: whether a session channel keeps the session.
        buttons: what can be tapped below the last text, where a phone has such things.
        voices: files of recordings, each a message of its own before the texts.
    """

    texts: tuple[str, ...] = field(default=(), repr=False)
    open: bool = False
    buttons: tuple[Button, ...] = field(default=(), repr=False)
    voices: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Write it as it is kept with its delivery; buttons are not."""
        said: dict[str, object] = {"texts": self.texts, "open": self.open}
        return json.dumps(said | ({"voices": self.voices} if self.voices else {}))

    @classmethod
    def from_json(cls, kept: str) -> Self:
        """Read what `to_json` wrote; before there were recordings it named none."""
        data = json.loads(kept)
        return cls(tuple(data["texts"]), data["open"], voices=tuple(data.get("voices", ())))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message for a channel to send by its provider's API.

    Attributes:
        kind: `reply`, `receipt`, `reminder`, …: what the outbox calls it. The text of a
            `voice` is the file of a recording; its channel is one that plays them.
        buttons: repeat what the text offers; a channel that cannot show them leaves them out.
        language: that of the text.
        in_session: whether she wrote within 24 hours: later WhatsApp takes templates alone.
    """

    id: str
    address: Address
    text: str = field(repr=False)
    kind: str = "reply"
    buttons: tuple[Button, ...] = field(default=(), repr=False)
    language: str = "es"
    in_session: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """What a provider said when it took a message."""

    provider_id: str
    segments: int | None = None


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What a provider says later of a message it took."""

    provider_id: str
    status: Literal["queued", "sent", "delivered", "read", "failed"]
    code: str = ""
    opted_out: bool = False
    """The provider says that this number has left."""
