"""Turn the house's SQL (`:name::type`) into what each driver takes."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from storage.times import to_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PARAMETER = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)(?:::([a-z]+(?:\[\])?))?")
_CAST = re.compile(r"::[a-z]+(\[\])?")
_SQLITE_NAMES = {
    "json_agg(": "json_group_array(",
    "json_build_array(": "json_array(",
    "greatest(": "max(",
}


def expand(sql: str, **lists: int) -> str:
    """Put n numbered parameters where a list of hashes is named.

    `(:claims)` -> `(:claims_0::bytea, :claims_1::bytea)`.
    """
    for name, count in lists.items():
        numbered = ", ".join(f":{name}_{number}::bytea" for number in range(count))
        sql = sql.replace(f"(:{name})", f"({numbered})")
    return sql


@lru_cache(maxsize=1024)
def for_postgres(sql: str) -> tuple[bytes, dict[str, str]]:
    """Give the statement with `$1`, `$2` … and what goes there, in order: name -> type.

    The type is empty where the first mention of a name is not cast.
    """
    types: dict[str, str] = {}
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        name, type_ = match[1], match[2] or ""
        types.setdefault(name, type_)
        cast = f"::{type_}" if type_ else ""
        return f"${numbers.setdefault(name, len(numbers) + 1)}{cast}"

    return _PARAMETER.sub(number, " ".join(sql.split())).encode(), types


@lru_cache(maxsize=1024)
def for_sqlite(sql: str) -> str:
    """Give the statement without casts and with SQLite's names of functions."""
    for ours, theirs in _SQLITE_NAMES.items():
        sql = sql.replace(ours, theirs)
    return _CAST.sub("", sql)


def sqlite_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as SQLite rows hold them."""
    return {name: _sqlite_value(value) for name, value in values.items()}


def sqlite_row(values: Sequence[Any]) -> list[Any]:
    """Give one row's values as SQLite rows hold them."""
    return [_sqlite_value(value) for value in values]


def _sqlite_value(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return to_text(value) if isinstance(value, datetime) else value
