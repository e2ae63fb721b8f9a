"""How people can write in: the numbers of the channels, as the public page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.channels.base import Channel, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Form


@dataclass(frozen=True, slots=True)
class Way:
    """One way in.

    Attributes:
        form: the kind of phone it is for.
        number: what to write to or dial.
        tariff: who pays.
    """

    form: Form
    number: str
    tariff: Tariff

    def link(self, keyword: str) -> str:
        """Give the address that opens it on a phone, with the word to send where that works."""
        if self.form == "whatsapp":
            return f"https://wa.me/{self.number.lstrip('+')}?text={quote(keyword)}"
        number = quote(self.number, safe="+*")
        return f"sms:{number}?body={quote(keyword)}" if self.form == "sms" else f"tel:{number}"


def find_ways(
    settings: Sequence[ChannelSettings], channels: Mapping[str, Channel]
) -> tuple[Way, ...]:
    """Find the ways in that channels.yaml names: each channel's `sender` or `service_code`."""
    ways = []
    for entry in settings:
        number = entry.options.get("sender") or entry.options.get("service_code")
        # A messaging service (MG…) sends from numbers that we do not know.
        if isinstance(number, str) and not number.startswith("MG"):
            channel = channels[entry.name]
            ways.append(Way(channel.form, number.removeprefix("whatsapp:"), channel.tariff))
    return tuple(ways)
