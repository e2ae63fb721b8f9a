"""What comes of a foreign document: a script to go on with, and what is left to mend."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.exchange.problems import make_foreign
from flows.script.model import Script
from flows.script.versions import CURRENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.exchange.problems import ForeignProblem
    from flows.script.model import Marker, Quota, Step


@dataclass(frozen=True, slots=True)
class Imported:
    """A script as far as it could be brought across.

    Attributes:
        script: to be written down and checked like any other.
        translations: language -> text key -> text; nobody has reviewed them.
        problems: what did not come across.
    """

    script: Script
    translations: Mapping[str, Mapping[str, str]]
    problems: tuple[ForeignProblem, ...]


@dataclass(slots=True)
class Ledger:
    """Filled by whoever reads a foreign document, then closed into `Imported`."""

    problems: list[ForeignProblem] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    convener: str = ""
    keywords: tuple[str, ...] = ()
    markers: tuple[Marker, ...] = ()
    axes: tuple[str, ...] = ()
    quotas: tuple[Quota, ...] = ()

    def report(self, code: str, where: str, **words: object) -> None:
        """Note what did not come across; see `make_foreign`."""
        self.problems.append(make_foreign(code, where, **words))

    def translate(self, language: str, key: str, text: str) -> None:
        """Note a translation."""
        self.translations.setdefault(language, {})[key] = text

    def close(self, slug: str, title: str, language: str) -> Imported:
        """Give what came across."""
        script = Script(
            spec=CURRENT,
            slug=slug,
            title=title,
            language=language,
            convener=self.convener,
            keywords=self.keywords,
            steps=tuple(self.steps),
            markers=self.markers,
            axes=self.axes,
            quotas=self.quotas,
            texts=MappingProxyType(self.texts),
        )
        return Imported(script, MappingProxyType(self.translations), tuple(self.problems))
