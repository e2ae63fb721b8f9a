"""A RapidPro definition as we look at it: its nodes, whatever else stands in the file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from flows.exchange.rapidpro import LANGUAGES, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.exchange.imported import Ledger

LARGEST: Final = 10_000_000
"""Bytes of a file; a flow of 100 nodes in five languages has 300 KB."""
MOST_NODES: Final = 2000
"""Nodes of a flow: ten times what anybody would answer."""
SHOWN: Final = 40
"""Letters of a node's text by which it is called."""


@dataclass(frozen=True)
class Exit:
    """A way out of a node: the node it leads to, and the categories that take it."""

    target: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """One node; what is missing or of another shape counts as empty."""

    raw: Mapping[str, Any]

    @property
    def uuid(self) -> str:
        """Give what other nodes call it."""
        return str(self.raw.get("uuid", ""))

    @cached_property
    def actions(self) -> tuple[Mapping[str, Any], ...]:
        """Give its actions in order."""
        return tuple(_dicts(self.raw.get("actions")))

    @cached_property
    def router(self) -> Mapping[str, Any]:
        """Give how it splits; empty where it does not."""
        return _dict(self.raw.get("router"))

    @property
    def waits(self) -> bool:
        """Tell whether it waits for an answer."""
        return bool(self.router.get("wait"))

    @property
    def hint(self) -> str:
        """Tell what kind of answer it waits for, or nothing."""
        return str(_dict(_dict(self.router.get("wait")).get("hint")).get("type", ""))

    @cached_property
    def categories(self) -> tuple[Mapping[str, Any], ...]:
        """Give the categories that answers fall in."""
        return tuple(_dicts(self.router.get("categories")))

    @cached_property
    def cases(self) -> tuple[Mapping[str, Any], ...]:
        """Give the tests that put an answer into a category."""
        return tuple(_dicts(self.router.get("cases")))

    @property
    def default(self) -> str:
        """Name the category of what no test takes."""
        return str(self.router.get("default_category_uuid", ""))

    @property
    def timeout(self) -> str:
        """Name the category of who does not answer, or nothing."""
        timeout = _dict(_dict(self.router.get("wait")).get("timeout"))
        return str(timeout.get("category_uuid", ""))

    @cached_property
    def exits(self) -> tuple[Exit, ...]:
        """Give its ways out."""
        return tuple(
            Exit(
                str(found.get("destination_uuid") or ""),
                tuple(
                    str(one.get("uuid", ""))
                    for one in self.categories
                    if one.get("exit_uuid") == found.get("uuid")
                ),
            )
            for found in _dicts(self.raw.get("exits"))
        )

    @cached_property
    def where(self) -> str:
        """Call it by what it says or asks, for whom reads a problem."""
        texts = (str(one.get("text", "")) for one in self.actions if one.get("text"))
        name = next(texts, "") or str(self.router.get("result_name", "")) or self.uuid[:8]
        return f"nodo «{' '.join(name.split())[:SHOWN]}»"


@dataclass(frozen=True)
class Definition:
    """One flow of a file, and the words that start it."""

    raw: Mapping[str, Any]
    keywords: tuple[str, ...]

    @property
    def name(self) -> str:
        """Give the flow's name."""
        return str(self.raw.get("name", ""))

    @cached_property
    def language(self) -> str:
        """Give our code of the language its texts are in."""
        return find_code(str(self.raw.get("language", "")))

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Give the nodes by uuid, the first one the entry."""
        return {str(raw.get("uuid", "")): Node(raw) for raw in _dicts(self.raw.get("nodes"))}

    @cached_property
    def localization(self) -> Mapping[str, Mapping[str, Any]]:
        """Give the translations: our code -> uuid -> field -> texts."""
        found = _dict(self.raw.get("localization"))
        return {find_code(str(code)): _dict(texts) for code, texts in found.items()}

    def translate(self, language: str, uuid: str, what: str, place: int = 0) -> str:
        """Find the translation of one text, or nothing."""
        texts = _dict(self.localization.get(language, {}).get(uuid)).get(what)
        found = texts[place] if isinstance(texts, list) and place < len(texts) else ""
        return read_text(found)


def find_code(letters: str) -> str:
    """Give our code of a language from RapidPro's three letters."""
    return LANGUAGES.get(letters, letters)


def read_text(value: object) -> str:
    """Give a text that may stand in a quick reply of specification 14."""
    if isinstance(value, dict):
        value = value.get("text", "")
    return value.strip() if isinstance(value, str) else ""


def read_definition(raw: bytes, ledger: Ledger) -> Definition | None:
    """Read a file; None where there is no flow of a version we know."""
    if len(raw) > LARGEST:
        ledger.report("flujo-grande", "", limit=MOST_NODES)
        return None
    try:
        whole = _dict(json.loads(raw))
    except (ValueError, RecursionError) as error:
        where = f"línea {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        ledger.report("no-es-json", where)
        return None
    flows = list(_dicts(whole.get("flows"))) or ([whole] if "nodes" in whole else [])
    if not flows:
        ledger.report("falta-flujo", "")
        return None
    flow = flows[0]
    if len(flows) > 1:
        ledger.report("varios-flujos", "", count=len(flows), word=flow.get("name", ""))
    version = str(flow.get("spec_version") or whole.get("version") or "")
    if version.partition(".")[0] not in VERSIONS:
        ledger.report("version-ajena", "", word=version or "?")
        return None
    definition = Definition(flow, tuple(_find_keywords(whole, flow)))
    if len(definition.nodes) > MOST_NODES:
        ledger.report("flujo-grande", "", limit=MOST_NODES)
        return None
    return definition


def _find_keywords(whole: Mapping[str, Any], flow: Mapping[str, Any]) -> Iterator[str]:
    for trigger in _dicts(whole.get("triggers")):
        if _dict(trigger.get("flow")).get("uuid") == flow.get("uuid"):
            words = trigger.get("keywords") or [trigger.get("keyword")]
            yield from (word for word in words if isinstance(word, str) and word)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())
