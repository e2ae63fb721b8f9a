"""What a table is made of: one consultation's questions, words, names and clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from admin.outcomes import find_standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo
    from uuid import UUID

    from admin.tables.lens import Lens
    from admin.tables.subject import Subject
    from admin.tables.variables import Variable
    from storage.assemblies import AssemblyRecord
    from storage.reported import MessageCount

BY_VOICE = "por_voz"
"""`alerta` of an answer that came as a voice note, and of a session that has one."""

Cell = str | int
"""A code or words as text; a number only where somebody may want to add it up."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One revision's number and its questions in its own words, by id."""

    number: int
    variables: Mapping[str, Variable]


@dataclass(frozen=True, slots=True)
class Extract:
    """One consultation as tables need it.

    Attributes:
        slug: the consultation's name in addresses.
        wordings: revision id -> its wording.
        variables: the questions of all revisions, newest order first.
        place_label: gives the name of an INE code.
        pseudonym: gives a person's name in this consultation's exports.
        timezone: in which times are written.
        count_messages: gives the counts of its messages.
        list_assemblies: gives what was counted at assemblies.
    """

    slug: str
    wordings: Mapping[UUID, Wording]
    variables: tuple[Variable, ...]
    place_label: Callable[[str], str]
    pseudonym: Callable[[UUID], str]
    timezone: tzinfo
    count_messages: Callable[[], Iterable[MessageCount]] = tuple
    list_assemblies: Callable[[], Iterable[AssemblyRecord]] = tuple

    def write_time(self, at: datetime | None) -> str:
        """Write a time as ISO 8601 with its offset, or nothing."""
        return "" if at is None else at.astimezone(self.timezone).isoformat(timespec="seconds")

    def describe(self, subject: Subject) -> dict[str, str]:
        """Give what both tables say of a session, by column name, but for the times."""
        session = subject.session
        return {
            "consulta": self.slug,
            "revision": str(self.wordings[session.revision_id].number),
            "persona": self.pseudonym(session.person_id),
            "sesion": str(session.id),
            "folio": session.folio,
            "estado": find_standing(session.outcome).code,
            "idioma": session.language,
            "canal": session.channel,
            "modalidad": session.mode,
            "departamento": subject.department,
            "municipio": subject.municipality,
            "comunidad": session.community,
            "alerta": session.alert,
        }


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs and its title for people.

    Attributes:
        is_number: whether its cells are numbers to be added up.
    """

    name: str
    title: str
    is_number: bool = False


def always(columns: tuple[Column, ...]) -> Callable[[Extract], tuple[Column, ...]]:
    """Give the same columns whatever the consultation asks."""
    return lambda _: columns


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table.

    Attributes:
        name: what its files are called, `respuestas_largo`.
        title: what people call it.
        own_columns: gives the columns whose rules stand in `COLUMN_RULES`.
        columns: gives all columns, in order.
        rows: writes the rows, one list of cells at a time.
        lines: writes the same rows as CSV, for a table that has a quicker way than cell by cell.
    """

    name: str
    title: str
    own_columns: Sequence[Column]
    columns: Callable[[Extract], tuple[Column, ...]]
    rows: Callable[[Extract, Lens, Iterable[Subject]], Iterator[list[Cell]]]
    lines: Callable[[Extract, Lens, Iterable[Subject]], Iterator[str]] | None = None
