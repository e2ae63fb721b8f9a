"""What is said beside an answer: a greeting, a question back. Nobody is misunderstood by it."""

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
