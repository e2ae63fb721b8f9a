"""From the file an operator wrote to a script, with everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.script.fields import read_number
from flows.script.heading import read_heading, read_sections, read_service
from flows.script.lines import TAB_WIDTHS, mend_lines
from flows.script.model import Script
from flows.script.notebook import Notebook, Site, find_close
from flows.script.source import read_lines
from flows.script.steps import StepReader
from flows.script.tree import read_tree
from flows.script.versions import CURRENT, upgrade
from flows.script.words import TOP_LEVEL, spanish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.problems import Problem
    from flows.script.tree import Table


KEPT: Final = 8
"""Scripts kept as read, some 300 KB each."""


@dataclass(frozen=True)
class Parsed:
    """A script as far as it could be read.

    Attributes:
        name: of the file, for whoever shows the problems.
        draft: the script with whatever is wrong left out; None where nothing could be read.
        problems: what reading found, in the order of the lines; `check_script` finds more.
        lines: text key or `<step>/<attribute>` -> line.
        sites: the conditions, where they stand.
        source: the lines, traps mended.
    """

    name: str
    draft: Script | None = None
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    sites: tuple[Site, ...] = ()
    source: tuple[str, ...] = ()

    @property
    def script(self) -> Script | None:
        """Give the script, or None while reading it found an error."""
        return None if any(found.severity == "error" for found in self.problems) else self.draft


def read_script(source: str | bytes, *, name: str) -> Parsed:
    """Read a script; any source gives a value, however broken.

    Args:
        source: the file as saved.
        name: what to call it when its problems are shown.
    """
    return replace(_read(source), name=name)


# A page shows the draft, its problems and what changed; both sides of the house read the same
# revision: each reads the same source again. What is read is frozen, so it may be shared.
@lru_cache(maxsize=KEPT)
def _read(source: str | bytes) -> Parsed:
    problems: list[Problem] = []
    lines = read_lines(source, problems)
    if lines is None:
        return Parsed("", problems=_in_order(problems))
    # A tab is as wide as some editor showed it: the width that leaves least to mend was meant.
    widths = TAB_WIDTHS if any(line.startswith("\t") for line in lines) else TAB_WIDTHS[:1]
    readings = [_read_lines(lines, [*problems], tab=width) for width in widths]
    return min(readings, key=lambda parsed: len(parsed.problems))


def _read_lines(lines: list[str], problems: list[Problem], *, tab: int) -> Parsed:
    """Read a script whose tabs are so many blanks wide."""
    lines = mend_lines(lines, problems, tab=tab)
    tree = read_tree(lines, problems)
    if tree is None:
        return Parsed("", problems=_in_order(problems))
    notebook = Notebook(lines, problems)
    draft = _read_whole(notebook, tree)
    return Parsed(
        name="",
        draft=draft,
        problems=_in_order(problems),
        lines=MappingProxyType(notebook.lines),
        sites=tuple(notebook.sites),
        source=tuple(lines),
    )


def _read_whole(notebook: Notebook, tree: Table) -> Script | None:
    tree_now = _upgrade(notebook, tree)
    if tree_now is None:
        return None
    entries = notebook.take_entries(tree_now, TOP_LEVEL)
    heading = read_heading(notebook, entries)
    read_service(notebook, entries.get("service"))
    steps = StepReader(notebook, read_sections(notebook, entries.get("sections")))
    steps.read_all(entries.get("steps"), tree_now.line)
    return Script(
        spec=CURRENT,
        slug=heading.slug,
        title=heading.title,
        language=heading.language,
        keywords=heading.keywords,
        steps=tuple(steps.steps),
        markers=heading.markers,
        axes=heading.axes,
        convener=heading.convener,
        quotas=heading.quotas,
        texts=MappingProxyType(notebook.texts),
    )


def _upgrade(notebook: Notebook, tree: Table) -> Table | None:
    word = spanish(TOP_LEVEL, "spec")
    written = next((found for found in tree.entries if find_close(found, [word])), word)
    entry = tree.entries.get(written)
    if entry is None:
        notebook.report("falta-clave", 1, word=word)
        return tree
    version = read_number(notebook, word, entry, 1, 999)
    if version is None:
        return tree
    newer = upgrade(tree, version)
    if newer is None:
        mended = notebook.set_value(entry.line, word, str(CURRENT))
        notebook.report(
            "version-desconocida", entry.line, found=version, current=CURRENT, mended=mended
        )
    return newer


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))
