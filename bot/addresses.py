"""Phone numbers as people, operators and providers write them, made one: E.164."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import phonenumbers

from bot.messages import Address, Msisdn

if TYPE_CHECKING:
    from collections.abc import Iterable

HOME, HOME_DIGITS = "GT", 8
"""Where a number without a country code belongs, and how long it is."""

LONGEST_SENDER = 64
"""Longer than any number, name or id a provider sends (E.164: 16, GSM names: 11)."""

_E164 = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)
_WITHOUT_PLUS = re.compile(r"[1-9]\d{10,14}", re.ASCII)
_OPAQUE_ID = re.compile(r"[A-Za-z]{2}\.[A-Za-z0-9._-]{1,128}", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")
_MEXICAN_MOBILE = re.compile(r"\+521(\d{10})", re.ASCII)


def normalise(written: str, region: str = HOME) -> Msisdn | None:
    """Read a number as somebody wrote it: national, `00502…`, spaced, full-width digits.

    Numbers of any country are taken: phones with a Mexican, Salvadoran or Honduran SIM are
    common near the borders. Never for short codes: the library does not know operators' own.

    Returns:
        The number in E.164, or None for what is not a number that exists: letters (the
        library would dial `5555ABCD`), an extension, too short, an unassigned range.
    """
    if len(written) > LONGEST_SENDER or _LETTER.search(written):
        return None
    written = _without_old_mexican_prefix(re.sub(r"[\s().-]", "", written))
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return Msisdn(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def read_sender(sender: str) -> tuple[Address, bool]:
    """Read who a provider says a message is from.

    A number with its country code is taken as the provider gives it (it knows ranges newer
    than our tables); a national one, or one that lost its plus, is normalised.

    Returns:
        The address, and whether it may be answered: never a short code or a name, which
        belong to operators' machines, and machines that answer each other make loops.
    """
    if _E164.fullmatch(sender):
        return Address("tel", _without_old_mexican_prefix(sender)), True
    number = normalise(sender)
    if number is None and _WITHOUT_PLUS.fullmatch(sender):
        number = normalise(f"+{sender}")
    if number is None:
        return Address("tel", sender[:LONGEST_SENDER]), False
    return Address("tel", number), True


def read_whatsapp_sender(numbers: Iterable[str], ids: Iterable[str]) -> tuple[Address, bool] | None:
    """Read who wrote on WhatsApp: by number wherever there is one, else by an opaque id.

    Since people may hide their number behind a name, either may stand where the other is
    expected (`US.1234`, business-scoped). None where neither is anything.
    """
    for number in numbers:
        address, answerable = read_sender(number)
        if answerable:
            return address, True
    for opaque in ids:
        if _OPAQUE_ID.fullmatch(opaque):
            return Address("wa", opaque), True
    return None


def _without_old_mexican_prefix(number: str) -> str:
    # Until 2019 Mexican mobiles had a 1 after +52, and WhatsApp still writes it: the same
    # phone would be two people.
    return _MEXICAN_MOBILE.sub(r"+52\1", number)
