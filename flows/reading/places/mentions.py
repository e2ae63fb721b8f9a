"""Which places a message names, span by span."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from flows.reading.phrases import FILLER
from flows.reading.places.gazetteer import CONNECTORS, Strength, name_words, names, wordings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_NAME = 6
"""Words of the longest name."""
_SHORTEST_PIECE = 3
"""Letters of an abbreviated word: "sac", "jut"."""

AROUND = FILLER | frozenset(
    "vivo vive vivimos vivir resido residente domicilio ubicado ubicada municipio muni mpio munic "
    "municipalidad departamento depto dpto dep depa pueblo aca alla mero mera cabecera "
    "casco urbano ciudad "
    "area zona lugar originario originaria nuestro nuestra somos estamos estoy gente vecino vecina "
    "saludos desde lado parte actualmente ahorita en vos bendiciones".split()
)
"""Words around a place that say nothing against it."""

_SETTLEMENTS = frozenset(
    "aldea aldeas caserio colonia col barrio canton finca paraje residenciales residencial "
    "lotificacion sector calle avenida ruta carretera calzada bulevar callejon parcelamiento "
    "comunidad asentamiento condominio".split()
)
"""Before a name: it is that of a place inside a municipality."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A wording that names places: which, how strongly, and with what before it."""

    words: tuple[str, ...]
    codes: tuple[str, ...]
    strength: Strength
    cue: str = ""
    abbreviated: bool = False

    @property
    def is_inside(self) -> bool:
        """Tell whether it names a settlement rather than a municipality."""
        return self.cue in _SETTLEMENTS

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Give the municipalities it may mean."""
        if self.cue.startswith(("dep", "dpto")):
            return ()
        return tuple(code for code in self.codes if len(code) > 2)  # noqa: PLR2004

    @property
    def departments(self) -> tuple[str, ...]:
        """Give the departments it may mean."""
        if self.cue.startswith("muni"):
            return ()
        return tuple(code for code in self.codes if len(code) == 2)  # noqa: PLR2004


def find_mentions(words: Sequence[str]) -> tuple[list[Mention], list[str]]:
    """Find the places named, the longest wording at each place first.

    Returns:
        The mentions in order, and the words that are neither in one nor around one.
    """
    spelled = name_words(words)
    cues = _cues(words)
    mentions: list[Mention] = []
    unknown: list[str] = []
    at = 0
    while at < len(spelled):
        mention = _find_at(spelled, at, cues[at])
        if mention is None:
            if spelled[at] not in AROUND and spelled[at] not in _SETTLEMENTS:
                unknown.append(spelled[at])
            at += 1
        else:
            mentions.append(mention)
            at += len(mention.words)
    return mentions, unknown


def _cues(words: Sequence[str]) -> list[str]:
    """Give the word before each one, connectors apart."""
    kept = [word for word in words if word not in CONNECTORS]
    return ["", *kept]


def _find_at(spelled: Sequence[str], at: int, cue: str) -> Mention | None:
    for length in range(min(LONGEST_NAME, len(spelled) - at), 0, -1):
        span = tuple(spelled[at : at + length])
        known = wordings().get(span)
        if known is not None:
            return Mention(span, known[1], known[0], cue)
        if length > 1 and (codes := _find_abbreviated(span)):
            return Mention(span, codes, Strength.NAME, cue, abbreviated=True)
    return None


def _find_abbreviated(span: tuple[str, ...]) -> tuple[str, ...]:
    """Find the names whose words a span abbreviates, in order: "san pedro sac"."""
    found: list[str] = []
    for name, codes in _by_first().get(span[0][:_SHORTEST_PIECE], {}).items():
        if len(name) >= len(span) and all(map(_shortens, span, name)):
            found += codes
    return tuple(sorted(set(found)))


def _shortens(piece: str, word: str) -> bool:
    return piece == word or (len(piece) >= _SHORTEST_PIECE and word.startswith(piece))


@cache
def _by_first() -> Mapping[str, Mapping[tuple[str, ...], tuple[str, ...]]]:
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for name, codes in names().items():
        found.setdefault(name[0][:_SHORTEST_PIECE], {})[name] = codes
    return found
