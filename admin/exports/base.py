"""What an export format is: it turns a table into bytes, a little at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from admin.tables.extract import Cell, Column


@dataclass(frozen=True, slots=True)
class Code:
    """A line of the codebook: what a column, or one of its codes, means."""

    column: str
    kind: str
    key: str
    label: str
    axis: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a table is.

    Attributes:
        name: of the table, `respuestas_largo`.
        title: what people call the table and the consultation.
        page: what a workbook calls the page it is on.
        slug: of the consultation.
        at: when it was made.
    """

    name: str
    title: str
    page: str
    slug: str
    at: datetime


UNTITLED = About("tabla", "Tabla", "Respuestas", "", datetime.fromtimestamp(0, UTC))


@dataclass(frozen=True)
class Sheet:
    """A table on its way out.

    Attributes:
        columns: in order.
        rows: written once, one list of cells at a time.
        codes: the codebook.
        lines: the rows as CSV has them, where the table has a quicker way to write them so; read
            in place of `rows`, never beside them.
        facts: label and value of what a cover page says; called when all rows are out.
        about: what it is.
    """

    columns: Sequence[Column]
    rows: Iterable[list[Cell]] = field(repr=False)
    codes: Sequence[Code] = ()
    lines: Iterable[str] | None = field(default=None, repr=False)
    facts: Callable[[], Iterable[tuple[str, str | int]]] = tuple
    about: About = UNTITLED


class Digest(Protocol):
    """What a format tells of the data it has written (a `hashlib` hash)."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""

    def hexdigest(self) -> str:
        """Give the hash of all bytes so far."""


class Format(Protocol):
    """One file format; stateless.

    The digest of an export is the SHA-256 of the CSV file of the same table, or of the file
    itself where the format is text: whoever holds a file can check it against the log.
    """

    @property
    def extension(self) -> str:
        """How file names end, without the dot."""

    @property
    def tables(self) -> Collection[str]:
        """The keys of `admin.tables.TABLES` it can write; none where it can write any."""

    @property
    def content_type(self) -> str:
        """The media type browsers are told."""

    def write(self, sheet: Sheet, digest: Digest) -> Iterator[bytes]:
        """Write a table, feeding `digest` as it goes; memory does not grow with the rows.

        `sav` alone holds the table: its library writes no other way.
        """
