"""VINCULAR, or what a language has for it: a WhatsApp that hides its number joins it by a code.

The code is asked for on one side and typed on the other: by SMS or USSD there is a number, on
WhatsApp an opaque id. Eight digits, good for a quarter of an hour and for one use; five wrong
ones a day for each address make that one in four million for who guesses while five codes are
out. The sentences are the bot's own, in Spanish alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from flows import service
from flows.reading.fold import fold
from flows.service import Word
from storage.links import Joining, NewCode, Tries

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.messages import Address
    from bot.writing import Writing
    from storage.links import LinkLook
    from storage.records import Snapshot

DIGITS = 8
GOOD_FOR = timedelta(minutes=15)
TRIES = 5
TRIES_COUNT_FOR = timedelta(hours=24)

CODE = "Su código es {code}. Escriba VINCULAR {code} {where} antes de 15 minutos. No lo comparta."
ON_WHATSAPP, BY_SMS = "en su WhatsApp", "en un SMS desde su teléfono"
JOINED = "Listo: su WhatsApp y su número son uno. Siga donde se quedó; con AYUDA ve la pregunta."
OTHER_SIDE = "Ese código se escribe en su otro canal: {where}."
WRONG = "Ese código no es, ya se usó o venció. Pida otro: escriba VINCULAR en su otro canal."
TOO_MANY = "Demasiados códigos equivocados. Pruebe otra vez mañana."


@cache
def list_words() -> tuple[str, ...]:
    """List the words that ask for a code or bring one, folded, in every language that has any."""
    return tuple(sorted(service.list_words(Word.LINK)))


@cache
def _code() -> re.Pattern[str]:
    words = "|".join(map(re.escape, list_words()))
    return re.compile(rf"(?:{words})[\s.:]*((?:[0-9][\s-]*){{0,{2 * DIGITS}}})\.?")


@dataclass(frozen=True, slots=True)
class Linking:
    """What was sent with VINCULAR: a code, or nothing where one is asked for."""

    code: str = field(repr=False)


def read_linking(typed: str | None) -> Linking | None:
    """Read a message that is the word and nothing else but a code: it may stand in a proposal."""
    text = typed or ""
    if found := _code().fullmatch(fold(text).strip()):
        return Linking(re.sub(r"\D", "", found[1]))
    asked = service.find_service(text)  # which forgives signs and "por favor", as for any such word
    return Linking("") if asked is not None and asked.word is Word.LINK else None


def answer_linking(
    linking: Linking, address: Address, desk: Desk, snapshot: Snapshot, writing: Writing
) -> str:
    """Give a code out, or take one; give the sentence that says what came of it."""
    contact = snapshot.contact
    if not linking.code:
        code = f"{desk.chance(10**DIGITS):0{DIGITS}d}"
        writing.change(code=NewCode(code, writing.now + GOOD_FOR))
        return CODE.format(code=code, where=_other(address))
    look = desk.look_up_code(address, contact.id if contact else None, linking.code, writing.now)
    tries = look.tries
    if writing.now - tries.since >= TRIES_COUNT_FOR:
        tries = Tries(writing.now, 0)
    if tries.count >= TRIES:
        return TOO_MANY
    if look.issuer is not None and contact is not None and look.issuer.contact_id == contact.id:
        return OTHER_SIDE.format(where=_other(address))
    joining = _join(look, writing)
    if joining is None:
        writing.change(tries=Tries(tries.since, tries.count + 1))
        return WRONG
    writing.change(joining=joining)
    return JOINED


def _join(look: LinkLook, writing: Writing) -> Joining | None:
    """Say which contact goes into which; None unless exactly one of them has a number."""
    issuer = look.issuer
    if issuer is None or issuer.has_number == look.has_number:
        return None
    ids = (writing.contact_id, issuer.contact_id)
    number_id, opaque_id = ids if look.has_number else reversed(ids)
    return Joining(writing.make_id(), issuer.contact_id, issuer.hash, number_id, opaque_id)


def _other(address: Address) -> str:
    return ON_WHATSAPP if address.scheme == "tel" else BY_SMS
