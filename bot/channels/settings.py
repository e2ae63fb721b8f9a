"""What channels.yaml says of one channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.messages import VOICES_PATH

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """One entry of channels.yaml: its name, its kind and the keys its kind reads.

    A value may be a list where a secret is being rotated: any of them is accepted.
    `public_url` is PUENTE_PUBLIC_URL, for the addresses a provider is asked to call.
    `rate`, `fallback`, `daily` and `price` hold for any kind: segments a second that go out (0: as
    fast as the provider takes them), the channel to try where this one will not take a message, how
    many the outbox may send a day (0: all), and quetzales a segment (0: not known).
    """

    name: str
    kind: str
    options: Mapping[str, object] = field(default_factory=dict, repr=False)
    public_url: str = ""
    rate: float = 0
    fallback: str = ""
    daily: int = 0
    price: float = 0

    @property
    def voices_url(self) -> str:
        """Where providers fetch the recordings that they play."""
        return f"{self.public_url.rstrip('/')}{VOICES_PATH}"


class ChannelSettingsError(ValueError):
    """An entry of channels.yaml that its kind cannot work with; says which key and why."""
