"""Quotas: how many people are wanted of whom, and where the rest are thanked.

Everybody is asked what her quotas look at before anybody is turned away, so that staff see
of whom there are too many, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flows.script.fields import read_names, read_number, read_table
from flows.script.model import Gate, Quota
from flows.script.notebook import find_close, hint, replace_word
from flows.script.problems import make_problem
from flows.script.tree import Table
from flows.script.words import KINDS, QUOTA, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Script
    from flows.script.notebook import Notebook
    from flows.script.parse import Parsed
    from flows.script.problems import Problem
    from flows.script.tree import Entry

MOST: Final = 1_000_000
COUNTED: Final = frozenset({"choice", "yes_no", "rating", "place"})
"""The types of question whose answers make strata."""


def read_quotas(notebook: Notebook, entry: Entry | None) -> tuple[Quota, ...]:
    """Read `cuotas:` by name."""
    named = read_table(notebook, entry, "una cuota por línea, y debajo «segun:» y «maximo:»")
    return tuple(_read_quota(notebook, name, inner) for name, inner in named.items())


def _read_quota(notebook: Notebook, name: str, entry: Entry) -> Quota:
    key = f"cuotas/{name}"
    notebook.lines[key] = entry.line
    parts = notebook.take_entries(entry.value, QUOTA) if isinstance(entry.value, Table) else {}
    questions, most = parts.get("questions"), parts.get("most")
    if questions is None or most is None:
        notebook.report("cuota-vacia", entry.line, word=name)
        return Quota(name, (), 0)
    names = read_names(notebook, spanish(QUOTA, "questions"), questions)
    notebook.lines.update({f"{key}/{question}": line for question, line in names})
    number = read_number(notebook, spanish(QUOTA, "most"), most, 1, MOST)
    return Quota(name, tuple(question for question, _ in names), number or 0)


def check_quotas(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check that quotas look at questions asked before the one gate that looks at them."""
    gates = [place for place, step in enumerate(script.steps) if isinstance(step, Gate)]
    for place in gates[1:]:
        first = script.steps[gates[0]].line
        yield make_problem("cupo-repetido", script.steps[place].line, first=first)
    if gates and not script.quotas:
        yield make_problem("cupo-sin-cuotas", script.steps[gates[0]].line)
    for quota in script.quotas:
        if not gates:
            line = parsed.lines[f"cuotas/{quota.name}"]
            yield make_problem("cuota-sin-cupo", line, word=quota.name)
        for question in quota.questions:
            before = gates[0] if gates else len(script.steps)
            yield from _check_question(parsed, script, quota, question, before)


def _check_question(
    parsed: Parsed, script: Script, quota: Quota, name: str, before: int
) -> Iterator[Problem]:
    line = parsed.lines[f"cuotas/{quota.name}/{name}"]
    told: dict[str, Any] = {"word": quota.name, "question": name}
    question = next((asked for asked in script.questions if asked.id == name), None)
    if question is None:
        close = find_close(name, [asked.id for asked in script.questions])
        mended = replace_word(parsed.source, line, name, close)
        yield make_problem("cuota-pregunta", line, hint=hint(close), mended=mended, **told)
    elif question.kind not in COUNTED:
        yield make_problem("cuota-tipo", line, kind=spanish(KINDS, question.kind), **told)
    elif script.steps.index(question) > before:
        yield make_problem("cuota-despues", line, first=question.line, **told)
