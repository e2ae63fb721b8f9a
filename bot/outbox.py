"""What sending needs of `storage`: units of work with an outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from storage.due import DueMessage, Taken


class Outbox(Protocol):
    """What `storage` offers of the outbox, inside a unit."""

    def lease(  # noqa: PLR0913 - what to lease, for how long, and how fast
        self,
        channel: str,
        now: datetime,
        until: datetime,
        limit: int,
        rate: float = 0,
        *,
        clock: Callable[[], datetime] | None = None,
        answers_alone: bool = False,
    ) -> Sequence[DueMessage]:
        """Take due messages of one channel that nobody else holds, in the order to send them."""

    def release(self, message_ids: Sequence[UUID]) -> None:
        """Give back leased messages that were not tried."""

    def record_sent(self, taken: Sequence[Taken]) -> None:
        """Their provider took them."""

    def record_failed(
        self,
        message_id: UUID,
        now: datetime,
        code: str,
        due_at: datetime,
        *,
        is_doubt: bool = False,
    ) -> None:
        """Try again from `due_at` on; `is_doubt` where the provider may have taken it."""

    def record_uncertain(self, message_id: UUID, now: datetime, code: str) -> None:
        """Nobody knows; staff see it."""

    def record_dead(self, message_id: UUID, now: datetime, code: str) -> None:
        """Given up; staff see it."""

    def record_moved(
        self, message_id: UUID, now: datetime, code: str, channel: str, segments: int
    ) -> None:
        """Its channel will not take it: another one is to."""

    def stop_contact(self, contact_id: UUID, now: datetime) -> None:
        """The provider says that this number has left: silence it everywhere."""


class Allowances(Protocol):
    """What `storage` offers of daily allowances, inside a unit."""

    def count_left(self, channel: str, now: datetime, daily: int) -> int:
        """Count what a channel may still send today."""

    def spend(self, channel: str, count: int) -> None:
        """Count messages as sent."""


class Unit(Protocol):
    """A unit of work, which commits when it is left without an error."""

    @property
    def outbox(self) -> Outbox:
        """The outbox."""

    @property
    def allowances(self) -> Allowances:
        """The daily allowances."""


class Database(Protocol):
    """Where units come from."""

    def unit(self) -> AbstractContextManager[Unit]:
        """Begin one."""
