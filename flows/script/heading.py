"""What stands before the steps: name, title, who asks, words, placeholders, axes, service texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.catalogues import LANGUAGE, stock_texts
from flows.reading.fold import fold
from flows.script.fields import read_names, read_number, read_table, read_text, read_word
from flows.script.model import Marker
from flows.script.notebook import find_close, hint
from flows.script.quotas import read_quotas
from flows.script.tree import Table, Text
from flows.script.words import MARKER, TOP_LEVEL, spanish

if TYPE_CHECKING:
    from flows.script.model import Quota
    from flows.script.notebook import Notebook
    from flows.script.tree import Entry

LONGEST_MARKER: Final = 160
USUAL_MARKER: Final = 40
SLUG_LINE: Final = spanish(TOP_LEVEL, "slug")
"""Where `Parsed.lines` holds the line of a script's name."""
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*$")
_NAME = re.compile(r"[a-z][a-z0-9_]*$")
_LANGUAGES: Final = {LANGUAGE: LANGUAGE}
"""The languages a script can be written in: that of the stock sentences."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Everything of a script but its steps."""

    slug: str
    title: str
    convener: str
    language: str
    keywords: tuple[str, ...]
    markers: tuple[Marker, ...]
    axes: tuple[str, ...]
    quotas: tuple[Quota, ...]


def read_heading(notebook: Notebook, entries: dict[str, Entry]) -> Heading:
    """Read the heading from the top level's entries by the code's names."""
    return Heading(
        slug=_read_slug(notebook, entries.get("slug")),
        title=_read_title(notebook, entries.get("title")),
        convener=_read_convener(notebook, entries.get("convener")),
        language=_read_language(notebook, entries.get("language")),
        keywords=_read_keywords(notebook, entries.get("keywords")),
        markers=_read_markers(notebook, entries.get("markers")),
        axes=_read_axes(notebook, entries.get("axes")),
        quotas=read_quotas(notebook, entries.get("quotas")),
    )


def read_service(notebook: Notebook, entry: Entry | None) -> None:
    """Read the stock sentences that a script says otherwise into the notebook's texts."""
    stock = [key.removeprefix("servicio/") for key in stock_texts()]
    for name, inner in read_table(notebook, entry, "un texto por línea, con su nombre").items():
        known = name if name in stock else find_close(name, stock)
        if known != name:
            notebook.report(
                "servicio-desconocido",
                inner.line,
                word=name,
                hint=hint(known),
                mended=notebook.replace(inner.line, name, known),
            )
        text = read_text(notebook, name, inner, "un texto entre comillas")
        if known and text:
            notebook.add_text(f"servicio/{known}", text, inner.line)


def read_sections(notebook: Notebook, entry: Entry | None) -> dict[str, Entry]:
    """Read the sections of steps by name; `StepReader` reads their steps where they are used."""
    named = read_table(notebook, entry, "una sección por línea, y debajo sus pasos")
    for name, inner in named.items():
        if not _NAME.match(name):
            notebook.report("nombre-invalido", inner.line, word=name, join="_")
    return named


def _require(notebook: Notebook, name: str, entry: Entry | None) -> str | None:
    word = spanish(TOP_LEVEL, name)
    if entry is None:
        notebook.report("falta-clave", 1, word=word)
        return None
    return read_text(notebook, word, entry, "un texto")


def _read_slug(notebook: Notebook, entry: Entry | None) -> str:
    slug = _require(notebook, "slug", entry)
    if entry:
        notebook.lines[SLUG_LINE] = entry.line
    if slug and entry and not _SLUG.match(slug):
        plain = re.sub(r"[^a-z0-9]+", "-", fold(slug)).strip("-")
        mended = notebook.replace(entry.line, slug, plain) if _SLUG.match(plain) else None
        notebook.report("nombre-invalido", entry.line, word=slug, join="-", mended=mended)
    return slug or ""


def _read_title(notebook: Notebook, entry: Entry | None) -> str:
    return _require(notebook, "title", entry) or ""


def _read_convener(notebook: Notebook, entry: Entry | None) -> str:
    word = spanish(TOP_LEVEL, "convener")
    return (entry and read_text(notebook, word, entry, "un texto")) or ""


def _read_language(notebook: Notebook, entry: Entry | None) -> str:
    if entry is None:
        return LANGUAGE
    word = spanish(TOP_LEVEL, "language")
    return read_word(notebook, word, entry, _LANGUAGES, "valor-desconocido") or LANGUAGE


def _read_keywords(notebook: Notebook, entry: Entry | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    words: list[str] = []
    for name, line in read_names(notebook, spanish(TOP_LEVEL, "keywords"), entry):
        words.append(fold(name))
        notebook.lines[f"palabras/{words[-1]}"] = line
    return tuple(dict.fromkeys(words))


def _read_markers(notebook: Notebook, entry: Entry | None) -> tuple[Marker, ...]:
    named = read_table(notebook, entry, "un marcador por línea, y debajo su «largo:»")
    return tuple(_read_marker(notebook, name, inner) for name, inner in named.items())


def _read_marker(notebook: Notebook, name: str, entry: Entry) -> Marker:
    notebook.lines[f"marcadores/{name}"] = entry.line
    if not _NAME.match(name):
        notebook.report("nombre-invalido", entry.line, word=name, join="_")
    parts: dict[str, Entry] = {}
    if isinstance(entry.value, Table):
        parts = notebook.take_entries(entry.value, MARKER)
    elif entry.value != Text(entry.value.line, ""):
        notebook.report("mal-formado", entry.line, expected="debajo «largo:» y «valor:»")
        return Marker(name, LONGEST_MARKER)
    longest, value = parts.get("length"), parts.get("value")
    number = longest and read_number(
        notebook, spanish(MARKER, "length"), longest, 1, LONGEST_MARKER
    )
    if longest is None:
        longest_line = f"{spanish(MARKER, 'length')}: {USUAL_MARKER}"
        mended = notebook.add_line(entry.line, longest_line)
        notebook.report("marcador-sin-largo", entry.line, word=name, mended=mended)
    said = value and read_text(notebook, spanish(MARKER, "value"), value, "un texto")
    if value is None:
        notebook.report("marcador-sin-valor", entry.line, word=name)
    elif said and number and len(said) > number:
        notebook.report("marcador-largo", value.line, word=name, length=len(said), limit=number)
    return Marker(name, number or 0, said or "")


def _read_axes(notebook: Notebook, entry: Entry | None) -> tuple[str, ...]:
    axes: list[str] = []
    for key, inner in read_table(notebook, entry, "un eje por línea, con su número").items():
        name = read_text(notebook, key, inner, "el nombre del eje")
        axes.append(key)
        if name:
            notebook.add_text(f"eje/{key}", name, inner.line)
    return tuple(axes)
