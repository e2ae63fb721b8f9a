"""What may be sent in which language: nothing that nobody reviewed (promise 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.catalogues.extraction import list_needed, list_texts
from flows.script.placeholders import find_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flows.catalogues.entries import Catalogue, Entry
    from flows.script.model import Script


def find_missing(script: Script, catalogue: Catalogue) -> Mapping[str, str]:
    """Map each text that keeps a language from being offered to why, in Spanish."""
    needed, texts = list_needed(script), list_texts(script)
    found = {}
    for key, source in texts.items():
        entry = catalogue.entries.get(key)
        why = "no está en el catálogo" if entry is None else _why(entry, source)
        if key in needed and why:
            found[key] = why
    return found


def find_offered(
    script: Script, catalogues: Iterable[Catalogue]
) -> Mapping[str, Mapping[str, str]]:
    """Map each language that may be offered to its texts by key.

    A question of part 2 is in it whole or not at all: languages are not mixed inside one.
    """
    texts = list_texts(script)
    return {
        catalogue.language: _list_approved(script, catalogue, texts)
        for catalogue in catalogues
        if not find_missing(script, catalogue)
    }


def _list_approved(
    script: Script, catalogue: Catalogue, texts: Mapping[str, str]
) -> Mapping[str, str]:
    approved = {
        key: catalogue.entries[key].translation
        for key, source in texts.items()
        if key in catalogue.entries and not _why(catalogue.entries[key], source)
    }
    for question in script.questions:
        own = [key for key in texts if key.startswith(f"{question.id}/") and "@" not in key]
        if not approved.keys() >= set(own):
            approved = {
                key: text for key, text in approved.items() if not key.startswith(f"{question.id}/")
            }
    return approved


_WHY = {
    "empty": "falta",
    "outdated": "el original cambió",
    "draft": "es un borrador",
    "unreviewed": "nadie la ha revisado",
    "edited": "cambió después de revisada",
}


def _why(entry: Entry, source: str) -> str:
    """Tell why a translation may not be sent; empty where it may."""
    if entry.source != source:
        return _WHY["outdated"] if entry.translation else _WHY["empty"]
    if entry.state != "approved":
        return _WHY[entry.state]
    if differs(entry):
        return "los marcadores no son los mismos"
    return ""


def differs(entry: Entry) -> bool:
    """Tell whether a translation has other placeholders than its original."""
    return {*find_placeholders(entry.source)} != {*find_placeholders(entry.translation)}
