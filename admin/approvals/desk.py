"""Acts that take a second person: done at once where none is asked for, else asked and approved.

`carry_out` is all that a page calls. What is kept of a request is exactly what it asks for, as
JSON and its SHA-256; who approves sends the hash of what she was shown, and it is done in the
same transaction, once, however many approve it at once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from admin.approvals.base import Asked
from admin.roles import Permission, permissions_of
from storage.approvals import NewRequest
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from admin.approvals.base import Act
    from storage.approvals import Request
    from storage.database import Database
    from storage.unit import Unit

LASTS = timedelta(days=3)
"""A weekend; what nobody approved until then was not wanted, or not seen."""


class UnknownAskerError(Exception):
    """Who asks has no open account, so nobody could tell her from the second person."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: `said` where it was done, `request_id` where it waits."""

    said: str = ""
    request_id: UUID | None = None


class ApprovalDesk:
    """Where pages bring what may take a second person.

    Args:
        make_id: makes the id of a row.
        acts: by their names.
        asks: whether this house asks for a second person at all.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        make_id: Callable[[datetime], UUID],
        acts: Mapping[str, Act],
        *,
        asks: bool,
    ) -> None:
        self._database = database
        self._clock = clock
        self._make_id = make_id
        self.acts = acts
        self.asks = asks

    def carry_out(self, kind: str, asked: Asked, summary: str) -> Outcome:
        """Do it, or leave it for a second person where it takes one.

        Args:
            kind: key of the acts.
            asked: what exactly, where and by whom.
            summary: one line on it, for the list.

        Raises:
            OvertakenError: what it builds on is not there any more.
            UnknownAskerError: it takes a second person, and a command gave the first one a name
                that is no account's.
        """
        act, now = self.acts[kind], self._clock()
        if not self.asks or not act.is_grave(asked.content):
            do = act.make_ready(asked)
            with self._database.unit() as unit:
                return Outcome(said=do(unit, now))
        new = NewRequest(
            self._make_id(now),
            kind,
            asked.slug,
            json.dumps(asked.content, ensure_ascii=False, sort_keys=True),
            summary,
            asked.who,
            now,
            now + LASTS,
        )
        with self._database.unit() as unit:
            if not any(one.email == new.who and one.is_active for one in unit.staff.list()):
                raise UnknownAskerError
            return Outcome(request_id=unit.approvals.ask(new))

    def approve(self, request: Request, seen: str, who: str) -> str | None:
        """Approve a request and do what it asks for; give what was done.

        None where she may not approve it, was shown something else, or it is over.

        Raises:
            OvertakenError: it cannot be done any more as it was asked for; it is over now.
        """
        now = self._clock()
        if request.who == who or not request.is_open(now):
            return None
        try:
            do = self.acts[request.kind].make_ready(read_asked(request))
            with self._database.unit() as unit:
                return do(unit, now) if unit.approvals.approve(request, seen, who, now) else None
        except OvertakenError:
            with self._database.unit() as unit:
                unit.approvals.drop(request, who, now)
            raise

    def list_others(self, unit: Unit, kind: str, but: str) -> Sequence[str]:
        """List the e-mails of those who may approve such a request of somebody's."""
        needed = {Permission.APPROVE, self.acts[kind].permission}
        return [
            member.email
            for member in unit.staff.list()
            if member.is_active and member.email != but and needed <= permissions_of(member.roles)
        ]


def read_asked(request: Request) -> Asked:
    """Give what a request asks for."""
    return Asked(request.consultation, json.loads(request.content), request.who)
