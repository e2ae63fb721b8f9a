"""A consultation with all of its questions, as pages and exports start from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from admin.tables.extract import Wording
from admin.tables.variables import make_variables
from bot.revisions import Flows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from admin.tables.variables import Variable
    from flows.flow import Flow
    from storage.database import Database
    from storage.published import Consultation, Revision


@dataclass(frozen=True, slots=True)
class Consulted:
    """A consultation, the questions of all its revisions and how each revision words them."""

    consultation: Consultation
    variables: tuple[Variable, ...]
    wordings: Mapping[UUID, Wording]

    @property
    def asked(self) -> tuple[str, ...]:
        """Name the questions of the consultation itself, after consent and the like."""
        return tuple(variable.id for variable in self.variables if variable.part > 0)


class ConsultedReader:
    """Reads consultations; the scripts of revisions, which never change, are kept."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._flows = Flows(self._read_revision)

    def all(self) -> list[Consulted]:
        """Give every published consultation, the newest first."""
        with self._database.reading() as unit:
            found = [one for one in unit.consultations.list() if one.revision_id is not None]
        return [self._make(consultation) for consultation in found]

    def find(self, slug: str) -> Consulted | None:
        """Give a published consultation by its name in addresses."""
        with self._database.reading() as unit:
            found = unit.consultations.find(slug)
        return None if found is None or found.revision_id is None else self._make(found)

    def find_live_flow(self, consultation: Consultation) -> Flow | None:
        """Give the flow of a consultation's live revision, None where none is published."""
        if consultation.revision_id is None:
            return None
        return self.find_flow(consultation.revision_id)

    def find_flow(self, revision_id: UUID) -> Flow:
        """Give the flow of a revision, with its newest texts."""
        with self._database.reading() as unit:
            revision = unit.consultations.get_revision(revision_id)
        return self._flows.find(revision.id, revision.edition)

    def _make(self, consultation: Consultation) -> Consulted:
        with self._database.reading() as unit:
            revisions = unit.consultations.list_revisions(consultation.id)
        flows = [self._flows.find(one.id, one.edition) for one in revisions]
        wordings = {
            revision.id: Wording(
                revision.number, {variable.id: variable for variable in make_variables([flow])}
            )
            for revision, flow in zip(revisions, flows, strict=True)
        }
        return Consulted(consultation, make_variables(flows), wordings)

    def _read_revision(self, revision_id: UUID, edition: int) -> Revision:
        with self._database.reading() as unit:
            return unit.consultations.get_revision(revision_id, edition)
