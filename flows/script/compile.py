"""From a script to a flow: its own texts over the stock sentences."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.catalogues import stock_texts
from flows.flow import Flow
from flows.script.model import Jump, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import Script


def make_flow(
    script: Script,
    translations: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    voices: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Flow:
    """Make a script ready to run in its own language and in those that may be offered.

    Args:
        script: the structure, with the texts of its own language.
        translations: language -> texts by key, all of them approved
            (`flows.catalogues.offering`).
        voices: language -> key of a text -> the file it is read aloud in.

    Each stock sentence stands unless the script says it otherwise. A message, a pause or an
    end without words of its own says the service text of its name.
    """
    return Flow(
        script=script,
        texts=MappingProxyType({**translations, script.language: _merge_texts(script)}),
        values=MappingProxyType({marker.name: marker.value for marker in script.markers}),
        voices=voices,
    )


def _merge_texts(script: Script) -> Mapping[str, str]:
    # A sentence of the script's own also stands for the stock's wording on one channel.
    stock = {
        key: text
        for key, text in stock_texts().items()
        if key.partition("@")[0] not in script.texts
    }
    texts = {**stock, **script.texts}
    for step in script.steps:
        said = texts.get(f"servicio/{step.id}")
        if said is not None and not isinstance(step, Question | Jump):
            texts.setdefault(f"{step.id}/texto", said)
    return MappingProxyType(texts)
