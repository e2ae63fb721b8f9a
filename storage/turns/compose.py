"""Compose the one writing statement of a turn on PostgreSQL.

Every part selects from `guard`, the version-guarded update of the contact (or its insert):
where the guard gives no row, nothing is written. The claim is a plain insert among them, so
that a duplicate aborts everything.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from storage.turns import statements

if TYPE_CHECKING:
    from storage.turns.rows import TurnRows

MANY = frozenset({"address_hash", "message", "answer", "outbox", "media"})
"""Tables a turn may give several rows: their columns travel as arrays."""


@lru_cache(maxsize=1024)
def compose(*, is_known: bool, moves: bool, supersedes: bool, tables: tuple[str, ...]) -> str:
    """Compose the one statement of a turn of this shape; few shapes ever occur."""
    if is_known:
        guard = (
            f"UPDATE contact SET {statements.GUARD_SET} WHERE {statements.GUARD_WHERE} RETURNING id"  # noqa: S608 - our own text
        )
    else:
        guard = _insert("contact", "") + " RETURNING id"
    parts = [f"guard AS ({guard})"]
    if supersedes:
        parts.append(f"superseded AS ({SUPERSEDE})")
    for table in tables:
        if table != "contact":
            source = "FROM guard"
            if table == "answer" and supersedes:
                # Asking for the count runs the update before the first insert, so that
                # the unique index of current answers never sees two of them.
                source += " WHERE (SELECT count(*) FROM superseded) >= 0"
            parts.append(f"new_{table} AS ({_insert(table, source)})")
    if moves:
        parts.append(
            f"moved AS (UPDATE session SET {statements.SESSION_SET} FROM guard"  # noqa: S608 - our own text
            " WHERE session.id = :session_id::uuid)"
        )
    return f"WITH {', '.join(parts)} SELECT count(*) FROM guard"  # noqa: S608 - our own text


SUPERSEDE = """
UPDATE answer SET superseded_at = :superseded_at::timestamptz
FROM guard
WHERE answer.session_id = :superseded_session_id::uuid
    AND answer.question = ANY(:superseded_questions::text[]) AND answer.superseded_at IS NULL
RETURNING 1
"""
"""By the session's id itself, not by a join: the plan can then only be a look-up."""


def _insert(table: str, source: str) -> str:
    types = statements.TYPES[table]
    columns = ", ".join(types)
    conflict = statements.CONFLICTS.get(table)
    suffix = f" ON CONFLICT {conflict}" if conflict else ""
    if table in MANY:
        arrays = ", ".join(f":{table}_{name}::{type_}[]" for name, type_ in types.items())
        rows = f"unnest({arrays}) AS row_({columns})"
        values = ", ".join(f"row_.{name}" for name in types)
        source = source.replace("FROM guard", f"FROM guard, {rows}")
    else:
        values = ", ".join(f":{table}_{name}::{type_}" for name, type_ in types.items())
    return f"INSERT INTO {table} ({columns}) SELECT {values} {source}{suffix}"


def values_of(rows: TurnRows) -> dict[str, Any]:
    """Give the parameters of the statement that `compose` makes for these rows."""
    values: dict[str, Any] = {}
    for table, of_table in rows.inserts.items():
        for name in statements.TYPES[table]:
            if table in MANY:
                values[f"{table}_{name}"] = [row[name] for row in of_table]
            else:
                values[f"{table}_{name}"] = of_table[0][name]
    for prefix, row in (("contact", rows.guard), ("session", rows.session)):
        values |= {f"{prefix}_{name}": value for name, value in (row or {}).items()}
    if rows.superseded:
        first = rows.superseded[0]  # a turn's answers are of one session, and of one moment
        values["superseded_session_id"] = first["session_id"]
        values["superseded_at"] = first["at"]
        values["superseded_questions"] = [row["question"] for row in rows.superseded]
    return values
