"""The phones of one visitor. Their state stands in her cookies, never in an address or a log."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, get_args

from bot.addresses import normalise, read_sender
from bot.messages import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMS: tuple[Form, ...] = ("sms", "ussd", "whatsapp")
MOST_HOURS = 24 * 366
COOKIE_BYTES = 3000
"""Browsers keep 4,096 of a cookie, its name and attributes included."""

assert set(FORMS) == set(get_args(Form))  # noqa: S101 - checked once, on import


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone.

    Attributes:
        hours: how far its clock is ahead.
        dialog: the id of its USSD session; empty before the first.
        is_open: whether that session goes on.
        was_cut: whether it was cut off.
        said: the last reply, kept only where Puente itself keeps nothing of it.
        buttons: what can be tapped below the last message: what is sent, what is shown.
    """

    form: Form
    number: str = field(repr=False)
    hours: int = 0
    dialog: str = ""
    is_open: bool = False
    was_cut: bool = False
    said: tuple[str, ...] = field(default=(), repr=False)
    buttons: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def cookie(self) -> str:
        """Name the cookie this phone is kept in."""
        return f"puente_{self.form}"

    def to_cookie(self) -> str:
        """Write the phone for the visitor to keep."""
        written = base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()
        return replace(self, said=()).to_cookie() if len(written) > COOKIE_BYTES else written


def read_phone(form: Form, cookies: Mapping[str, str], chance: Callable[[int], int]) -> Phone:
    """Read a visitor's phone; a new one with a number of its own where she has none."""
    phone = _read(form, cookies.get(f"puente_{form}", ""))
    return phone or Phone(form, f"+5025555{chance(10_000):04}")


def renumber(phone: Phone, written: str) -> Phone | None:
    """Put another number into a phone; None where what was written is none.

    A session was the old number's.
    """
    number = normalise(written) or written.strip()
    if not read_sender(number)[1]:
        return None
    return phone if number == phone.number else Phone(phone.form, number, phone.hours)


def _read(form: Form, written: str) -> Phone | None:
    # Whatever a visitor makes of her cookie only changes her own phone.
    try:
        kept = json.loads(base64.urlsafe_b64decode(written))
        said = tuple(map(str, kept["said"]))
        buttons = tuple((str(digit), str(title)) for digit, title in kept["buttons"])
        phone = Phone(**{**kept, "form": form, "said": said, "buttons": buttons})
        is_sound = (
            read_sender(phone.number)[1]
            and type(phone.hours) is int
            and 0 <= phone.hours <= MOST_HOURS
            and isinstance(phone.dialog, str)
        )
    except (binascii.Error, ValueError, TypeError, KeyError):
        return None
    return phone if is_sound else None
