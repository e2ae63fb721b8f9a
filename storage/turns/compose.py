"""Compose the one writing statement of a turn on PostgreSQL.

Every part selects from `guard`, the version-guarded update of the contact (or its insert):
where the guard gives no row, nothing is written. The claim is a plain insert among them, so
that a duplicate aborts everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from storage.turns import statements

if TYPE_CHECKING:
    from storage.turns.rows import TurnRows

FEW = 5
"""So many rows of one table travel value by value, which the driver packs in a ninth of the time
of arrays; more travel as an array for each column, so that the shapes of statements stay few."""

_MORE = FEW + 1


@dataclass(frozen=True, slots=True)
class Shape:
    """What one turn's statement is made for.

    Attributes:
        is_known: whether the contact is there.
        moves: whether a session moves on.
        superseded: how many answers are current no more, counted to `FEW`.
        tables: each table with new rows, and how many, counted to `FEW`.
    """

    is_known: bool
    moves: bool
    superseded: int
    tables: tuple[tuple[str, int], ...]


def shape_of(rows: TurnRows) -> Shape:
    """Give the shape of a turn's statement."""
    return Shape(
        is_known=rows.guard is not None,
        moves=rows.session is not None,
        superseded=min(_MORE, len(rows.superseded)),
        tables=tuple((table, min(_MORE, len(new))) for table, new in rows.inserts.items()),
    )


@lru_cache(maxsize=1024)
def compose(shape: Shape) -> str:
    """Compose the one statement of a turn of this shape; few shapes ever occur."""
    if shape.is_known:
        guard = (
            f"UPDATE contact SET {statements.GUARD_SET} WHERE {statements.GUARD_WHERE} RETURNING id"  # noqa: S608 - our own text
        )
    else:
        guard = _insert("contact", 1, "") + " RETURNING id"
    parts = [f"guard AS ({guard})"]
    if shape.superseded:
        parts.append(f"superseded AS ({_supersede(shape.superseded)})")
    for table, count in shape.tables:
        if table != "contact":
            source = "FROM guard"
            if table == "answer" and shape.superseded:
                # Asking for the count runs the update before the first insert, so that
                # the unique index of current answers never sees two of them.
                source += " WHERE (SELECT count(*) FROM superseded) >= 0"
            parts.append(f"new_{table} AS ({_insert(table, count, source)})")
    if shape.moves:
        parts.append(
            f"moved AS (UPDATE session SET {statements.SESSION_SET} FROM guard"  # noqa: S608 - our own text
            " WHERE session.id = :session_id::uuid)"
        )
    return f"WITH {', '.join(parts)} SELECT count(*) FROM guard"  # noqa: S608 - our own text


SUPERSEDE = """
UPDATE answer SET superseded_at = :superseded_at::timestamptz
FROM guard
WHERE answer.session_id = :superseded_session_id::uuid
    AND answer.question = ANY(:superseded_questions) AND answer.superseded_at IS NULL
RETURNING 1
"""
"""By the session's id itself, not by a join: the plan can then only be a look-up."""


def _supersede(count: int) -> str:
    questions = ":superseded_questions::text[]"
    if count <= FEW:
        numbered = (f":superseded_questions_{number}::text" for number in range(count))
        questions = f"ARRAY[{', '.join(numbered)}]"
    return SUPERSEDE.replace(":superseded_questions", questions)


def _insert(table: str, count: int, source: str) -> str:
    types = statements.TYPES[table]
    columns = ", ".join(types)
    conflict = statements.CONFLICTS.get(table)
    suffix = f" ON CONFLICT {conflict}" if conflict else ""
    if count == 1:
        values = ", ".join(f":{table}_0_{name}::{type_}" for name, type_ in types.items())
    else:
        values = ", ".join(f"row_.{name}" for name in types)
        source = source.replace("FROM guard", f"FROM guard, {_list_rows(table, count)}")
    return f"INSERT INTO {table} ({columns}) SELECT {values} {source}{suffix}"


def _list_rows(table: str, count: int) -> str:
    types = statements.TYPES[table]
    columns = ", ".join(types)
    if count > FEW:
        arrays = ", ".join(f":{table}_{name}::{type_}[]" for name, type_ in types.items())
        return f"unnest({arrays}) AS row_({columns})"
    rows = (
        ", ".join(f":{table}_{number}_{name}::{type_}" for name, type_ in types.items())
        for number in range(count)
    )
    return f"(VALUES ({'), ('.join(rows)})) AS row_({columns})"


def values_of(rows: TurnRows) -> dict[str, Any]:
    """Give the parameters of the statement that `compose` makes for these rows."""
    values: dict[str, Any] = {}
    for table, of_table in rows.inserts.items():
        if len(of_table) > FEW:
            for name in statements.TYPES[table]:
                values[f"{table}_{name}"] = [row[name] for row in of_table]
            continue
        for number, of_row in enumerate(of_table):
            values |= {f"{table}_{number}_{name}": of_row[name] for name in statements.TYPES[table]}
    for prefix, row in (("contact", rows.guard), ("session", rows.session)):
        values |= {f"{prefix}_{name}": value for name, value in (row or {}).items()}
    if rows.superseded:
        first = rows.superseded[0]  # a turn's answers are of one session, and of one moment
        values["superseded_session_id"] = first["session_id"]
        values["superseded_at"] = first["at"]
        questions = [row["question"] for row in rows.superseded]
        values["superseded_questions"] = questions
        for number, question in enumerate(questions[:FEW]):
            values[f"superseded_questions_{number}"] = question
    return values
