"""The expressions of XLSForm, as far as forms use them: `${p1} = '1' and selected(${p3}, 'a')`.

any     := every ("or" every)*
every   := compare ("and" compare)*
compare := value (sign value)?
value   := "${name}" | "." | text | number | name "(" (any ("," any)*)? ")" | "(" any ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 2000
"""Letters of an expression."""
DEEPEST: Final = 30
"""Brackets and functions inside one another."""

_TOKEN = re.compile(
    r"""\s*(?:
        \$\{\s*(?P<ref>[^}\s]+)\s*\}
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<sign>!=|<=|>=|=|<|>)
      | (?P<name>[a-zA-Z][\w:-]*)
      | (?P<mark>[().,])
    )""",
    re.VERBOSE,
)
_CURLED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
"""What a spreadsheet makes of straight quotes."""


@dataclass(frozen=True, slots=True)
class Ref:
    """`${p1}`: the answer to a question; `.`, the question's own, has no name."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number, as text."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator under its own name: `and`, `or`, `=`, `<=`."""

    name: str
    parts: tuple[Node, ...]


Node = Ref | Literal | Call


class XpathError(ValueError):
    """An expression that cannot be read; the message is what it fails at."""


def parse_xpath(text: str) -> Node:
    """Read an expression.

    Raises:
        XpathError: it is none, or says more than we read.
    """
    if len(text) > LONGEST:
        raise XpathError(f"{text[:20]}…")
    reader = _Reader(text.translate(_CURLED))
    node = reader.any(0)
    if reader.kind:
        raise XpathError(reader.text)
    return node


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self.kind = ""
        self.text = ""
        self._step()

    def _step(self) -> None:
        """Look at the next token; its kind is empty at the end."""
        rest = self._source[self._place :]
        found = _TOKEN.match(self._source, self._place)
        if found is None:
            if rest.strip():
                raise XpathError(rest.strip()[:20])
            self.kind = self.text = ""
            return
        self._place = found.end()
        self.kind = found.lastgroup or ""
        self.text = found[self.kind]

    def _take(self, text: str) -> bool:
        if self.kind in {"ref", "text", "number"} or self.text.lower() != text:
            return False
        self._step()
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise XpathError(self.text or text)

    def any(self, depth: int) -> Node:
        return self._chain("or", depth)

    def _chain(self, word: str, depth: int) -> Node:
        """Read what `or` joins, or what `and` joins."""
        below = self._compare if word == "and" else lambda deep: self._chain("and", deep)
        parts = [below(depth)]
        while self._take(word):
            parts.append(below(depth))
        return Call(word, tuple(parts)) if len(parts) > 1 else parts[0]

    def _compare(self, depth: int) -> Node:
        left = self._value(depth)
        if self.kind != "sign":
            return left
        sign = self.text
        self._step()
        return Call(sign, (left, self._value(depth)))

    def _value(self, depth: int) -> Node:
        kind, text = self.kind, self.text
        if depth > DEEPEST or not kind:
            raise XpathError(text or "…")
        self._step()
        match kind:
            case "ref":
                return Ref(text)
            case "text":
                return Literal(text[1:-1])
            case "number":
                return Literal(text)
            case "name":
                self._expect("(")
                return Call(text.lower(), self._arguments(depth + 1))
            case _:
                pass
        if text == ".":
            return Ref("")
        if text != "(":
            raise XpathError(text)
        inner = self.any(depth + 1)
        self._expect(")")
        return inner

    def _arguments(self, depth: int) -> tuple[Node, ...]:
        if self._take(")"):
            return ()
        parts = [self.any(depth)]
        while self._take(","):
            parts.append(self.any(depth))
        self._expect(")")
        return tuple(parts)
