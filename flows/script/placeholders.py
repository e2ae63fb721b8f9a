"""The placeholders that the house itself fills, each with the longest it can become.

A text is measured with every placeholder at its longest, so that what fits in the check fits
on every phone.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.catalogues import stock_texts
from flows.text.gsm7 import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import Script

PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")

LONGEST: Final[Mapping[str, int]] = MappingProxyType(
    {
        "folio": 7,  # flows.folio: six signs and a check sign
        "costo": 29,  # what a message costs here, by the channel's tariff
        "nombre": 40,  # an option's label, a place, a language
        "a": 40,  # a municipality with its department
        "b": 40,
        "min": 2,
        "numeros": 31,  # flows.limits: 0 to 10, with commas
        "max": 2,
        "n": 4,
        "total": 2,
        "fecha": 20,
        "url": 30,
        "tema": 30,
        "eje": 31,
        "linea": 40,
        "motivo": 40,
        "cambio": 25,
    }
)

EVERYWHERE: Final = frozenset({"folio", "costo", "url"})
"""What any text may use; the others belong to the service texts that have them."""

SAID: Final = ("/texto", "/luego")
"""The ends of the keys of what is said in whole, labels apart."""

DECLARABLE: Final = frozenset({"url"})
"""What a script may say itself."""


def find_placeholders(text: str) -> tuple[str, ...]:
    """Name the placeholders of a text, each once, in order."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def list_usable(key: str) -> frozenset[str]:
    """Name the placeholders that the house fills in the text of a key."""
    return EVERYWHERE.union(find_placeholders(stock_texts().get(key, "")))


def fill_longest(text: str, declared: Mapping[str, int]) -> str:
    """Put the longest there can be in place of each placeholder.

    Args:
        text: a source text.
        declared: placeholder -> longest length, beside those of the house.
    """
    longest = {**LONGEST, **declared}
    return PLACEHOLDER.sub(lambda found: "x" * longest.get(found[1], 0), text)


def write_longest(script: Script, texts: Mapping[str, str], key: str, language: str) -> str:
    """Write a text as it goes out by SMS at its longest, with the options of its question.

    Args:
        script: whose text it is.
        texts: by key, in one language.
        key: of the text.
        language: whose rule it is folded by.
    """
    declared = {marker.name: max(marker.longest, len(marker.value)) for marker in script.markers}
    step_id = key.partition("/")[0]
    step = next((asked for asked in script.menus if asked.id == step_id), None)
    options = step.options if step else ()
    labels = [f"{option} {texts.get(f'{step_id}/opcion.{option}', '')}" for option in options]
    text = fill_longest(texts[key], declared)
    return fold("\n".join([text, *labels]), language).text
