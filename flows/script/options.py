"""The options of a question: numbers, labels and their short forms."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.catalogues import stock_texts
from flows.script.fields import read_text
from flows.script.model import SKIPPED
from flows.script.tree import Entry, Items, Table, Text
from flows.script.words import ATTRIBUTES, KINDS, spanish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import QuestionKind
    from flows.script.notebook import Notebook

HIGHEST: Final = 99
_KEY = re.compile(r"0*([0-9]{1,2})$")

STOCK_LABELS: Final[Mapping[QuestionKind, tuple[str, ...]]] = MappingProxyType(
    {
        "consent": ("etiqueta_si", "etiqueta_no"),
        "yes_no": ("etiqueta_si", "etiqueta_no"),
        "permissions": ("permiso_dos", "permiso_publicar", "permiso_avisar", "permiso_ninguno"),
    }
)
"""What the options of a question say that leaves them out; it may have no others."""
_CHOOSING: Final = frozenset({"choice", "choices"})
_LEAST: Final = 2


def read_options(
    notebook: Notebook, step: str, line: int, kind: QuestionKind, entry: Entry | None
) -> tuple[str, ...]:
    """Read a question's options; labels go into the notebook's texts.

    Returns:
        The keys in authored order, `0` last.
    """
    word = spanish(ATTRIBUTES, "options")
    if entry is None:
        return _take_stock(notebook, step, line, kind)
    notebook.lines[f"{step}/{word}"] = entry.line
    if isinstance(entry.value, Text) and entry.value.text:
        expected = 'una opción por línea, con su número: «1: "Sí"»'
        notebook.report("mal-formado", entry.line, expected=expected)
        return ()
    keys = [_read_option(notebook, step, key, inner) for key, inner in _entries(notebook, entry)]
    read = list(dict.fromkeys(key for key in keys if key is not None))
    proper = [key for key in read if key != SKIPPED]
    if None not in keys:  # what has no number, or another's, is told by itself
        _count(notebook, step, kind, entry, len(proper))
    return (*proper, *([SKIPPED] if SKIPPED in read else []))


def _entries(notebook: Notebook, entry: Entry) -> list[tuple[str, Entry]]:
    if isinstance(entry.value, Table):
        return list(entry.value.entries.items())
    if isinstance(entry.value, Items):
        notebook.report("opciones-sin-numero", entry.line)
        return [
            (str(number), Entry(item.line, item))
            for number, item in enumerate(entry.value.items, 1)
        ]
    return []


def _count(notebook: Notebook, step: str, kind: QuestionKind, entry: Entry, count: int) -> None:
    stock = STOCK_LABELS.get(kind)
    if stock is not None and count != len(stock):
        notebook.report(
            "opciones-contadas", entry.line, kind=spanish(KINDS, kind), count=len(stock)
        )
    elif stock is None and count < _LEAST:
        notebook.report("falta-opciones", entry.line, step=step, least=_LEAST)


def _take_stock(notebook: Notebook, step: str, line: int, kind: QuestionKind) -> tuple[str, ...]:
    names = STOCK_LABELS.get(kind, ())
    for number, name in enumerate(names, 1):
        notebook.add_text(f"{step}/opcion.{number}", stock_texts()[f"servicio/{name}"], line)
    if kind in _CHOOSING:
        notebook.report("falta-opciones", line, step=step, least=_LEAST)
    return tuple(str(number) for number in range(1, len(names) + 1))


def _read_option(notebook: Notebook, step: str, key: str, entry: Entry) -> str | None:
    number = _KEY.match(key)
    if number is None:
        notebook.report("opcion-invalida", entry.line, word=key)
        return None
    digit = number[1]
    if not isinstance(entry.value, Text):
        read_text(notebook, key, entry, "el texto de la opción")
        return digit
    text = f"{step}/opcion.{digit}"
    if text in notebook.texts:
        first = notebook.lines[text]
        notebook.report("repetida", entry.line, word=key, first=first)
        return None
    label, *short = (part.strip() for part in entry.value.text.split("|"))
    if len(short) > 1:
        notebook.report("mal-formado", entry.line, expected="«texto largo | texto corto»")
    elif not label or (short and not short[0]):
        notebook.report("opcion-vacia", entry.line, word=digit)
    notebook.add_text(text, label, entry.line)
    if short:
        notebook.add_text(f"{text}@corto", short[0], entry.line)
    return digit
