"""Which languages are at home where: `homes.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.data import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=512)  # more than there are codes
def find_at_home(place: str) -> frozenset[str]:
    """Give the languages that are at home in a place; none where we do not know.

    Args:
        place: INE's code, two digits for a department, four for a municipality.
    """
    return frozenset(
        code
        for code, homes in _homes().items()
        if any(place.startswith(home) or home.startswith(place) for home in homes)
    )


@cache
def _homes() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads(read_bytes("languages", "homes.toml").decode())
    return MappingProxyType({code: tuple(homes) for code, homes in table.items()})
