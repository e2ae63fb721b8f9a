"""How people word an answer: a digit, "la 2", the label; in capitals, without accents."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from puente.citizens.people import pick

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from puente.citizens.people import Person
    from puente.citizens.screen import Option

_TILDE = "\N{COMBINING TILDE}"
_NUMBER_WORDS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
_YES = ("si", "sí", "si pues", "claro que si", "si con gusto", "Sí.")
_NO = ("no", "No", "no gracias", "fijese que no")
_STOPS = ("BAJA", "baja", "Salir", "ALTO", "no mas", "baja por favor", "STOP")


def word_option(option: Option, person: Person, chance: Callable[[int], int]) -> str:
    """Word the choice of one option."""
    if not person.writes or option.digit == "0":
        return (option.digit, f"{option.digit}.", f" {option.digit}", f"{option.digit})")[
            pick([90, 4, 3, 3], chance)
        ]
    label = option.label.rstrip(".")
    if label.casefold() in {"sí", "si"}:
        return _YES[chance(len(_YES))]
    if label.casefold() == "no":
        return _NO[chance(len(_NO))]
    wordings = (f"la {option.digit}", f"opcion {option.digit}", f"{option.digit} {label}", label)
    return style(wordings[chance(len(wordings))], person)


def word_options(options: Sequence[Option], person: Person, chance: Callable[[int], int]) -> str:
    """Word the choice of several options."""
    digits = [option.digit for option in options]
    if len(digits) == 1:
        return word_option(options[0], person, chance)
    if person.writes and chance(2):
        return style(" y ".join(option.label for option in options), person)
    last = f"{', '.join(digits[:-1])} y {digits[-1]}"
    wordings = (" ".join(digits), ",".join(digits), ", ".join(digits), last)
    return wordings[chance(len(wordings))]


def word_number(number: int, person: Person, chance: Callable[[int], int]) -> str:
    """Word a number; those of one digit also in letters."""
    if not person.writes or number >= len(_NUMBER_WORDS):
        return str(number)
    wordings = (f"un {number}", _NUMBER_WORDS[number], f"le doy {number}")
    return wordings[chance(len(wordings))]


def word_place(person: Person, chance: Callable[[int], int]) -> str:
    """Word where she lives; now and then a letter is missing."""
    place = person.municipality
    wordings = (
        place,
        f"{place}, {person.department}",
        f"vivo en {place}",
        f"en {place}",
        place[:-1],
    )
    return style(wordings[pick([62, 18, 10, 4, 6], chance)], person)


def word_leaving(chance: Callable[[int], int]) -> str:
    """Word that she wants to leave."""
    return _STOPS[chance(len(_STOPS))]


def word_nonsense(chance: Callable[[int], int]) -> str:
    """Word what is no answer to anything."""
    wordings = ("??", "no entiendo", "como asi", "99", "quien es", "buenas tardes", "x")
    return wordings[chance(len(wordings))]


def style(text: str, person: Person) -> str:
    """Type a text as this person types."""
    if not person.accents:
        # ñ stays: every phone sold here has it.
        signs = unicodedata.normalize("NFD", text)
        kept = (sign for sign in signs if sign == _TILDE or not unicodedata.combining(sign))
        text = unicodedata.normalize("NFC", "".join(kept))
    if person.case == "lower":
        return text.lower()
    return text.upper() if person.case == "upper" else text
