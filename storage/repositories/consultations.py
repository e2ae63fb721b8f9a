"""Consultations, their revisions and editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage import models, published
from storage.errors import OvertakenError
from storage.repositories.due_chores import CLOSE, ROLL_UP
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from storage.published import Consultation, NewConsultation, NewEdition, NewRevision, Revision
    from storage.repositories.audit import Audit
    from storage.repositories.due_chores import DueChores

NUL = "\0"

_FIELDS = (
    models.Consultation.id,
    models.Consultation.slug,
    models.Consultation.title,
    models.Consultation.revision_id,
    models.Consultation.opened_at,
    models.Consultation.closed_at,
)


class Consultations:
    """What is asked. Every change is written to the audit."""

    def __init__(self, session: Session, audit: Audit, chores: DueChores) -> None:
        self._session = session
        self._audit = audit
        self._chores = chores

    def add(self, new: NewConsultation) -> None:
        """Add a consultation.

        Raises:
            OvertakenError: its slug is taken.
        """
        row = insert(models.Consultation).values(
            id=new.id, slug=new.slug, title=new.title, created_at=new.at
        )
        try:
            self._session.execute(row)
        except IntegrityError:
            raise OvertakenError(f"a consultation {new.slug} exists") from None
        self._chores.put(ROLL_UP, new.id, new.at)
        self._audit.add(AuditAction.CONSULTATION_ADDED, new.at, new.who, {"consultation": new.slug})

    def rename(self, consultation_id: UUID, title: str) -> None:
        """Change a consultation's title; its slug stays for ever."""
        self._change(consultation_id, title=title)

    def find(self, slug: str) -> Consultation | None:
        """Find a consultation by its name in scripts and addresses; anybody may have typed it."""
        if NUL in slug:  # PostgreSQL takes none, not even to look for it
            return None
        row = self._session.execute(select(*_FIELDS).filter_by(slug=slug)).one_or_none()
        return row and published.Consultation(*row)

    def find_live(self, slug: str) -> Revision | None:
        """Find a consultation's live revision in its newest edition; None where there is none."""
        found = self.find(slug)
        if found is None or found.revision_id is None:
            return None
        return self.get_revision(found.revision_id)

    def get_slug(self, consultation_id: UUID) -> str:
        """Give a consultation's name in scripts and addresses."""
        query = select(models.Consultation.slug).filter_by(id=consultation_id)
        return self._session.scalars(query).one()

    def is_open(self, consultation_id: UUID, now: datetime) -> bool:
        """Tell whether people can take part in a consultation."""
        row = self._session.execute(select(*_FIELDS).filter_by(id=consultation_id)).one()
        return published.Consultation(*row).is_open(now)

    def list(self) -> Sequence[Consultation]:
        """List all consultations, the newest first."""
        newest = models.Consultation.created_at.desc()
        rows = self._session.execute(select(*_FIELDS).order_by(newest, models.Consultation.id))
        return [published.Consultation(*row) for row in rows]

    def open(self, consultation_id: UUID, at: datetime, who: str) -> None:
        """Let people take part from `at` on, again where it was closed."""
        self._change(consultation_id, opened_at=at, closed_at=None)
        self._chores.drop(CLOSE, consultation_id)
        self._tell(AuditAction.CONSULTATION_OPENED, consultation_id, at, who)

    def close(
        self, consultation_id: UUID, at: datetime, who: str, until: datetime | None = None
    ) -> None:
        """Let nobody take part any more; who has begun is told so at her next message.

        Args:
            consultation_id: which.
            at: the time it is decided.
            who: who decides it.
            until: when it closes, where that is later than `at`.
        """
        closed_at = until or at
        self._change(consultation_id, closed_at=closed_at)
        self._chores.put(CLOSE, consultation_id, closed_at)
        details = {"consultation": self.get_slug(consultation_id)}
        if until:
            details["until"] = until.isoformat()
        self._audit.add(AuditAction.CONSULTATION_CLOSED, at, who, details)

    def publish(self, new: NewRevision) -> Revision:
        """Make a revision the live one, with the next number and edition 0.

        Raises:
            OvertakenError: the live revision is no longer the one the publisher saw.
        """
        live = models.Consultation.revision_id
        changed = self._session.execute(
            update(models.Consultation)
            .where(models.Consultation.id == new.consultation_id)
            .where(live.is_not_distinct_from(new.replaces))
            .values(revision_id=new.id)
            .returning(models.Consultation.slug)
        ).one_or_none()
        if changed is None:
            raise OvertakenError("somebody else has published meanwhile")
        count = select(func.count()).where(models.Revision.consultation_id == new.consultation_id)
        number = self._session.scalars(count).one() + 1
        self._session.execute(
            insert(models.Revision).values(
                id=new.id,
                consultation_id=new.consultation_id,
                number=number,
                edition=0,
                source=new.source,
                note=new.note,
                who=new.who,
                published_at=new.at,
            )
        )
        self._add_texts(new.id, 0, new)
        details = {"consultation": changed.slug, "revision": number, "note": new.note}
        self._audit.add(AuditAction.REVISION_PUBLISHED, new.at, new.who, details)
        return self.get_revision(new.id)

    def publish_edition(self, new: NewEdition) -> Revision:
        """Give a revision its next edition; live sessions take it from their next turn on.

        Raises:
            OvertakenError: its newest edition is no longer the one the publisher saw.
        """
        number = new.replaces + 1
        changed = self._session.execute(
            update(models.Revision)
            .where(models.Revision.id == new.revision_id, models.Revision.edition == new.replaces)
            .values(edition=number)
            .returning(models.Revision.consultation_id, models.Revision.number)
        ).one_or_none()
        if changed is None:
            raise OvertakenError("somebody else has published meanwhile")
        self._add_texts(new.revision_id, number, new)
        details = {
            "consultation": self.get_slug(changed.consultation_id),
            "revision": changed.number,
            "edition": number,
        }
        self._audit.add(AuditAction.EDITION_PUBLISHED, new.at, new.who, details)
        return self.get_revision(new.revision_id)

    def get_revision(self, revision_id: UUID, edition: int | None = None) -> Revision:
        """Give a revision in an edition of its texts, the newest by default.

        Raises:
            LookupError: there is none.
        """
        wanted = models.Revision.edition if edition is None else edition
        query = _revisions().where(
            models.Revision.id == revision_id, models.Edition.number == wanted
        )
        row = self._session.execute(query).one_or_none()
        if row is None:
            raise LookupError(f"no revision {revision_id}, edition {edition}")
        return published.Revision(*row)

    def list_revisions(self, consultation_id: UUID) -> Sequence[Revision]:
        """List a consultation's revisions in their newest editions, the newest first."""
        query = (
            _revisions()
            .where(models.Revision.consultation_id == consultation_id)
            .where(models.Edition.number == models.Revision.edition)
            .order_by(models.Revision.number.desc())
        )
        return [published.Revision(*row) for row in self._session.execute(query)]

    def _change(self, consultation_id: UUID, **values: Any) -> None:
        this = models.Consultation.id == consultation_id
        self._session.execute(update(models.Consultation).where(this).values(**values))

    def _add_texts(self, revision_id: UUID, number: int, new: NewRevision | NewEdition) -> None:
        self._session.execute(
            insert(models.Edition).values(
                revision_id=revision_id,
                number=number,
                texts=new.texts,
                voices=new.voices,
                who=new.who,
                published_at=new.at,
            )
        )

    def _tell(self, action: AuditAction, consultation_id: UUID, at: datetime, who: str) -> None:
        self._audit.add(action, at, who, {"consultation": self.get_slug(consultation_id)})


def _revisions() -> Select[*tuple[Any, ...]]:
    revision, edition = models.Revision, models.Edition
    return select(
        revision.id,
        revision.consultation_id,
        revision.number,
        edition.number,
        revision.source,
        edition.texts,
        revision.note,
        revision.who,
        edition.published_at,
        edition.voices,
    ).join(edition, edition.revision_id == revision.id)
