"""Translations under way: one .po for each language of a consultation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.errors import OvertakenError
from storage.models import Translation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

NEW = -1
"""The version of what nobody has kept yet."""


@dataclass(frozen=True, slots=True)
class KeptTranslation:
    """A translation as it stands; see `storage.models.translations.Translation`."""

    language: str
    text: str = field(repr=False)
    version: int
    who: str
    at: datetime


class Translations:
    """Translations inside one unit."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def list(self, consultation_id: UUID) -> Sequence[KeptTranslation]:
        """List a consultation's, by language."""
        row = Translation
        rows = self._work.execute(
            select(row.language, row.text, row.version, row.who, row.at)
            .where(row.consultation_id == consultation_id)
            .order_by(row.language)
        )
        return [KeptTranslation(*one) for one in rows]

    def seed(
        self, consultation_id: UUID, language: str, text: str, who: str, now: datetime
    ) -> None:
        """Keep what a file brings, where nobody has worked on it on the pages."""
        known = {one.language: one.version for one in self.list(consultation_id)}
        if known.get(language, NEW) == NEW:
            self._add(consultation_id, KeptTranslation(language, text, 0, who, now))
        elif known[language] == 0:
            self._change(consultation_id, 0, KeptTranslation(language, text, 0, who, now))

    def keep(self, consultation_id: UUID, over: int, new: KeptTranslation) -> None:
        """Keep a translation in place of the version that whoever changed it saw.

        Raises:
            OvertakenError: it is another one by now.
        """
        if over == NEW:
            self._add(consultation_id, new)
        else:
            self._change(consultation_id, over, new)

    def _add(self, consultation_id: UUID, new: KeptTranslation) -> None:
        values = {"version": new.version, "text": new.text, "who": new.who, "at": new.at}
        row = {"consultation_id": consultation_id, "language": new.language, **values}
        try:
            self._work.execute(insert(Translation).values(row))
        except IntegrityError:
            raise OvertakenError("somebody else has begun it meanwhile") from None

    def _change(self, consultation_id: UUID, over: int, new: KeptTranslation) -> None:
        this = update(Translation).where(
            Translation.consultation_id == consultation_id,
            Translation.language == new.language,
            Translation.version == over,
        )
        values = {"version": new.version, "text": new.text, "who": new.who, "at": new.at}
        if self._work.scalar(this.values(values).returning(Translation.language)) is None:
            raise OvertakenError("somebody else has changed it meanwhile")
