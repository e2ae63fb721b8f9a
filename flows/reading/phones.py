"""Phone numbers as people dictate them; Guatemala's where no country is said."""

from __future__ import annotations

import phonenumbers

from flows.reading.fold import fold
from flows.reading.phrases import DENIALS, LONGEST, is_skip, words_of
from flows.reading.result import Accepted, Reading, Rejected

COUNTRY = "GT"


def read_phone(reply: str, *, skippable: bool = False) -> Reading:
    """Read a telephone number.

    Never for an operator's short code (2020, 1500): those are no numbers to the library's
    metadata, and nobody can be called back on one.

    Returns:
        `Accepted` in E.164, "+50255551234", and asked back in "ya no uso el 5555 1234";
        `ambiguous` where two different ones stand there.
    """
    if len(reply) > LONGEST:
        return Rejected("not_understood")
    folded = fold(reply).replace("whatsapp:", " ")
    words = words_of(folded)
    if is_skip(words):
        return Accepted("0") if skippable else Rejected("cannot_skip")
    matcher = phonenumbers.PhoneNumberMatcher(folded, COUNTRY)
    found = dict.fromkeys(
        phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        for match in matcher
    )
    if len(found) > 1:
        return Rejected("ambiguous", tuple(found))
    if not found:
        return Rejected("not_understood")
    return Accepted(next(iter(found)), certain=not DENIALS & set(words))
