"""What tables and pages read of a consultation, in plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Count:
    """How many sessions began within one hour, on one channel, that stand as `outcome` says.

    `outcome` is None while they go on, and `opted_out` where the number left before the end.
    """

    hour: datetime
    channel: str
    outcome: str | None
    sessions: int


Mark = tuple[int, int, int]
"""Turns, sessions and deletions of the people who came in one hour: whether anything changed."""


@dataclass(frozen=True, slots=True)
class HourCount:
    """How many of the people whose first session began in an hour had answered at a mark."""

    mark: Mark
    people: int


@dataclass(frozen=True, slots=True)
class Rolled:
    """A consultation's figures as they were `at` a time.

    Attributes:
        milliseconds: how long it took to count them when all were last counted at once.
        people: who had answered.
        counts: of sessions.
        hours: of the people, by the hour they came in.
        asked: the questions of which they had answered one.
    """

    at: datetime
    milliseconds: int
    people: int
    counts: tuple[Count, ...]
    hours: Mapping[datetime, HourCount] = field(default_factory=dict)
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many people answer a question with one value, now."""

    question: str
    value: str
    people: int


@dataclass(frozen=True, slots=True)
class TraitCount:
    """How many people have the same traits; `asked` in the order asked for, empty if unknown."""

    place: str
    community: str
    language: str
    asked: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class MessageCount:
    """How many messages one hour saw on one channel in one direction, `in` or `out`."""

    hour: datetime
    channel: str
    direction: str
    people: int
    messages: int
    segments: int


@dataclass(slots=True, eq=False)
class Saying:
    """What an answer says; one object for all of an export's answers that say just the same.

    Not frozen, which would make it slower to make; told apart by identity, so that what is made
    of it can be remembered by it. Nobody changes one.

    Attributes:
        is_current: False where a later answer replaced it or its question fell away.
        is_spoken: it is a voice note, or what staff understood of one.
    """

    question: str
    value: str = field(repr=False)
    text: str = field(repr=False)
    language: str
    channel: str
    mode: str
    is_current: bool = True
    is_spoken: bool = False


@dataclass(slots=True)
class ReportedAnswer:
    """An answer.

    Attributes:
        said: what it says.
        moment: when it came, UTC, in ISO 8601 as its database writes it: exports are made of
            millions, few of which anybody wants as a time.
    """

    said: Saying
    moment: str

    @property
    def at(self) -> datetime:
        """Give when it came."""
        return datetime.fromisoformat(self.moment)


@dataclass(slots=True)
class ReportedSession:
    """A session as exports see it; not frozen, as a million of them are made in one export.

    Attributes:
        outcome: how it ended; `opted_out` where its number left before it ended; None while
            it goes on.
        community: what the leader she came by belongs to, or empty.
        publish: whether her words may be published; None where she was not asked.
    """

    id: UUID
    person_id: UUID
    revision_id: UUID
    folio: str
    language: str
    channel: str
    mode: str
    community: str
    outcome: str | None
    publish: bool | None
    alert: str
    started_at: datetime
    answers: tuple[ReportedAnswer, ...]

    @property
    def answered_at(self) -> datetime | None:
        """Give when its last current answer came in; None without any."""
        return max((one.at for one in self.answers if one.said.is_current), default=None)


@dataclass(frozen=True, slots=True)
class WayCount:
    """How many sessions came one way, and where they stand.

    Attributes:
        has_alert: whether an integrity check looked twice at them.
        outcome: as in `Count`.
        position: the step that waits for an answer; None where none does.
    """

    channel: str
    mode: str
    has_alert: bool
    outcome: str | None
    position: str | None
    sessions: int


@dataclass(frozen=True, slots=True)
class MinuteCount:
    """How many sessions that were completed on a channel took so many whole minutes."""

    channel: str
    minutes: int
    sessions: int


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """What went one way, `in` or `out`, on one channel, and when the last of it did."""

    channel: str
    direction: str
    messages: int
    segments: int
    last_at: datetime
