"""The traps of YAML, found line by line before YAML sees them.

An operator writes `texto: 3/5 Hasta 3 números: 1 Señal` and YAML stops, or writes
`texto: Mande #BAJA` and YAML drops half of it without a word. Here each such line becomes a
problem with the line as it should be, and the script goes on mended, so that everything else
that is wrong comes out in the same run. A line never changes its number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from flows.script.indentation import Indentation
from flows.script.problems import make_problem
from flows.script.values import Flaw, holds_text, is_open, judge_value
from flows.script.words import ATTRIBUTES, MARKER, STEPS, TOP_LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.script.problems import Problem

_KNOWN: Final = frozenset((*TOP_LEVEL, *STEPS, *ATTRIBUTES, *MARKER))
_LINE = re.compile(
    r"""^(?P<blanks>\ *)(?P<dashes>(?:-\ +)*)
        (?:(?P<key>"[^"]*"|'[^']*'|\w[\w@.-]*)\ *:(?=\ |$)\ *)?
        (?P<value>.*)$""",
    re.VERBOSE,
)
_GLUED_DASH = re.compile(r"-(?P<rest>\w+ *:.*)$")
_GLUED = re.compile(r"(?P<word>\w+) *:(?P<value>[^\s:/].*)$")
_UNMARKED = re.compile(r"(?P<word>\w+)(?: +(?P<value>\S.*)|$)")
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}(?: +#.*)?$")


class _Line(NamedTuple):
    blanks: int
    dashes: str
    key: str
    value: str

    @property
    def column(self) -> int:
        return self.blanks + len(self.dashes)

    @property
    def word(self) -> str:
        return self.key.strip("\"'")

    @property
    def is_known(self) -> bool:
        return self.word in _KNOWN or self.word.isdecimal()

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return f"{' ' * self.blanks}{self.dashes}{key}{self.value}".rstrip()


def mend_lines(lines: list[str], problems: list[Problem]) -> list[str]:
    """Give the lines as YAML can read them; what had to be mended goes into `problems`."""
    mender = _Mender(list(lines), problems)
    place = 0
    while place < len(lines):
        place = mender.take(place)
    return mender.lines


class _Mender:
    def __init__(self, lines: list[str], problems: list[Problem]) -> None:
        self.lines = lines
        self._problems = problems
        self._indentation = Indentation()

    def take(self, place: int) -> int:
        """Mend what begins at this line; give the place of the line after it."""
        raw = self.lines[place]
        if _says_nothing(raw):
            return place + 1
        flaws: list[Flaw] = []
        if "\t" in raw:
            flaws.append(Flaw("tabulador", place))
            raw = _expand(raw)
        line = _complete(_split(raw), place, flaws)
        aligned = self._align(line)
        if aligned.column != line.column and not flaws:
            flaws.append(Flaw("sangria", place, {"position": aligned.column + 1}))
        after, value = self._take_value(aligned, place, flaws)
        self._mend(place, after, aligned._replace(value=value), flaws)
        return after

    def _mend(self, place: int, after: int, line: _Line, flaws: list[Flaw]) -> None:
        value, *further = line.value.split("\n")
        mended = [str(line._replace(value=value)), *further]
        for flaw in flaws:
            self._problems.append(
                make_problem(flaw.code, flaw.place + 1, mended="\n".join(mended), **flaw.words)
            )
        self.lines[place:after] = [*mended, *[""] * (after - place - len(mended))]

    def _align(self, line: _Line) -> _Line:
        if not (line.dashes or line.key):
            return line
        blanks, item_at = line.blanks, None
        if line.dashes:
            blanks = self._indentation.place_item(line.blanks)
            item_at = blanks + len(line.dashes)
        if not line.key:
            return line._replace(blanks=blanks)
        opens = not line.value or line.value.startswith("#")
        column = self._indentation.place_key(line.column, line.word, item_at=item_at, opens=opens)
        return line._replace(blanks=column - len(line.dashes))

    def _take_value(self, line: _Line, place: int, flaws: list[Flaw]) -> tuple[int, str]:
        """Give the place after a value, which may run over several lines, and it mended."""
        if _BLOCK.match(line.value):
            after = self._find_end(place, lambda raw: _indent(raw) > line.column or not raw.strip())
            return after, "\n".join([line.value, *self.lines[place + 1 : after]])
        following = self._find_following(line, place)
        value = judge_value(line.word, [line.value, *following], place, flaws)
        return place + 1 + len(following), value

    def _find_following(self, line: _Line, place: int) -> list[str]:
        """Give the further lines that a value runs over."""
        if is_open(line.value, line.word):
            return self._find_closing(line, place)
        if not (line.key or line.value) or (not line.value and not holds_text(line.word)):
            return []

        def goes_on(raw: str) -> bool:
            if _says_nothing(raw) or _indent(raw) <= line.column:
                return False
            found = _split(raw)
            return not (found.is_known if line.value else found.key or found.dashes)

        return self.lines[place + 1 : self._find_end(place, goes_on)]

    def _find_closing(self, line: _Line, place: int) -> list[str]:
        """Give the lines up to where a quote or a bracket closes; none where it never does."""
        whole = line.value
        for after in range(place + 1, len(self.lines)):
            found = _split(self.lines[after])
            if found.key and found.is_known:
                break
            whole += " " + self.lines[after].strip()
            if not is_open(whole, line.word):
                return self.lines[place + 1 : after + 1]
        return []

    def _find_end(self, place: int, goes_on: Callable[[str], bool]) -> int:
        after = place + 1
        while after < len(self.lines) and goes_on(self.lines[after]):
            after += 1
        return after


def _split(raw: str) -> _Line:
    found = _LINE.match(raw.rstrip())
    assert found is not None  # noqa: S101 - the pattern matches any line
    return _Line(len(found["blanks"]), found["dashes"], found["key"] or "", found["value"])


def _complete(line: _Line, place: int, flaws: list[Flaw]) -> _Line:
    """Put in the colon or the blank that is missing beside a known word."""
    if line.key:
        return line
    value = line.value
    if (dash := _GLUED_DASH.match(value)) and _split(dash["rest"]).word in STEPS:
        flaws.append(Flaw("falta-espacio", place, {"word": "-"}))
        rest = _split(dash["rest"])
        return rest._replace(blanks=line.blanks, dashes="- ")
    for pattern, code in ((_GLUED, "falta-espacio"), (_UNMARKED, "faltan-dos-puntos")):
        found = pattern.match(value)
        if found and (found["word"] in _KNOWN or (found["word"].isdecimal() and not line.dashes)):
            word = found["word"]
            flaws.append(Flaw(code, place, {"word": f"{word}:" if pattern is _GLUED else word}))
            return line._replace(key=word, value=found["value"] or "")
    return line


def _says_nothing(raw: str) -> bool:
    return not raw.strip() or raw.lstrip().startswith("#") or raw.rstrip() in {"---", "..."}


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" "))


def _expand(raw: str) -> str:
    """Put blanks for tabs: two for each that indents, one elsewhere."""
    inner = raw.lstrip(" \t")
    outer = raw[: len(raw) - len(inner)]
    return outer.replace("\t", "  ") + inner.replace("\t", " ")
