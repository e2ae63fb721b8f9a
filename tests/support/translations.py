"""A small consultation and its translation, for tests of what may be sent in which language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.catalogues.extraction import list_texts
from flows.catalogues.merging import make_catalogue
from flows.script.parse import read_script

if TYPE_CHECKING:
    from flows.catalogues.entries import Catalogue
    from flows.script.model import Script

SOURCE = """\
puente: 1
consulta: agua
titulo: "Agua"
idioma: es
palabras: [POZO]

pasos:
  - pregunta: inv
    tipo: consentimiento
    parte: 0
    texto: "¿Nos ayuda? {costo}"
    opciones:
      1: "Sí"
      2: "No"

  - pregunta: a1
    tipo: opcion
    texto: "¿Qué falta?"
    opciones:
      1: "Agua"
      2: "Luz"
      3: "1-2"

  - pregunta: b1
    tipo: opcion
    parte: 2
    texto: "¿Algo más?"
    opciones:
      1: "Sí, otra cosa | Otra cosa"
      2: "No"

  - mensaje: fin
    texto: "Gracias."
"""


def make_script(source: str = SOURCE) -> Script:
    script = read_script(source.encode(), name="guion.yaml").script
    assert script is not None
    return script


def translate_whole(script: Script, language: str = "quc", who: str = "ALMG") -> Catalogue:
    """Translate every text into itself, in brackets, and approve it."""
    catalogue = make_catalogue(language, script.slug, list_texts(script))
    entries = {
        key: replace(entry, translation=f"[{entry.source}]").approve(who, "2026-11-01")
        for key, entry in catalogue.entries.items()
    }
    return replace(catalogue, entries=entries)


def edit(catalogue: Catalogue, key: str, **changes: object) -> Catalogue:
    """Change one entry as a translator would in her programme."""
    entry = replace(catalogue.entries[key], **changes)  # type: ignore[arg-type] # of its fields
    return replace(catalogue, entries={**catalogue.entries, key: entry})
