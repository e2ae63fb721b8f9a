"""Taking a table out of the house: the same for `puente export` and for the staff's pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from admin.consulted import ConsultedReader
from admin.exports import EXPORTS
from admin.exports.base import About, Sheet
from admin.tables import TABLES
from admin.tables.codebook import make_codes
from admin.tables.extract import Extract
from admin.tables.lens import Lens
from admin.tables.subject import SubjectReader
from admin.tables.tiers import Tier
from flows.reading.places import label
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime, tzinfo
    from uuid import UUID

    from admin.consulted import Consulted
    from admin.tables.disclosure import Crowd
    from admin.tables.subject import Subject
    from storage.database import Database
    from storage.pseudonyms import Pseudonyms
    from storage.unit import Unit

    Watch = Callable[["Tally"], None]

Row = TypeVar("Row")

WATCHED = 500
"""Sessions between two looks at an export under way."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to take out.

    Attributes:
        slug: of the consultation.
        table: key of `TABLES`.
        format: key of `EXPORTS`.
        tier: for whom.
        history: with superseded answers.
        who: e-mail of the member of staff, or what else asks; goes into the audit.
    """

    slug: str
    table: str
    format: str
    tier: Tier
    who: str
    history: bool = False


@dataclass(frozen=True)
class Export:
    """A file on its way out; `pieces` can be read once."""

    file_name: str
    content_type: str
    pieces: Iterator[bytes] = field(repr=False)
    tally: Tally
    consultation_id: UUID


@dataclass(slots=True)
class Tally:
    """What has gone out so far.

    Attributes:
        hash: the digest of the export, once it is whole.
        watch: is shown the tally now and then while it grows; what it raises ends the export.
    """

    sessions: int = 0
    answers: int = 0
    rows: int = 0
    hash: str = ""
    watch: Watch | None = None

    def count(self, subjects: Iterable[Subject]) -> Iterator[Subject]:
        """Pass sessions on."""
        for subject in subjects:
            self.sessions += 1
            self.answers += len(subject.session.answers)
            if self.watch is not None and self.sessions % WATCHED == 0:
                self.watch(self)
            yield subject

    def count_rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass rows on."""
        for row in rows:
            self.rows += 1
            yield row


def make_extract(
    consulted: Consulted,
    pseudonyms: Pseudonyms,
    timezone: tzinfo,
    unit: Unit,
    *,
    history: bool = False,
) -> Extract:
    """Give what tables are made of, while a unit is open."""
    found = consulted.consultation
    return Extract(
        slug=found.slug,
        wordings=consulted.wordings,
        variables=consulted.variables,
        place_label=label,
        pseudonym=lambda person: pseudonyms.persona(found.id, person),
        timezone=timezone,
        count_messages=lambda: unit.reports.count_messages(found.id),
        list_assemblies=lambda: unit.leaders.assemblies(found.id, history=history),
    )


def make_crowd(consulted: Consulted, unit: Unit) -> Crowd:
    """Count who shares which traits."""
    return SubjectReader(consulted.variables).count(unit, consulted.consultation.id)


def tell_export(order: Order, rows: int, digest: str, *, is_whole: bool) -> dict[str, str | int]:
    """Say of an export what the audit keeps."""
    return {
        "consultation": order.slug,
        "table": order.table,
        "format": order.format,
        "tier": order.tier.value,
        "filter": "history" if order.history else "current",
        "rows": rows,
        "hash": digest,
        "whole": int(is_whole),
    }


class Exporter:
    """Makes exports, and writes each to the audit.

    Args:
        timezone: in which the exports' times are written.
    """

    def __init__(
        self,
        database: Database,
        pseudonyms: Pseudonyms,
        clock: Callable[[], datetime],
        timezone: tzinfo,
    ) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._clock = clock
        self._timezone = timezone
        self._reader = ConsultedReader(database)

    def prepare(
        self,
        order: Order,
        watch: Watch | None = None,
        action: AuditAction = AuditAction.EXPORT_TAKEN,
    ) -> Export | None:
        """Prepare a file; nothing is read of the answers before its pieces are.

        Args:
            order: what for.
            watch: as in `Tally`.
            action: what the audit calls it.

        Returns:
            None where there is no such consultation, or the format cannot write that table.
        """
        consulted = self._reader.find(order.slug)
        form = EXPORTS[order.format]
        if consulted is None or (form.tables and order.table not in form.tables):
            return None
        now = self._clock()
        day = now.astimezone(self._timezone)
        name = f"{TABLES[order.table].name}_{order.slug}_{order.tier}_{day:%Y-%m-%d_%H%M}"
        tally = Tally(watch=watch)
        pieces = self._write(order, consulted, now, tally, action)
        return Export(
            f"{name}.{form.extension}",
            form.content_type,
            pieces,
            tally,
            consulted.consultation.id,
        )

    def _write(
        self,
        order: Order,
        consulted: Consulted,
        now: datetime,
        tally: Tally,
        action: AuditAction,
    ) -> Iterator[bytes]:
        digest, is_whole = hashlib.sha256(), False
        try:
            with self._database.reading() as unit:
                sheet = self._make_sheet(order, consulted, unit, tally, now)
                yield from EXPORTS[order.format].write(sheet, digest)
            is_whole = True
        finally:
            # Also where whoever asked went away before the end: she has what came so far.
            tally.hash = digest.hexdigest()
            details = tell_export(order, tally.rows, tally.hash, is_whole=is_whole)
            with self._database.unit() as unit:
                unit.audit.add(action, self._clock(), order.who, details)

    def _make_sheet(
        self, order: Order, consulted: Consulted, unit: Unit, tally: Tally, now: datetime
    ) -> Sheet:
        consultation, table = consulted.consultation, TABLES[order.table]
        reports = unit.reports
        extract = make_extract(
            consulted, self._pseudonyms, self._timezone, unit, history=order.history
        )
        reader = SubjectReader(extract.variables)
        crowd = None if order.tier is Tier.TEAM else make_crowd(consulted, unit)
        lens = Lens(order.tier, [column.name for column in table.own_columns], crowd)
        sessions = reports.sessions(consultation.id, history=order.history)
        subjects = tally.count(reader.read(session) for session in sessions)
        return Sheet(
            columns=table.columns(extract),
            rows=tally.count_rows(table.rows(extract, lens, subjects)),
            lines=table.lines and tally.count_rows(table.lines(extract, lens, subjects)),
            codes=make_codes(extract, table),
            facts=lambda: self._facts(
                order,
                consultation.title,
                tally,
                reports.count_people(consultation.id, consulted.asked),
                now,
            ),
            about=About(
                table.name,
                f"{consultation.title}: {table.title}",
                "Respuestas" if table.own_columns else table.title,
                consultation.slug,
                now.astimezone(self._timezone),
            ),
        )

    def _facts(
        self, order: Order, title: str, tally: Tally, people: int, now: datetime
    ) -> list[tuple[str, str | int]]:
        history = "con respuestas sustituidas" if order.history else "solo respuestas vigentes"
        return [
            ("Consulta", title),
            ("Fecha y hora", now.astimezone(self._timezone).isoformat(" ", "minutes")),
            ("Personas que han contestado", people),
            ("Conversaciones", tally.sessions),
            ("Respuestas", tally.answers),
            ("Filas", tally.rows),
            ("Filtro", f"Todas las conversaciones; {history}"),
            ("Nivel", order.tier.value),
            ("Descargado por", order.who),
        ]
