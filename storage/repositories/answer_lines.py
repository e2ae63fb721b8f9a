"""All answers of a session in one cell: a row of each costs the driver more than SQL to join them.

They are lines of one text, so that an export fetches a row for each session and not for each
answer, by the same query on both databases. A line says when, then what; most say what others
have said, but for the time, and are read once.

What people wrote stands in hexadecimal: nothing they write can be taken for a separator. The
names of questions, channels and languages have letters, digits, `_` and `-` alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Text, case, cast, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from storage.answer_text import open_text
from storage.models import Answer, Session
from storage.reported import ReportedAnswer, Saying

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, ScalarSelect
    from sqlalchemy.sql.compiler import SQLCompiler

    from storage.sealing import Sealer

FIELD, LINE = "\x1f", "\x1e"
"""ASCII's own separators, of units and of records."""
REMEMBERED = 4_000
"""Lines kept read: some 1 MB. Where people choose among options there are a few hundred."""


class Hex(GenericFunction[str]):
    """Bytes, or the UTF-8 of a text, in hexadecimal."""

    type = Text()
    inherit_cache = True
    name = "puente_hex"


@compiles(Hex, "sqlite")
def _hex_on_sqlite(element: Hex, compiler: SQLCompiler, **kw: Any) -> str:
    return f"hex({compiler.process(element.clauses, **kw)})"


@compiles(Hex, "postgresql")
def _hex_on_postgres(element: Hex, compiler: SQLCompiler, **kw: Any) -> str:
    (column,) = element.clauses
    written = compiler.process(column, **kw)
    plain = f"convert_to({written}, 'UTF8')" if isinstance(column.type, Text) else written
    return f"encode({plain}, 'hex')"


def select_lines(*, is_current: bool) -> ScalarSelect[str]:
    """Write the answers of the query's session, those that count or those that did before.

    Each kind has an index of its own, which both together have not.
    """
    sealed = cast(Answer.id, Text) + FIELD + Hex(Answer.sealed_text)
    line: ColumnElement[str] = cast(Answer.at, Text)
    for part in (
        Answer.question,
        Hex(Answer.value),
        Answer.language,
        Answer.channel,
        Answer.mode,
        "1" if is_current else "",
        case((Answer.heard, "1"), else_=""),
        case((Answer.sealed_text.is_(None), ""), else_=sealed),
    ):
        line = line + FIELD + part
    replaced = Answer.superseded_at
    return (
        select(func.aggregate_strings(line, LINE))
        .where(Answer.session_id == Session.id)
        .where(replaced.is_(None) if is_current else replaced.is_not(None))
        .scalar_subquery()
    )


class LineReader:
    """Reads what `select_lines` wrote."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer
        self._remember = lru_cache(REMEMBERED)(self._read)

    def read(self, cells: Iterable[str | None]) -> tuple[ReportedAnswer, ...]:
        """Give the answers of a session, the cells' one after the other."""
        answers = []
        for cell in filter(None, cells):
            for line in cell.split(LINE):
                moment, _, rest = line.partition(FIELD)
                # A person's own words come once: they would drive out what is worth keeping.
                said = self._remember(rest) if rest[-1] == FIELD else self._read(rest)
                answers.append(ReportedAnswer(said, moment))
        return tuple(answers)

    def _read(self, line: str) -> Saying:
        question, value, language, channel, mode, current, heard, id_, *sealed = line.split(FIELD)
        value = bytes.fromhex(value).decode()
        text = value
        if sealed:
            text = open_text(self._sealer, UUID(id_), value, bytes.fromhex(*sealed))
        return Saying(question, value, text, language, channel, mode, bool(current), bool(heard))
