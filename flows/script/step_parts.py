"""The parts of a step: its name, its words, its condition, and what only one kind has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flows.catalogues import stock_texts
from flows.reading.fold import fold
from flows.script.condition_reader import Fault, parse_condition
from flows.script.conditions import UNREAD
from flows.script.fields import name_until, read_names, read_text, read_until, read_word
from flows.script.model import Draw, End, Pause, Rest
from flows.script.notebook import Site
from flows.script.options import read_options
from flows.script.tree import Text
from flows.script.words import ATTRIBUTES, OUTCOMES, RESERVED_IDS, STEPS, WORDINGS, spanish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.script.model import Condition, Step
    from flows.script.notebook import Notebook
    from flows.script.tree import Entry

LONGEST_ID: Final = 30
RECORDED: Final = "text@voz"
USUAL_PAUSE: Final = (1, 10)
"""Days and hour of a pause that does not say until when."""
_ID = re.compile(r"[a-z][a-z0-9_]*$")
_RECORDING = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:ogg|mp3|m4a|aac|amr)$")
_LEAST = 2


def read_id(notebook: Notebook, kind: str, named: Entry, steps: Sequence[Step]) -> str:
    """Read what a step is called; one that cannot be used is told and replaced."""
    word, line = spanish(STEPS, kind), named.line
    found = read_text(notebook, word, named, "el nombre del paso")
    if found is None:
        return f"{word}-{line}"
    if not _ID.match(found) or len(found) > LONGEST_ID:
        plain = re.sub(r"[^a-z0-9]+", "_", fold(found)).strip("_")
        plain = f"p{plain}" if plain[:1].isdecimal() else plain
        fits = _ID.match(plain) and len(plain) <= LONGEST_ID
        is_free = fits and not any(step.id == plain for step in steps)
        mended = notebook.set_value(line, word, plain) if is_free else None
        notebook.report("nombre-invalido", line, word=found, join="_", mended=mended)
    elif found in RESERVED_IDS:
        notebook.report("nombre-reservado", line, word=found)
    first = next((step.line for step in steps if step.id == found), None)
    if first is None:
        return found
    notebook.report("id-repetido", line, word=found, first=first)
    return f"{found}-{line}"


def read_words(
    notebook: Notebook, step_id: str, line: int, entries: dict[str, Entry], *, is_question: bool
) -> None:
    """Read a step's words, for every phone and for one kind of it, and its recording."""
    key, entry = f"{step_id}/texto", entries.get("text")
    has_stock = f"servicio/{step_id}" in stock_texts() and not is_question
    if entry is None and has_stock:
        pass  # it says the stock sentence of its name
    elif entry is None or entry.value == Text(entry.value.line, ""):
        notebook.report("falta-texto", entry.line if entry else line, step=step_id)
    else:
        _read_wording(notebook, "text", key, entry)
    for name in WORDINGS[1:]:
        if name in entries:
            _read_wording(notebook, name, key, entries[name])


def _read_wording(notebook: Notebook, name: str, key: str, entry: Entry) -> None:
    text = read_text(notebook, spanish(ATTRIBUTES, name), entry, "un texto entre comillas")
    if text is None:
        return
    if name == RECORDED and not _RECORDING.match(text):
        notebook.report("grabacion-invalida", entry.line, word=text)
    notebook.add_text(f"{key}{name.removeprefix('text')}", text, entry.line)


def read_condition(notebook: Notebook, entry: Entry | None, before: int) -> Condition | None:
    """Read a condition; `before` is the place of the first step it guards."""
    word = spanish(ATTRIBUTES, "condition")
    text = entry and read_text(notebook, word, entry, "una condición")
    if not entry:
        return None
    if not text:
        return UNREAD
    condition = parse_condition(text)
    if not isinstance(condition, Fault):
        notebook.sites.append(Site(entry.line, condition, before))
        return condition
    raw = notebook.source[entry.line - 1]
    notebook.report(
        "condicion",
        entry.line,
        what=condition.sentence,
        column=max(raw.find(text), 0) + condition.column,
        mended=raw.replace(text, condition.instead) if condition.instead and text in raw else None,
    )
    return UNREAD


def make_end(
    notebook: Notebook,
    step_id: str,
    line: int,
    entries: dict[str, Entry],
    condition: Condition | None,
) -> End:
    """Make an end with its outcome."""
    entry = entries.get("outcome")
    if entry is None:
        return End(step_id, line, condition=condition)
    word = spanish(ATTRIBUTES, "outcome")
    outcome = read_word(notebook, word, entry, OUTCOMES, "valor-desconocido")
    return End(step_id, line, outcome or "complete", condition)


def make_pause(
    notebook: Notebook,
    step_id: str,
    line: int,
    entries: dict[str, Entry],
    condition: Condition | None,
) -> Pause:
    """Make a pause with the day and the hour at which it ends."""
    entry = entries.get("until")
    word = spanish(ATTRIBUTES, "until")
    if entry is None:
        mended = notebook.add_line(line, f"{word}: {name_until(*USUAL_PAUSE)}")
        notebook.report("falta-hasta", line, step=step_id, mended=mended)
    until = entry and read_until(notebook, word, entry)
    days, hour = until or USUAL_PAUSE
    return Pause(step_id, line, days, hour, condition)


def make_rest(
    notebook: Notebook,
    step_id: str,
    line: int,
    entries: dict[str, Entry],
    condition: Condition | None,
) -> Rest:
    """Make a rest with its two options, and what is said to whoever takes the second."""
    rest = Rest(step_id, line, condition)
    entry, said = entries.get("options"), entries.get("afterwards")
    options = read_options(notebook, step_id, line, "choice", entry)
    if entry is not None and len(options) >= _LEAST and options != rest.options:
        notebook.report("descanso-opciones", entry.line)
    word = spanish(ATTRIBUTES, "afterwards")
    if said is None:
        mended = notebook.add_line(line, f'{word}: "Bien. Le escribimos por SMS."')
        notebook.report("falta-luego", line, step=step_id, mended=mended)
    elif text := read_text(notebook, word, said, "un texto entre comillas"):
        notebook.add_text(f"{step_id}/{word}", text, said.line)
    return rest


def make_draw(
    notebook: Notebook,
    step_id: str,
    line: int,
    entries: dict[str, Entry],
    condition: Condition | None,
) -> Draw:
    """Make a draw with the words it draws from."""
    entry = entries.get("among")
    word = spanish(ATTRIBUTES, "among")
    names = read_names(notebook, word, entry) if entry else ()
    notebook.lines[f"{step_id}/{word}"] = entry.line if entry else line
    among: list[str] = []
    for name, at in names:
        if not _ID.match(name):
            notebook.report("nombre-invalido", at, word=name, join="_")
        elif name in among:
            notebook.report("azar-repetido", at, word=name)
        among.append(name)
    if len(names) < _LEAST:
        notebook.report("azar-corto", entry.line if entry else line)
    return Draw(step_id, line, tuple(among), condition)
