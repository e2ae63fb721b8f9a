"""From mended lines to a tree of texts, lists and tables that know their lines.

It is built from YAML's events, not composed: so a duplicate key, an alias or a syntax error
is ours to report, and none of them ends the reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from flows.script.problems import make_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ruamel.yaml.events import Event

    from flows.script.problems import Problem

MAX_DEPTH: Final = 20
"""Lists and tables inside one another; eight nested `si` blocks."""
MOST_READ: Final = 20_000
"""Lines read in all, again after each syntax error; then the rest is left for the next check."""


@dataclass(frozen=True, slots=True)
class Text:
    """A value without parts, as it was written; `line` counts from 1."""

    line: int
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values in the order written, each key once."""

    line: int
    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a table with its value."""

    line: int
    value: Node


Node = Text | Items | Table


class _TooDeepError(Exception):
    """The script is not worth reading further."""


def read_tree(lines: Sequence[str], problems: list[Problem]) -> Table | None:
    """Read a script into a tree; None where there is no table to go on with.

    What is wrong goes into `problems`. A line that YAML cannot read is reported, taken out,
    and the rest is read again; the lines after it that it drags along go without a word.
    """
    left = list(lines)
    last = len(left)
    for _ in range(0, MOST_READ, len(left)):
        found: list[Problem] = []
        grower = _Grower(found)
        try:
            for event in YAML(typ="safe", pure=True).parse("\n".join(left)):
                grower.take(event)
        except _TooDeepError:
            problems.extend(found)
            return None
        except MarkedYAMLError as fault:
            place = _find_fault(fault, left)
            if place < last or any(line.strip() for line in left[last:place]):
                problems.append(make_problem("yaml", place + 1))
            left[place], last = "", place
        else:
            break
    else:
        return None
    problems.extend(found)
    return _get_root(grower.root, problems)


def _get_root(root: Node | None, problems: list[Problem]) -> Table | None:
    if isinstance(root, Table):
        return root
    if root is None:
        loose = [found for found in problems if found.code == "suelta"]
        if loose:  # one mistake, and no note would mend it
            problems[:] = [found for found in problems if found not in loose]
        problems.append(make_problem("no-es-guion" if loose else "archivo-vacio", 1))
    elif not any(problem.severity == "error" for problem in problems):
        problems.append(make_problem("yaml", root.line))
    return None


def _find_fault(fault: MarkedYAMLError, lines: Sequence[str]) -> int:
    """Give the place of the line to blame, the last one with something on it up to the mark."""
    at_end = "end of stream" in fault.problem
    mark = fault.context_mark if at_end else fault.problem_mark
    place: int = min(mark.line, len(lines) - 1)
    while place > 0 and not lines[place].strip():
        place -= 1
    return place


class _Grower:
    """Grows the tree event by event, without recursion."""

    def __init__(self, problems: list[Problem]) -> None:
        self.root: Node | None = None
        self._problems = problems
        self._open: list[Items | Table] = []
        self._keys: list[Text | None] = []
        self._documents = 0

    def take(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:  # noqa: PLR2004
                self._report("varios-documentos", event)
        elif self._documents > 1:
            return
        elif isinstance(event, CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, NodeEvent):
            self._take_node(event)

    def _take_node(self, event: NodeEvent) -> None:
        if event.anchor is not None:
            self._report("alias", event)
        line = event.start_mark.line + 1
        if isinstance(event, ScalarEvent):
            self._put(Text(line, event.value.strip(), quoted=event.style is not None))
        elif isinstance(event, AliasEvent):
            self._put(Text(line, ""))
        else:
            self._descend(event, line)

    def _descend(self, event: NodeEvent, line: int) -> None:
        node: Items | Table = Items(line)
        if isinstance(event, MappingStartEvent):
            node = Table(line)
            if event.flow_style:
                self._report("llaves", event)
        self._put(node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > MAX_DEPTH:
            self._report("muy-anidado", event, limit=MAX_DEPTH)
            self.root = None
            raise _TooDeepError

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._take_key(node)
        else:
            self._keys[-1] = None
            self._enter(parent, key, node)

    def _take_key(self, node: Node) -> Text:
        if isinstance(node, Text):
            return node
        self._problems.append(make_problem("yaml", node.line))
        return Text(node.line, "")

    def _enter(self, table: Table, key: Text, node: Node) -> None:
        first = table.entries.get(key.text)
        if first is None:
            table.entries[key.text] = Entry(key.line, node)
        else:
            self._problems.append(
                make_problem("repetida", key.line, word=key.text, first=first.line)
            )

    def _report(self, code: str, event: Event, **words: Any) -> None:
        line = event.start_mark.line + 1
        if not any(problem.line == line and problem.code == code for problem in self._problems):
            self._problems.append(make_problem(code, line, **words))
