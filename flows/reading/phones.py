"""Phone numbers as people dictate them; Guatemala's where no country is said."""

from __future__ import annotations

import re

import phonenumbers

from flows.reading.fold import fold
from flows.reading.phrases import DENIALS, LONGEST, is_skip, words_of
from flows.reading.result import Accepted, Reading, Rejected

COUNTRY = "GT"

_GLUED = re.compile(r"\b(tel|cel)(?=\d)")
_PARTED = re.compile(r"\b(\d{4})[_*,](\d{4})\b(?![_*,]\d)")
_OF_SOMETHING_ELSE = frozenset("nit dpi cui q quetzales".split())
"""Words beside a number of as many digits that nobody answers when it is called."""


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
    folded = _GLUED.sub(r"\1 ", fold(reply).replace("whatsapp:", " "))
    as_dialled = _PARTED.sub(r"\1-\2", folded)
    words = words_of(folded)
    if is_skip(words):
        return Accepted("0") if skippable else Rejected("cannot_skip")
    matcher = phonenumbers.PhoneNumberMatcher(as_dialled, COUNTRY)
    found = dict.fromkeys(
        phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        for match in matcher
    )
    if len(found) > 1:
        return Rejected("ambiguous", tuple(found))
    if not found:
        return Rejected("not_understood")
    is_doubtful = as_dialled != folded or (DENIALS | _OF_SOMETHING_ELSE) & set(words)
    return Accepted(next(iter(found)), certain=not is_doubtful)
