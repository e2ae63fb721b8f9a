"""The answers, a page at a time, as the table `respuestas_largo` of a tier has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from admin.api.memory import Memory
from admin.exporting import Order, make_crowd, make_extract, tell_export
from admin.tables.lens import Lens
from admin.tables.long import LONG
from admin.tables.subject import SubjectReader
from admin.tables.tiers import Tier
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo
    from uuid import UUID

    from admin.consulted import Consulted, ConsultedReader
    from storage.database import Database
    from storage.pseudonyms import Pseudonyms

TABLE, FORMAT = "long", "api"
"""What the audit calls a page of answers."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of answers.

    Attributes:
        rows: one object an answer.
        last: the last conversation of the page; None where no further one had begun.
    """

    rows: list[dict[str, Any]]
    last: UUID | None


class AnswerReader:
    """Reads pages of answers, and writes each to the audit: they leave the house.

    What may stand side by side in a tier (`admin.tables.disclosure`) hangs on everybody, so it
    is found once in some minutes; whoever comes later shows no trait that was not shared then.
    """

    def __init__(
        self,
        database: Database,
        pseudonyms: Pseudonyms,
        clock: Callable[[], datetime],
        timezone: tzinfo,
        consulted: ConsultedReader,
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._clock = clock
        self._timezone = timezone
        self._consulted = consulted
        self._lenses: Memory[tuple[str, Tier], Lens] = Memory(self._make_lens, clock)

    def read(
        self, consulted: Consulted, tier: Tier, after: UUID | None, limit: int, who: str
    ) -> Page:
        """Give the answers of the next conversations, in the order these began."""
        consultation = consulted.consultation
        _, lens = self._lenses.get((consultation.slug, tier))
        with self._database.reading() as unit:
            extract = make_extract(consulted, self._pseudonyms, self._timezone, unit)
            sessions = unit.dossiers.read_on(consultation.id, after, limit + 1)
            read = SubjectReader(extract.variables).read
            names = [column.name for column in LONG.columns(extract)]
            table = LONG.rows(extract, lens, map(read, sessions[:limit]))
            rows = [dict(zip(names, row, strict=True)) for row in table]
        order = Order(consultation.slug, TABLE, FORMAT, tier, who)
        digest = sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace"))
        details = tell_export(order, len(rows), digest.hexdigest(), is_whole=True)
        with self._database.unit() as unit:
            unit.audit.add(AuditAction.EXPORT_TAKEN, self._clock(), who, details)
        return Page(rows, sessions[limit - 1].id if len(sessions) > limit else None)

    def _make_lens(self, key: tuple[str, Tier]) -> Lens:
        slug, tier = key
        names = [column.name for column in LONG.own_columns]
        consulted = self._consulted.find(slug)
        if tier is Tier.TEAM or consulted is None:
            return Lens(tier, names)
        with self._database.reading() as unit:
            return Lens(tier, names, make_crowd(consulted, unit))
