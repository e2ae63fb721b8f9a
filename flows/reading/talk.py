"""What is said beside an answer: a greeting, a question back, that one has had enough."""

from __future__ import annotations

import re

from flows.reading.fold import fold
from flows.reading.phrases import LONGEST, words_of

_GREETINGS = frozenset(
    "hola ola buenos buenas buen dia dias tardes noches saludos que tal aqui muy seño seno "
    "señor senor señora senora licenciado licenciada estimados".split()
)
_ASKING = (
    "quien es",
    "quienes son",
    "quien habla",
    "quien me escribe",
    "de parte de quien",
    "de donde",
    "que es",
    "que quieren",
    "para que",
    "por que",
    "cuanto cuesta",
    "cuanto me cobran",
    "cuanto vale",
    "es gratis",
    "como le hago",
    "como hago",
    "como contesto",
    "no entiendo",
    "no entendi",
    "no le entiendo",
)

_WEARY = (
    "ya no quiero",
    "ya no me",
    "ya no sigo",
    "no quiero seguir",
    "no quiero contestar mas",
    "no quiero participar",
    "no tengo tiempo",
    "no molest",
    "no me molest",
    "no me escriban",
    "dejen de",
    "deje de",
)


FEWEST_WORDS = 4
LONGEST_MESSAGE = 2_000


def is_greeting(text: str) -> bool:
    """Tell whether a whole message only says hello."""
    words = re.findall(r"[^\W\d_]+", fold(text[:LONGEST]))
    return bool(words) and len(text) <= LONGEST and _GREETINGS.issuperset(words)


def is_question(text: str) -> bool:
    """Tell whether a message asks us something: who we are, what it costs, what to do."""
    folded = fold(text)
    return bool(words_of(folded)) and (
        folded.endswith("?") or folded.lstrip("¿ ").startswith(_ASKING)
    )


def is_message(text: str) -> bool:
    """Tell whether a text says something to somebody, in whatever language.

    Who picks an answer writes a figure or a word or two; who complains, tells or asks for help
    writes a sentence.
    """
    words = re.findall(r"[^\W\d_]{2,}", text[:LONGEST_MESSAGE])
    return len(words) >= FEWEST_WORDS and not is_greeting(text)


def is_weary(text: str) -> bool:
    """Tell whether somebody seems to want to stop, in words that are no STOP word.

    They silence nobody and answer nothing: she is told which word does.
    """
    return fold(text[:LONGEST]).startswith(_WEARY)
