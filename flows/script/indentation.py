"""Where a line belongs: columns that are off by a blank or two are found and mended.

YAML gives up at the first line that is not aligned. Here the words themselves tell where a
line belongs: `texto` to a step, `1` to the options, `pasos` to the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from flows.script.notebook import find_close
from flows.script.words import ATTRIBUTES, MARKER, QUOTA, STEPS, TOP_LEVEL, spanish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_Kind = Literal["root", "list", "step", "table", "marker", "quota"]


@dataclass(slots=True)
class _Level:
    column: int
    kind: _Kind
    owner: str = ""
    """The key it stands under."""
    also: set[int] = field(default_factory=set)
    """Columns its other lines stand at, where the whole group was moved."""

    def stands_at(self, column: int) -> bool:
        return column == self.column or column in self.also


_INNER: Final[Mapping[str, _Kind]] = {
    spanish(TOP_LEVEL, "markers"): "marker",
    spanish(TOP_LEVEL, "quotas"): "quota",
}
"""What each name stands for below some words of the top level."""


class Indentation:
    """Follows the open levels of a script, line by line."""

    def __init__(self) -> None:
        self._levels = [_Level(0, "root")]
        self._opens = ""
        """The key of the last line, where nothing followed it."""

    @property
    def column(self) -> int:
        """The column of the innermost level."""
        return self._levels[-1].column

    @property
    def opens(self) -> bool:
        """Whether the next line may open a level of its own."""
        return bool(self._opens)

    def is_at_item(self, column: int) -> bool:
        """Tell whether the dashes of an open list stand at this column."""
        return any(level.kind == "list" and level.stands_at(column) for level in self._levels)

    def place_item(self, column: int, usual: int) -> int:
        """Give the column at which the dash of a list belongs.

        Args:
            column: where it stands, from 0.
            usual: where the lines after it would have it, for the first of a list.
        """
        opens, self._opens = self._opens, ""
        for level in reversed(self._levels):
            if level.kind == "list" and level.stands_at(column):
                self._close_to(level)
                return level.column
        if opens and usual >= self.column:
            self._levels.append(_Level(usual, "list", opens))
            return usual
        nearest = self._nearest(column, lambda level: level.kind == "list")
        if nearest is None:
            return column
        self._close_to(nearest)
        return nearest.column

    def place_key(
        self, column: int, word: str, *, usual: int, item_at: int | None, opens: bool
    ) -> int:
        """Give the column at which a key belongs.

        Args:
            column: where it stands, from 0.
            word: the key.
            usual: where the lines after it would have it, for the first of a group.
            item_at: where it belongs if it follows a dash, else None.
            opens: whether nothing follows on its line.
        """
        if item_at is not None:
            kind: _Kind = "step" if _suits_step(word) else "table"
            self._levels.append(_Level(item_at, kind, also={column}))
        else:
            self._place(column, usual, word)
        self._opens = word if opens else ""
        return self.column

    def _place(self, column: int, usual: int, word: str) -> None:
        for level in reversed(self._levels):
            if level.stands_at(column) and self._suits(level, word):
                self._close_to(level)
                return
        inside = self._inside(usual)
        if self._opens and self._suits(inside, word):
            self._levels.append(inside)
            return
        nearest = self._nearest(column, lambda level: self._suits(level, word))
        if nearest is not None:
            self._close_to(nearest)

    def _inside(self, column: int) -> _Level:
        """Make the level that the last line would open for a line at this column."""
        deeper = column if column > self.column else self.column + 2
        kind = _INNER.get(self._levels[-1].owner, "table")
        return _Level(deeper, kind, self._opens, {column})

    def _nearest(self, column: int, fits: Callable[[_Level], bool]) -> _Level | None:
        fitting = [level for level in reversed(self._levels) if fits(level)]
        return min(fitting, key=lambda level: abs(level.column - column), default=None)

    def _close_to(self, level: _Level) -> None:
        while self._levels[-1] is not level:
            self._levels.pop()

    def _suits(self, level: _Level, word: str) -> bool:
        match level.kind:
            case "list":
                return False
            case "root":
                return word in TOP_LEVEL or (_is_unknown(word) and not self._is_inside(word))
            case "step":
                return _suits_step(word)
            case "marker":
                return find_close(word, MARKER) is not None
            case "quota":
                return find_close(word, QUOTA) is not None
            case "table":
                return word.isdecimal() or _is_unknown(word)

    def _is_inside(self, word: str) -> bool:
        """Tell whether an unknown word belongs to the group that the last line opened."""
        return bool(self._opens) and find_close(word, TOP_LEVEL) is None


def _is_unknown(word: str) -> bool:
    known = word in ATTRIBUTES or word in STEPS or word in TOP_LEVEL
    return not (known or word.isdecimal())


def _suits_step(word: str) -> bool:
    return not word.isdecimal() and (word not in TOP_LEVEL or word in ATTRIBUTES)
