"""Numbers as people write them in Guatemala: "1,234.50", "mil doscientos", "25 mil"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.reading.bounds import is_beyond
from flows.reading.fold import fold
from flows.reading.numerals import begins_below_nought, find_number
from flows.reading.phrases import FILLER, LONGEST, THANKS, is_doubtful, is_skip, words_of
from flows.reading.result import Accepted, Reading, Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURE = re.compile(r"\d[\d.,']*")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[,']\d{3})+(?:\.\d+)?")
_POINT = re.compile(r"\d+\.\d+")
_PLAIN = re.compile(r"\d+")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_COMMA = re.compile(r"\d+,\d{1,2}|\d+,\d{4,}")
_SPACED = re.compile(r"\b(\d{1,3})((?: \d{3})+)\b")
_THOUSAND_AND = re.compile(r"\b(?:(\d{1,3}) ?)?mil (\d{1,3})\b(?![.,]\d)")
_THOUSAND = re.compile(r"mil(?=\d)")
_THOUSANDS_IN_WORDS = re.compile(r"(?:[^\W\d]+ ){0,4}[^\W\d]*mil(?= \d{1,3}\b)")
_THOUSAND_FEW = re.compile(r"mil \d\b(?![.,]\d)")
""""2 mil 5" is 2005 to one and 2500 to another."""
_RANGE = re.compile(r"\d ?(?:-|/|a|o|u|hasta|y) ?\d")
_MORE_OR_LESS = re.compile(
    r"\bmas o menos\b|\b(?:por lo|al|cuando) menos\b|\b(?:mas|menos) de\b|\bo (?:mas|menos)\b"
    r"|\bpor ahi\b|\bvoy (?:para|por|a)\b"
)
_MINUS = re.compile(r"(?:(?:^|[ (\[])-|\bmenos) ?$")
_AND_A_HALF = re.compile(r"\b(\d{1,3}) (?:1/2|y medi[oa])\b")
_BARE_POINT = re.compile(r"\.\d")
_THOUSANDTHS = 3
_SCALES = {"mil": 1000, "millon": 1_000_000, "millones": 1_000_000}
_LOOSE_SCALES = {"docena": 12, "docenas": 12, "par": 2, "pares": 2, "cientos": 100, "cientas": 100}
"""What a number may stand before: "dos docenas", "un par", "cuatro cientos"."""
_NONE = re.compile(r"(?:ningun[oa]?s?|nadie|nada)\b|no (?:tengo|hay|tenemos)\b")
_SHORTEST_STORY = 5
"""Words from which on "no tengo …" says more than that there are none."""

_UNITS = frozenset(
    "q quetzal quetzales anos ano meses mes semanas semana dias dia horas hora minutos minuto veces "
    "vez personas persona hijos hijo hijas hija km kilometros kilometro metros metro manzanas cuerdas "
    "lempiras dolares por ciento porciento miembros integrantes tengo gano pago cada somos hay casi "
    "total son vivimos cumplidos edad mi la es al de".split()
)
_ABOUT = frozenset(
    "como unos unas aproximadamente aprox casi cerca mas menos alrededor creo".split()
)


def read_number(
    reply: str,
    low: int | None = None,
    high: int | None = None,
    language: str = "es",
    *,
    skippable: bool = False,
) -> Reading:
    """Read a number.

    Args:
        reply: as received.
        low, high: its bounds, inclusive; None leaves it unbounded.
        language: the conversation's.
        skippable: whether "no sé" leaves the question open; 0 is a number like any other.

    Returns:
        `Accepted` with plain decimal digits, a point before the fraction and no idle zeros:
        "1,234.50" is `1234.5`.
    """
    if len(reply) > LONGEST:
        return Rejected("not_understood")
    folded = fold(reply)
    words = words_of(folded)
    if is_skip(words) and words not in (["0"], ["cero"]):
        return Accepted("0") if skippable else Rejected("cannot_skip")
    found = _find(folded, language)
    if found is None:
        return Rejected("not_understood")
    value, certain = found
    certain = certain and not is_doubtful(folded)
    if (low is not None and value < low) or (high is not None and value > high):
        return Rejected("out_of_range")
    return Accepted(_write(value), certain=certain)


def _write(value: Decimal) -> str:
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _find(folded: str, language: str) -> tuple[Decimal, bool] | None:
    if is_beyond(folded, language):
        return None
    text = _THOUSAND.sub("mil ", THANKS.sub(" ", folded)).strip()
    about = "mil gracias" in folded and "," not in folded  # "5 mil gracias" may be 5,000
    about = about or (_MORE_OR_LESS.search(text) or _THOUSAND_FEW.search(text)) is not None
    text = _MORE_OR_LESS.sub(" ", text).replace("por ciento", " ").strip()
    text = _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    text = _THOUSANDS_IN_WORDS.sub(lambda found: _thousands(found[0], language), text)
    text = _THOUSAND_AND.sub(lambda parts: str(int(parts[1] or 1) * 1000 + int(parts[2])), text)
    text = f"0{text}" if _BARE_POINT.match(text) else text
    text = _AND_A_HALF.sub(r"\1.5", text)
    figures = _FIGURE.findall(text)
    if len(figures) > 1 or _RANGE.search(text):
        return None
    if not figures:
        words = words_of(text)
        found = _in_words(words, language) or _as_none(words)
        if found and found[0] > 0 and begins_below_nought(text, language):
            found = -found[0], found[1]
        return found and (found[0], found[1] and not about)
    read = _read_figure(figures[0].rstrip(".,'"))
    if read is None:
        return None
    value, certain = read
    before, _, after = text.partition(figures[0])
    rest = words_of(after)
    if rest and rest[0] in _SCALES:
        value, rest = _scale(value, _SCALES[rest[0]], rest[1:], language)
    around = words_of(before)
    beside = [find_number(around, at, language) for at in range(len(around))]
    named = {each[0] for each in beside if each}
    if not named <= {1, value}:  # "un" is no number, and "quince (15)" is one
        return None
    if _MINUS.search(before):
        value, around = -value, [word for word in around if word != "menos"]
    return value, certain and not about and _is_plain([*around, *rest])


def _thousands(words: str, language: str) -> str:
    """Write the thousands before figures in figures: "son dos mil" is "son 2 mil"."""
    said = words.split()
    for at in range(len(said)):
        found = find_number(said, at, language)
        if found is not None and found[1] == len(said) and said[at:] != ["mil"]:
            return " ".join([*said[:at], str(found[0] // _SCALES["mil"]), "mil"])
    return words


def _scale(value: Decimal, scale: int, rest: list[str], language: str) -> tuple[Decimal, list[str]]:
    """Multiply figures by the word after them, and add what follows: "2 mil quinientos"."""
    value *= scale
    if rest[:2] == ["y", "medio"]:
        return value + scale // 2, rest[2:]
    more = find_number(rest, 0, language) if rest else None
    if more is not None and _HUNDRED <= more[0] < scale:
        return value + more[0], rest[more[1] :]
    return value, rest


_HUNDRED = 100


def _as_none(words: Sequence[str]) -> tuple[Decimal, bool] | None:
    """Take "ninguno", or "no tengo hijos", for nought; never certain."""
    is_none = len(words) < _SHORTEST_STORY and _NONE.match(" ".join(words))
    return (Decimal(0), False) if is_none else None


def _read_figure(figure: str) -> tuple[Decimal, bool] | None:
    """Read figures as written here: comma for thousands, point for the fraction."""
    if _PLAIN.fullmatch(figure):
        return Decimal(figure), True
    if _GROUPED.fullmatch(figure):
        return Decimal(figure.replace(",", "").replace("'", "")), True
    if _POINT.fullmatch(figure):
        thousands = re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", figure)
        return Decimal(figure), thousands is None
    if _EUROPEAN.fullmatch(figure):
        return Decimal(figure.replace(".", "").replace(",", ".")), True
    if _COMMA.fullmatch(figure):
        return Decimal(figure.replace(",", ".")), len(figure.partition(",")[2]) < _THOUSANDTHS
    return None


def _in_words(words: Sequence[str], language: str) -> tuple[Decimal, bool] | None:
    numbers: list[Decimal] = []
    rest: list[str] = []
    is_loose = False
    at = 0
    while at < len(words):
        found = find_number(words, at, language)
        if found is None:
            rest.append(words[at])
            at += 1
        else:
            count, at = found
            if at < len(words) and words[at] in _LOOSE_SCALES:
                count, at, is_loose = count * _LOOSE_SCALES[words[at]], at + 1, True
                more = find_number(words, at, language) if at < len(words) else None
                if more is not None and more[0] < _HUNDRED:
                    count, at = count + more[0], more[1]
            numbers.append(Decimal(count))
    if len(numbers) != 1:
        return None
    value = numbers[0]
    if rest[-2:] == ["y", "medio"] or rest[-2:] == ["y", "media"]:
        half, is_half_plain = _half_of(value)
        value, rest, is_loose = value + half, rest[:-2], is_loose or not is_half_plain
    if rest[:1] == ["menos"]:
        value, rest = -value, rest[1:]
    return value, _is_plain(rest) and not is_loose


def _half_of(value: Decimal) -> tuple[Decimal, bool]:
    """Give what "y medio" adds to a number, and whether it can add nothing else."""
    if value and value % 1_000_000 == 0:
        return Decimal(500_000), True
    if value and value % 1000 == 0:
        return Decimal(500), False
    return Decimal("0.5"), True


def _is_plain(rest: Sequence[str]) -> bool:
    """Tell whether the words beside a number are such as stand beside one."""
    return not set(rest) & _ABOUT and set(rest) <= _UNITS | FILLER
