"""Versions of the flow language, and how a script of an older one becomes one of today's.

A script says `puente: 1`. When the language changes so that an old script would mean something
else, the number goes up and one function here rewrites the old tree; old scripts, and the
revisions that keep their source, are then read for ever.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flows.script.tree import Table

CURRENT: Final = 1

UPGRADES: Final[Mapping[int, Callable[[Table], Table]]] = MappingProxyType({})
"""Version -> what makes a tree of the next version of it."""


def upgrade(
    tree: Table,
    version: int,
    *,
    current: int = CURRENT,
    upgrades: Mapping[int, Callable[[Table], Table]] = UPGRADES,
) -> Table | None:
    """Rewrite a script's tree, version by version, until it is of the current one.

    Returns:
        None where no way leads from that version to this.
    """
    while version < current:
        step = upgrades.get(version)
        if step is None:
            return None
        tree, version = step(tree), version + 1
    return tree if version == current else None
