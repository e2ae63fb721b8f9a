"""Read where a person lives out of what she wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.reading.phrases import DENIALS, is_skip, split_words
from flows.reading.places.gazetteer import SAINTS, Strength, name_words, places, wordings
from flows.reading.places.guessing import guess
from flows.reading.places.mentions import Mention, find_mentions
from flows.reading.result import Accepted, Reading, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Level = Literal["department", "municipality"]

_ELSEWHERE = frozenset(
    "mexico honduras salvador belice estados unidos usa eeuu nicaragua chiapas tapachula "
    "angeles canada espana houston miami".split()
)
"""Words that name places abroad: a name beside one is not ours."""

_HESITATIONS = frozenset(
    "naci nacido nacida era vivia cerca trabajo trabajaba estudio entre tal vez quizas creo antes "
    "mude mudamos".split()
)
"""Words that leave open whether she lives there."""

_COMMON = frozenset(
    "flores paz alto altos union casas independencia reforma libertad democracia esperanza jesus "
    "cuesta golfo rodeo idolo maquina minas naranjo palo gordo milpas altas aguas calientes laguna "
    "lima visitacion bautista costa progreso seca vieja blanca blanco bravo hondo agua rio cruces "
    "amates monjas pastores morales dolores casillas granados oratorio playa grande antigua viejo "
    "capital adelanto tejar palmar rodeo concepcion jerez catarina toto alta baja quetzal tumbador "
    "ciudad puerto nueva nuevo villa pueblo".split()
)
"""Words of names that are also everyday words: beside words we do not know, uncertain."""

_COUNTRY = ("guatemala",)


def read_place(
    reply: str,
    *,
    level: Level | None = None,
    within: str = "",
    skippable: bool = False,
) -> Reading:
    """Read a department or a municipality.

    Args:
        reply: as received.
        level: what is asked for; None takes either, the municipality where both fit.
        within: a department's code: only its municipalities are meant.
        skippable: whether 0, or "no sé", leaves the question open.

    Returns:
        `Accepted` with INE's code, two digits for a department and four for a municipality;
        `ambiguous` with the codes where several places fit.
    """
    words = split_words(reply)
    if not words:
        return Rejected("not_understood")
    if is_skip(words):
        return Accepted("0") if skippable else Rejected("cannot_skip")
    if set(words) & _ELSEWHERE:
        return Rejected("not_understood")
    mentions, unknown = find_mentions(words)
    proper = [mention for mention in mentions if not mention.is_inside]
    doubtful = bool(set(words) & (_HESITATIONS | DENIALS)) or not proper
    mentions = proper or mentions
    if not mentions:
        return _guess(words, level, within)
    codes = _at_level(_resolve(mentions, level), level)
    inside = [code for code in codes if code.startswith(within)]
    if not inside:
        return Rejected("out_of_range")
    if len(inside) > 1:
        return Rejected("ambiguous", tuple(inside))
    code = inside[0]
    if unknown and level != "department" and len(mentions) == 1 and _may_be_department(mentions[0]):
        nearer = [found for found in guess(unknown, code[:2]) if len(found) > 2]  # noqa: PLR2004
        if nearer:
            return _asked(nearer)
    certain = not doubtful and _is_certain(mentions, code, unknown, level, within)
    return Accepted(code, certain=certain)


def _resolve(mentions: Sequence[Mention], level: Level | None) -> list[str]:
    """Find the places that all mentions together can mean: a municipality and its department."""
    if len(mentions) == 1:
        return _alone(mentions[0], level)
    fitting = _consistent(mentions)
    if not fitting:
        ours = [mention for mention in mentions if mention.words != _COUNTRY]
        if len(ours) < len(mentions) and ours:
            return _resolve(ours, level)
        return _unique(code for mention in mentions for code in _alone(mention, level))
    return fitting


def _consistent(mentions: Sequence[Mention]) -> list[str]:
    return _unique(
        code
        for at, mention in enumerate(mentions)
        for code in mention.municipalities
        if all(
            code[:2] in other.departments or code in other.municipalities
            for place, other in enumerate(mentions)
            if place != at
        )
    )


def _alone(mention: Mention, level: Level | None) -> list[str]:
    """Choose between a municipality and a department of one name."""
    towns, departments = mention.municipalities, mention.departments
    if level == "department" and departments:
        return list(departments)
    if not towns or not departments:
        return list(towns or departments)
    own = [code for code in towns if code[:2] in departments]
    if own:
        return own
    return list(towns) if level == "municipality" else [*departments, *towns]


def _at_level(codes: Sequence[str], level: Level | None) -> list[str]:
    return _unique(code[:2] for code in codes) if level == "department" else list(codes)


def _may_be_department(mention: Mention) -> bool:
    return bool(mention.departments)


def _is_certain(
    mentions: Sequence[Mention], code: str, unknown: Sequence[str], level: Level | None, within: str
) -> bool:
    if len(mentions) > 1:
        return True
    mention = mentions[0]
    telling = [word for word in mention.words if word not in _COMMON | SAINTS]
    if unknown and (not telling or mention.strength is Strength.PART or mention.departments):
        return False
    if level == "department":
        return mention.strength is Strength.NAME or bool(telling)
    if mention.strength is Strength.PART:
        return bool(telling) and len("".join(telling)) > 3  # noqa: PLR2004 - "paz"
    if within or mention.abbreviated:
        return True
    if mention.departments and code[:2] not in mention.departments:
        return False
    return not _has_rivals(mention.words, code)


def _has_rivals(words: tuple[str, ...], code: str) -> bool:
    """Tell whether a saint's name alone is how people shorten other names too."""
    if words[0] not in SAINTS or len(code) == 2:  # noqa: PLR2004 - a department
        return False
    return any(
        other[: len(words)] == words and len(other) > len(words) and code not in codes
        for other, (strength, codes) in wordings().items()
        if strength is Strength.NAME
    )


def _guess(words: Sequence[str], level: Level | None, within: str) -> Reading:
    return _asked(_at_level(guess(name_words(words), within), level))


def _asked(codes: Sequence[str]) -> Reading:
    """Ask back: which of these, or whether this one."""
    towns = [code for code in codes if len(code) > 2]  # noqa: PLR2004 - a municipality
    codes = [
        code
        for code in codes
        if not any(
            town.startswith(code) and _same_name(town, code) for town in towns if town != code
        )
    ]
    if not codes:
        return Rejected("not_understood")
    if len(codes) > 1:
        return Rejected("ambiguous", tuple(codes))
    return Accepted(codes[0], certain=False)


def _same_name(one: str, other: str) -> bool:
    return places()[one].name == places()[other].name


def _unique(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))
