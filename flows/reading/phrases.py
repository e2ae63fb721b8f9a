"""The words around an answer: what people say with it that adds nothing, or takes it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 240
"""Letters of an answer that names an option, a number or a date; a longer one tells a story,
and nothing is read out of it. It also bounds what any reader spends on one message."""

_LONGEST_FIGURE = 9
"""Digits of the longest number that is read without a look at anything else."""

_ORDINAL_SIGN = re.compile(r"(\d)(?:°|er[oa]?\b|[rdtmv][oa]\b|(?<=9)n[oa]\b)")
_THOUSANDS = re.compile(r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
_GREETING = re.compile(r"\b(?:buen[oa]s?|feliz|lindo) (?:dias?|tardes?|noches?)\b")
THANKS = re.compile(r"\b(?:(?:mil y )?(?:un )?millon(?:es)? de|mil) gracias\b")
"""Thanks with a number in them that is none: "5, mil gracias"."""
_WORD = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*'?")

FILLER = frozenset(
    "a al ahi ay aqui bueno buenas buenos con creo que de del digo diria "
    "disculpe el ella ellas ellos elijo escojo ese esa eso esta este es entonces eh em favor "
    "fue gracias gusta gustaria hola inciso item la las le les lo los mas mande marco mejor mi mia "
    "me mire mio mucha muchas n nada numero num nro opcion opciones opc op para parece pienso pues "
    "pongo ponga pongale por porfa porfavor porfis prefiero pregunta primero "
    "quedo quiero quisiera r resp respondo respuesta respuestas res seleccion selecciono selecciona seño "
    "senor senora senorita ser seria sera solo solamente soy su tambien te tengo un una usted va "
    "vaya voto voy ya yo y".split()
) - {"mas", "nada", "primero", "tambien", "n"} | {"n°", "seno"}
"""Words that may stand beside an option's number or name without changing it."""

STOPWORDS = frozenset("a al con de del e el en la las lo los o para por que se su un una y".split())
"""Words too common for one option alone to be meant by them."""

ARTICLES = frozenset("a al de del el en es la las lo los para por que soy un una".split())
"""Words that a label has for grammar's sake: "con cita" and "sin cita" differ by theirs."""

DENIALS = frozenset("no ni nunca menos excepto salvo sin tampoco quitando jamas nel".split())
"""Words that turn an answer round, so that nothing beside them is certain."""

_SKIPS = frozenset(
    {
        "0",
        "cero",
        "no se",
        "nose",
        "no lo se",
        "no se que decir",
        "no sabe",
        "no sabria",
        "no sabria decir",
        "no sabria decirle",
        "ns",
        "nr",
        "ns nr",
        "paso",
        "yo paso",
        "pasar",
        "pase",
        "saltar",
        "omitir",
        "siguiente",
        "sin respuesta",
        "no respuesta",
        "ni idea",
        "no tengo idea",
        "no tengo ni idea",
        "quien sabe",
        "saber",
        "a saber",
        "prefiero no decir",
        "prefiero no decirlo",
        "prefiero no contestar",
        "prefiero no responder",
        "prefiero no opinar",
        "no quiero decir",
        "no quiero decirlo",
        "no quiero contestar",
        "no quiero responder",
        "no deseo contestar",
        "no deseo responder",
        "no deseo decir",
        "no contesto",
        "no respondo",
        "no opino",
        "no aplica",
        "skip",
    }
)


def words_of(folded: str) -> list[str]:
    """Cut a folded text into words and figures; signs and emoji are no words, 2da is 2."""
    plain = THANKS.sub(" ", _GREETING.sub(" ", folded))
    if "," in plain:
        plain = _THOUSANDS.sub(lambda figure: figure[0].replace(",", ""), plain)
    return _WORD.findall(_ORDINAL_SIGN.sub(r"\1 ", plain).replace("n°", " "))


def is_figure(reply: str) -> bool:
    """Tell whether a whole reply is a number in plain digits, as most are.

    It has no letter and no sign, so that no word, no label's name, no doubt and no language
    needs to be looked for in it.
    """
    return reply.isdecimal() and reply.isascii() and len(reply) <= _LONGEST_FIGURE


def split_words(reply: str) -> list[str] | None:
    """Fold a reply and cut it into words; None where it is longer than any answer."""
    if is_figure(reply):
        return [reply]
    if len(reply) > LONGEST:
        reply = reply.strip()
        if len(reply) > LONGEST:
            return None
    return words_of(fold(reply))


_DOUBTS = re.compile(
    r"\?|\ba lo mejor\b|\b(?:tal ?ve[sz]|ta?lves|[qk]ui[zs]as?)\b|\ba las \d|[<>~]|\d ?\+(?! ?\d)"
)


def is_doubtful(reply: str) -> bool:
    """Tell whether a reply asks or hedges: "¿la 2?", "a lo mejor 5", "10+"."""
    return _DOUBTS.search(fold(reply.strip()[:LONGEST])) is not None


def find_correction(words: Sequence[str]) -> list[str] | None:
    """Give what stands in place of what was denied: "no la 2 sino la 3"."""
    after = "".join("|" if word == "sino" else " " for word in words).rfind("|") + 1
    return list(words[after:]) if 0 < after < len(words) else None


def is_skip(words: Sequence[str]) -> bool:
    """Tell whether the whole reply leaves the question open: `0`, "no sé", "paso"."""
    if not _OF_SKIPS.issuperset(words):
        return False
    if _joined(words) in _SKIPS:
        return True
    polite = [word for word in words if word not in _POLITE]
    return _joined(polite) in _SKIPS


_POLITE = frozenset("por favor porfa gracias pues la verdad fijese disculpe usted seno".split())

_OF_SKIPS = _POLITE | {"00", "000"} | {word for skip in _SKIPS for word in skip.split()}
"""Every word that there can be in such a reply."""


def _joined(words: Sequence[str]) -> str:
    joined = " ".join(words)
    return "0" if joined in {"00", "0 0", "000"} else joined
