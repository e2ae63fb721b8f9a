"""Figures counted ahead, and whether anything has happened since."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from storage.models import Contact, Person, Rollup, Session
from storage.reported import Count, HourCount, Rolled

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session as Work


class Rollups:
    """Roll-ups inside one unit."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def find(self, consultation_id: UUID) -> Rolled | None:
        """Give a consultation's figures as they were last counted."""
        row = self._work.get(Rollup, consultation_id)
        if row is None:
            return None
        counts = [
            Count(datetime.fromisoformat(hour), channel, outcome, sessions)
            for hour, channel, outcome, sessions in json.loads(row.counts)
        ]
        asked, hours = json.loads(row.people_by_hour or "[[], {}]")
        return Rolled(
            row.at,
            row.milliseconds,
            row.people,
            tuple(counts),
            {
                datetime.fromisoformat(hour): HourCount((turns, sessions, erased), people)
                for hour, (turns, sessions, erased, people) in hours.items()
            },
            tuple(asked),
        )

    def keep(self, consultation_id: UUID, rolled: Rolled) -> None:
        """Keep figures in place of older ones."""
        counts = [
            [one.hour.isoformat(), one.channel, one.outcome, one.sessions] for one in rolled.counts
        ]
        hours = {hour.isoformat(): [*one.mark, one.people] for hour, one in rolled.hours.items()}
        self._work.execute(delete(Rollup).where(Rollup.consultation_id == consultation_id))
        self._work.execute(
            insert(Rollup).values(
                consultation_id=consultation_id,
                at=rolled.at,
                milliseconds=rolled.milliseconds,
                people=rolled.people,
                counts=json.dumps(counts),
                people_by_hour=json.dumps([rolled.asked, hours]),
            )
        )

    def find_last_change(self, consultation_id: UUID) -> datetime | None:
        """Give when somebody last took a turn, or left; it looks through all sessions."""
        turned, stopped = self._work.execute(
            select(func.max(Session.turned_at), func.max(Contact.stopped_at))
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .where(Session.consultation_id == consultation_id)
        ).one()
        return max((at for at in (turned, stopped) if at is not None), default=None)
