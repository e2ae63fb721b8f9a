"""What is said after the response: rows of the outbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.text.segments import measure
from storage.records import NewOutgoing

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from flows.text.render import Button
    from storage.records import SessionWrite


@dataclass(frozen=True, slots=True)
class Later:
    """One message to leave to the worker.

    Attributes:
        kind: `reply`, `voice`, `receipt`, `reminder`; the last only goes if nothing moves
            before it.
        due_at: from when on it is wanted.
        only_newest: a reply, too, only goes if nothing moves before it.
    """

    channel: str
    text: str = field(repr=False)
    kind: str
    due_at: datetime
    buttons: tuple[Button, ...] = ()
    only_newest: bool = False

    def write(
        self, id_: UUID, wanted_at: datetime, session: SessionWrite | None, cause_id: UUID | None
    ) -> NewOutgoing:
        """Give its row; its age counts from `wanted_at`, and it goes out for `cause_id`."""
        waits = self.only_newest or self.kind == "reminder"
        return NewOutgoing(
            id=id_,
            channel=self.channel,
            text=self.text,
            due_at=wanted_at,
            created_at=wanted_at,
            session_id=session.id if session else None,
            kind=self.kind,
            segments=measure(self.text).segments,
            only_if_turns=session.turns if session and waits else None,
            buttons=tuple((button.digit, button.title) for button in self.buttons),
            cause_id=cause_id,
        )
