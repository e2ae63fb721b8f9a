"""The traps of YAML, found line by line before YAML sees them.

An operator writes `texto: 3/5 Hasta 3 números: 1 Señal` and YAML stops, or writes
`texto: Mande #BAJA` and YAML drops half of it without a word. Here each such line becomes a
problem with the line as it should be, and the script goes on mended, so that everything else
that is wrong comes out in the same run. A line never changes its number.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from flows.script.indentation import Indentation
from flows.script.problems import make_problem
from flows.script.quoting import quote
from flows.script.values import Flaw, holds_text, is_open, judge_value
from flows.script.words import ATTRIBUTES, MARKER, STEPS, TEXTS, TOP_LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.script.problems import Problem

LOOKED_AT: Final = 40
"""Lines after the first of a group that tell where it should stand."""
TAB_WIDTHS: Final = (2, 4)
"""Blanks that a tab at the beginning of a line may have stood for."""
RUNS_OVER: Final = 12
"""Lines that a value may run over; after more a quote was never closed."""

_KNOWN: Final = frozenset((*TOP_LEVEL, *STEPS, *ATTRIBUTES, *MARKER))
_LINE = re.compile(
    r"""^(?P<blanks>\ *)(?P<dashes>(?:-\ +)*)
        (?:(?P<key>"[^"]*"|'[^']*'|[^\s"'#:,?&*!|>%@`{}\[\]-][^\s:]*)\ *:(?=\ |$)\ *)?
        (?P<value>.*)$""",
    re.VERBOSE,
)
_GLUED_DASH = re.compile(r"-(?P<rest>\w+ *:.*)$")
_BULLET = re.compile(r"[*•·–—+](?P<rest> *\w+ *:.*)$")
_NUMBERED = re.compile(r"(?P<word>\d{1,2}) *[.)=°º-]+ *(?P<value>[^\s\d].*)$")
_GLUED = re.compile(r"(?P<word>\w+) *:(?P<value>[^\s:/].*)$")
_UNMARKED = re.compile(r"(?P<word>\w+)(?:(?: *[=;] *| +)(?P<value>[^\s=;].*)|$)")
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
    def said(self) -> str:
        """What follows the key on its line, but for a note."""
        return "" if self.value.startswith("#") else self.value

    @property
    def is_known(self) -> bool:
        return self.word in _KNOWN or self.word.isdecimal()

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return f"{' ' * self.blanks}{self.dashes}{key}{self.value}".rstrip()


def mend_lines(lines: list[str], problems: list[Problem], *, tab: int = TAB_WIDTHS[0]) -> list[str]:
    """Give the lines as YAML can read them; what had to be mended goes into `problems`.

    Args:
        lines: of the script, as written.
        problems: what is wrong with them goes here.
        tab: blanks that a tab at the beginning of a line is taken for.
    """
    mender = _Mender(list(lines), problems, tab)
    place = 0
    while place < len(lines):
        place = mender.take(place)
    return mender.lines


class _Mender:
    def __init__(self, lines: list[str], problems: list[Problem], tab: int) -> None:
        self.lines = lines
        self._tab = tab
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
            raw = _expand(raw, self._tab)
        line = self._complete_dash(_complete(_split(raw), place, flaws), place, flaws)
        if not (line.dashes or line.key or self._indentation.opens):
            return self._drop(place)
        aligned = self._align(line, place)
        if aligned.column != line.column and not flaws:
            flaws.append(Flaw("sangria", place, {"position": aligned.column + 1}))
        after, value = self._take_value(aligned, place, flaws)
        self._mend(place, after, aligned._replace(value=value), flaws)
        return after

    def _complete_dash(self, line: _Line, place: int, flaws: list[Flaw]) -> _Line:
        """Put the dash before a word that begins a step, where it stands apart from the last."""
        if line.dashes or line.word not in STEPS or line.word in ATTRIBUTES:
            return line
        is_apart = place > 0 and not self.lines[place - 1].strip()
        if not is_apart and not self._indentation.is_at_item(line.blanks):
            return line
        flaws.append(Flaw("falta-guion", place, {"word": line.word}))
        return line._replace(blanks=max(line.blanks - 2, 0), dashes="- ")

    def _drop(self, place: int) -> int:
        """Take out a line that continues nothing: YAML would blame the lines after it."""
        said = self.lines[place].strip()
        before = _split(self.lines[place - 1] if place else "")
        if before.word in TEXTS and before.value and before.value[0] not in "\"'|>":
            # As a note the rest of the text would be lost.
            whole = str(before._replace(value=quote(f"{before.value} {said}")))
            self._problems.append(
                make_problem("suelta", place + 1, mended=whole, span=(place, place + 1))
            )
        else:
            self._problems.append(make_problem("suelta", place + 1, mended=f"# {said}"))
        self.lines[place] = ""
        return place + 1

    def _mend(self, place: int, after: int, line: _Line, flaws: list[Flaw]) -> None:
        value, *further = line.value.split("\n")
        mended = [str(line._replace(value=value)), *further]
        span = (place + 1, after) if after > place + 1 else None
        for flaw in flaws:
            whole = "\n".join(mended)
            self._problems.append(
                make_problem(flaw.code, flaw.place + 1, mended=whole, span=span, **flaw.words)
            )
        self.lines[place:after] = [*mended, *[""] * (after - place - len(mended))]

    def _align(self, line: _Line, place: int) -> _Line:
        if not (line.dashes or line.key):
            return line
        usual = _find_usual(line, self.lines[place + 1 :]) if self._indentation.opens else None
        usual = line.blanks if usual is None else usual
        blanks, item_at = line.blanks, None
        if line.dashes:
            blanks = self._indentation.place_item(line.blanks, usual)
            item_at = blanks + len(line.dashes)
        if not line.key:
            return line._replace(blanks=blanks)
        column = self._indentation.place_key(
            line.column,
            line.word,
            usual=usual,
            item_at=item_at,
            opens=not line.said,
        )
        return line._replace(blanks=column - len(line.dashes))

    def _take_value(self, line: _Line, place: int, flaws: list[Flaw]) -> tuple[int, str]:
        """Give the place after a value, which may run over several lines, and it mended."""
        if _BLOCK.match(line.value):
            after = self._find_end(place, lambda raw: _indent(raw) > line.column or not raw.strip())
            return after, "\n".join([line.value, *self.lines[place + 1 : after]])
        following = self._find_following(line, place)
        if not (line.said or following):
            return place + 1, line.value
        first = line.said if following else line.value
        value = judge_value(line.word, [first, *following], place, flaws)
        return place + 1 + len(following), value

    def _find_following(self, line: _Line, place: int) -> list[str]:
        """Give the further lines that a value runs over."""
        if is_open(line.value, line.word):
            return self._find_closing(line, place)
        if not (line.key or line.said) or (not line.said and not holds_text(line.word)):
            return []

        def goes_on(raw: str) -> bool:
            if _says_nothing(raw) or _indent(raw) <= line.column:
                return False
            found = _split(raw)
            return not (found.is_known if line.said else found.key or found.dashes)

        return self.lines[place + 1 : self._find_end(place, goes_on)]

    def _find_closing(self, line: _Line, place: int) -> list[str]:
        """Give the lines up to where a quote or a bracket closes; none where it never does."""
        whole = line.value
        for after in range(place + 1, min(place + 1 + RUNS_OVER, len(self.lines))):
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


def _find_usual(line: _Line, further: Sequence[str]) -> int | None:
    """Tell from the lines after the first of a group where it should stand; None: as it is."""
    following = (_split(raw) for raw in further if not _says_nothing(raw))
    if line.dashes:
        return _find_usual_dash(line, list(itertools.islice(following, LOOKED_AT)))
    alike = itertools.takewhile(
        lambda other: other.key and not other.dashes and _are_alike(line, other), following
    )
    columns = Counter(other.blanks for other in itertools.islice(alike, LOOKED_AT))
    columns[line.blanks] += 1
    most = max(columns.values())
    usual = [column for column, count in columns.items() if count == most]
    return usual[0] if len(usual) == 1 else min(usual) if line.blanks > min(usual) else None


def _find_usual_dash(line: _Line, following: Sequence[_Line]) -> int | None:
    """Tell from its own attributes, and from the next steps, where a dash should stand."""
    if not following or following[0].dashes or not following[0].key:
        return None
    column = following[0].blanks - len(line.dashes)
    dashes = {other.blanks for other in following if other.dashes}
    return column if line.blanks not in dashes and column >= 0 else None


def _are_alike(line: _Line, other: _Line) -> bool:
    return line.word.isdecimal() == other.word.isdecimal() and line.is_known == other.is_known


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
    if (dash := _BULLET.match(value)) and (rest := _split(dash["rest"].strip())).word in STEPS:
        flaws.append(Flaw("falta-guion", place, {"word": rest.word}))
        return rest._replace(blanks=line.blanks, dashes="- ")
    for pattern, code in (
        (_GLUED, "falta-espacio"),
        (_NUMBERED, "faltan-dos-puntos"),
        (_UNMARKED, "faltan-dos-puntos"),
    ):
        found = pattern.match(value)
        if found and _is_key(found["word"], found["value"] or "", line.dashes):
            word = found["word"]
            flaws.append(Flaw(code, place, {"word": f"{word}:" if pattern is _GLUED else word}))
            return line._replace(key=word, value=found["value"] or "")
    return line


def _is_key(word: str, value: str, dashes: str) -> bool:
    """Tell whether a word without its colon, or glued to it, was meant as a key."""
    return word in _KNOWN or (not dashes and (word.isdecimal() or value[:1] in {'"', "'"}))


def _says_nothing(raw: str) -> bool:
    return not raw.strip() or raw.lstrip().startswith("#") or raw.rstrip() in {"---", "..."}


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" "))


def _expand(raw: str, tab: int) -> str:
    """Put blanks for tabs: so many for each that indents, one elsewhere."""
    inner = raw.lstrip(" \t")
    outer = raw[: len(raw) - len(inner)]
    return outer.replace("\t", " " * tab) + inner.replace("\t", " ")
