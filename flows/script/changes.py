"""What changed between two revisions of a script, as an operator would say it.

Both are written down in the language's own words and compared word by word, so whatever the
language can say is compared, and layout, comments and blocks are not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from flows.script.print import to_yaml
from flows.script.tree import Items, Table, Text, read_tree
from flows.script.words import ATTRIBUTES, KINDS, STEPS, TOP_LEVEL, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.script.model import Script
    from flows.script.tree import Node

_TEXT: Final = spanish(ATTRIBUTES, "text")
_KIND: Final = spanish(ATTRIBUTES, "kind")
_OPTIONS: Final = spanish(ATTRIBUTES, "options")
_CONDITION: Final = spanish(ATTRIBUTES, "condition")
_QUESTION: Final = spanish(STEPS, "question")
_JUMP: Final = spanish(STEPS, "jump")
_STEPS: Final = spanish(TOP_LEVEL, "steps")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer as it was.

    Attributes:
        sentence: in Spanish, for whom writes scripts.
        is_grave: answers from before and after cannot be counted together without a thought.
    """

    sentence: str
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """A step in the language's words; a jump has no name and goes by its target."""

    kind: str
    name: str
    entries: Mapping[str, str]

    @property
    def title(self) -> str:
        return f"«{_JUMP} {self.name.split('#')[0]}»" if self.kind == _JUMP else self.name

    @property
    def is_question(self) -> bool:
        return self.kind == _QUESTION


def list_changes(old: Script, new: Script) -> tuple[Change, ...]:
    """List what an operator changed, the heading first, then step by step."""
    before, after = _read(old), _read(new)
    steps_before, steps_after = _list_steps(before), _list_steps(after)
    return (
        *_compare_headings(_flatten_heading(before), _flatten_heading(after)),
        *_compare_steps(steps_before, steps_after),
    )


def _read(script: Script) -> Table:
    tree = read_tree(to_yaml(script).splitlines(), [])
    assert tree is not None  # noqa: S101 - what we print can be read
    return tree


# --- in the language's words --------------------------------------------------------------


def _flatten(node: Node, path: str = "") -> Iterator[tuple[str, str]]:
    match node:
        case Text(_, text):
            yield path, text
        case Items(_, items):
            yield path, ", ".join(text for item in items for _, text in _flatten(item))
        case Table(_, entries):
            for word, entry in entries.items():
                yield from _flatten(entry.value, f"{path}/{word}" if path else word)


def _flatten_heading(tree: Table) -> dict[str, str]:
    return {
        path: text
        for word, entry in tree.entries.items()
        if word != _STEPS
        for path, text in _flatten(entry.value, word)
    }


def _list_inner(node: Node) -> Sequence[Node]:
    entry = node.entries.get(_STEPS) if isinstance(node, Table) else None
    return entry.value.items if entry and isinstance(entry.value, Items) else ()


def _list_nodes(node: Node) -> Iterator[Node]:
    """Give the steps below a node, those of a group behind it: each is compared by itself."""
    for inner in _list_inner(node):
        yield inner
        yield from _list_nodes(inner)


def _name_inner(node: Node) -> dict[str, str]:
    """Name the questions of a group: who comes and goes is a change of the group."""
    names = [name for (_, name), *_ in map(_flatten, _list_inner(node))]
    return {_STEPS: ", ".join(names)} if names else {}


def _list_steps(tree: Table) -> dict[str, _Step]:
    steps: dict[str, _Step] = {}
    jumps: Counter[str] = Counter()
    for node in _list_nodes(tree):
        (kind, name), *entries = _flatten(node)
        if kind == _JUMP:
            jumps[name] += 1
            name = f"{name}#{jumps[name]}"
        steps[f"{kind} {name}" if kind == _JUMP else name] = _Step(
            kind, name, {**dict(entries), **_name_inner(node)}
        )
    return steps


# --- what differs -------------------------------------------------------------------------


def _compare_headings(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for path in dict.fromkeys([*old, *new]):
        before, after = old.get(path), new.get(path)
        name = path.replace("/", " · ")
        if before == after:
            continue
        if before is None:
            yield Change(f"Se agrega «{name}»: «{after}».")
        elif after is None:
            yield Change(f"Se quita «{name}»: «{before}».")
        else:
            yield Change(f"Cambia «{name}»: antes «{before}», ahora «{after}».")


def _compare_steps(old: Mapping[str, _Step], new: Mapping[str, _Step]) -> Iterator[Change]:
    for key, step in old.items():
        if key not in new:
            yield _tell_removed(step)
    moved = _find_moved(list(old), list(new))
    before = ""
    for key, step in new.items():
        place = f"después de {before}" if before else "al principio"
        if key not in old:
            yield _tell_added(step, place)
        else:
            if key in moved:
                yield Change(f"{step.title}: pasa a estar {place}.")
            yield from _compare_step(old[key], step)
        before = step.title


def _find_moved(old: list[str], new: list[str]) -> set[str]:
    """Find the steps whose order among those that stayed is another."""
    before = [key for key in old if key in new]
    after = [key for key in new if key in old]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {key for block in blocks for key in after[block.b : block.b + block.size]}
    return set(after) - kept


def _tell_removed(step: _Step) -> Change:
    text = step.entries.get(_TEXT)
    words = f", «{text}»" if text else ""
    if step.is_question:
        kept = "Lo ya contestado queda en las tablas."
        return Change(f"{step.title}: se quita la pregunta{words}. {kept}", is_grave=True)
    return Change(f"{step.title}: se quita{words}.")


def _tell_added(step: _Step, place: str) -> Change:
    text = step.entries.get(_TEXT)
    words = f": «{text}»" if text else ""
    condition = step.entries.get(_CONDITION)
    when = f", si {condition}" if condition else ""
    what = "pregunta nueva" if step.is_question else "paso nuevo"
    return Change(f"{step.title}: {what} {place}{when}{words}.")


def _compare_step(old: _Step, new: _Step) -> Iterator[Change]:
    if old.kind != new.kind:
        yield Change(
            f"{new.title}: era «{old.kind}» y ahora es «{new.kind}».",
            is_grave=old.is_question or new.is_question,
        )
    for path in dict.fromkeys([*old.entries, *new.entries]):
        before, after = old.entries.get(path), new.entries.get(path)
        if before != after:
            yield _compare_entry(new, path, before, after)


def _compare_entry(step: _Step, path: str, before: str | None, after: str | None) -> Change:
    head, _, rest = path.partition("/")
    if head == _OPTIONS and step.is_question:
        return _compare_option(step, rest, before, after)
    if path == _CONDITION:
        was, now = (f"solo si {text}" if text else "siempre" for text in (before, after))
        return Change(f"{step.title}: antes {was}, ahora {now}.")
    name = "el texto" if path == _TEXT else f"«{path.replace('/', ' · ')}»"
    if before is None:
        return Change(f"{step.title}: se agrega {name}: «{after}».")
    if after is None:
        return Change(f"{step.title}: se quita {name}: «{before}».")
    is_grave = path == _KIND and before in KINDS
    return Change(f"{step.title}: cambia {name}: antes «{before}», ahora «{after}».", is_grave)


def _compare_option(step: _Step, number: str, before: str | None, after: str | None) -> Change:
    if before is None:
        return Change(f"{step.title}: opción nueva {number}, «{after}».")
    if after is None:
        return Change(f"{step.title}: se quita la opción {number}, «{before}».", is_grave=True)
    return Change(
        f"{step.title}: la opción {number} decía «{before}» y ahora dice «{after}». "
        "Con el mismo número cuentan juntas.",
        is_grave=True,
    )
