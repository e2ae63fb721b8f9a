"""What goes into the database and comes out of it, in plain frozen records.

The rest of the house sees these, never models or sessions. Texts and addresses are plain
here and sealed (encrypted) in the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.vocabulary import PARTIAL

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from storage.assemblies import NewAssembly
    from storage.deletions import Erasure
    from storage.links import Joining, NewCode, Tries


@dataclass(frozen=True, slots=True)
class TurnKey:
    """What the first read of a turn looks for.

    Attributes:
        channel: the channel's name; with `claim` it names a delivery.
        scheme, address: who writes.
        dialog: the provider's session id on USSD, else empty.
    """

    channel: str
    claim: str = field(repr=False)
    scheme: str
    address: str = field(repr=False)
    dialog: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OpenConsultation:
    """A consultation people can take part in now (or that closed, `is_open` False).

    `revision_id` is its live revision, `edition` the number of that revision's newest texts.
    """

    id: UUID
    slug: str
    revision_id: UUID
    is_open: bool
    edition: int = 0


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """The holder of an address; `version` guards every write."""

    id: UUID
    version: int
    person_id: UUID
    persons: int
    seen_at: datetime
    stopped_at: datetime | None
    lobby: str
    """JSON of what is asked before any session (which consultation?), or empty."""
    traffic: str = ""
    """JSON of how often it was answered lately, or empty."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One person's conversation in one revision; `state` is the engine's JSON.

    The state is sealed in its table: it may hold a person's words for a turn or two. It is
    empty once the session's data were deleted. `edition`: the newest texts of its revision.
    """

    id: UUID
    person_id: UUID
    consultation_id: UUID
    revision_id: UUID
    state: str = field(repr=False)
    turns: int
    outcome: str | None
    edition: int = 0
    mode: str = "propia"

    @property
    def is_under_way(self) -> bool:
        """Whether she may still go on; one that ended by itself does with her next message."""
        return self.outcome is None or self.outcome == PARTIAL


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a turn needs to know, read in one round trip.

    Attributes:
        reply: the stored reply, where this delivery was already claimed.
        contact: None for an address never seen.
        session: the active person's latest session, ended or not.
        screen: JSON kept for this USSD dialog, or empty.
        consultations: the open ones, and the closed one of `session`.
    """

    reply: str | None
    contact: ContactRecord | None
    session: SessionRecord | None
    screen: str = field(repr=False)
    consultations: tuple[OpenConsultation, ...]


@dataclass(frozen=True, slots=True)
class NewMessage:
    """One message in or out; `direction` is `in` or `out`.

    `form` is the phone screen it fits: a channel has one, but the simulator plays all three.
    """

    id: UUID
    direction: str
    channel: str
    text: str = field(repr=False)
    at: datetime
    session_id: UUID | None
    provider_id: str = ""
    segments: int = 0
    kind: str = "reply"
    form: str = "sms"


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer; it supersedes the current one of that question in that session.

    `value` None only takes the current one out (its question no longer applies). Values
    are kept in the clear: what is open or personal belongs into `text`.
    """

    id: UUID
    session_id: UUID
    question: str
    kind: str
    value: str | None
    text: str = field(repr=False)
    language: str
    channel: str
    mode: str
    at: datetime
    heard: bool = False
    edition: int = 0


@dataclass(frozen=True, slots=True)
class NewOutgoing:
    """A message no response carries: sent by the worker from `due_at` on.

    `created_at`: from when on its age counts, and what its order is among those of one contact.
    `only_if_turns`: sent only while its session still counts that many turns (a reminder
    that the person made needless is dropped). `kind`: `receipt`, `reminder`, `reply`,
    `voice` (its text is the file of a recording).
    `buttons`: (digit, title) of what can be tapped below the text.
    `cause_id`: the inbound message it goes out for.
    """

    id: UUID
    channel: str
    text: str = field(repr=False)
    due_at: datetime
    created_at: datetime
    session_id: UUID | None
    kind: str
    segments: int = 1
    only_if_turns: int | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    cause_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SessionWrite:
    """A session to insert (`is_new`) or to move on."""

    id: UUID
    person_id: UUID
    consultation_id: UUID
    revision_id: UUID
    is_new: bool
    state: str
    language: str
    channel: str
    mode: str
    turns: int
    position: str | None
    outcome: str | None
    folio: str | None
    at: datetime
    publish: bool | None = None
    write_back: bool | None = None
    alert: str = ""
    leader_id: UUID | None = None
    """By whose link she came; only a new session says it."""
    look_at: datetime | None = None
    """When to look whether it has stopped; only a new session says it."""


@dataclass(frozen=True, slots=True)
class NewMedia:
    """Something sent that is not text, still with its provider under `url`.

    `answer_id`: the answer it is, where it is one.
    """

    id: UUID
    session_id: UUID | None
    answer_id: UUID | None
    channel: str
    content_type: str
    url: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class NewProposal:
    """The session's proposal: the answer to `question`, under `folio`."""

    id: UUID
    session_id: UUID
    question: str
    folio: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TurnWrite:
    """Everything one turn changes, written in one guarded statement.

    Attributes:
        key: the delivery; its claim is inserted with `reply` (JSON) and `outcome`.
        contact: as read; None inserts one with `new_contact_id` and its address.
        person_id: the active person after the turn; `new_person` inserts her.
        stopped: True silences the contact, False lets it back, None leaves it.
        screen: JSON to keep for the USSD dialog; None leaves it.
    """

    key: TurnKey
    at: datetime
    contact: ContactRecord | None
    contact_id: UUID
    person_id: UUID
    new_person: bool
    reply: str = field(repr=False)
    outcome: str = "turn"
    lobby: str = ""
    traffic: str = ""
    stopped: bool | None = None
    screen: str | None = field(default=None, repr=False)
    session: SessionWrite | None = None
    messages: tuple[NewMessage, ...] = ()
    answers: tuple[NewAnswer, ...] = ()
    outgoing: tuple[NewOutgoing, ...] = ()
    media: tuple[NewMedia, ...] = ()
    proposal: NewProposal | None = None
    assembly: NewAssembly | None = None
    code: NewCode | None = None
    tries: Tries | None = None
    joining: Joining | None = None
    """Two contacts become one in the same transaction, as with `erasure`."""
    demand: str = ""
    """A language asked for and not on offer."""
    erasure: Erasure | None = None
    """What is deleted in the same transaction (off the hot path: more round trips)."""


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """What a citizen may be told of a proposal."""

    folio: str
    state: str
    consultation_id: UUID
