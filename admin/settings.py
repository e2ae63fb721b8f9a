"""What the staff's side needs to know; `puente` fills it from the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from bot.pacing import Lane
    from bot.pages.ways import Way


@dataclass(frozen=True, slots=True)
class AdminSettings:
    """Settings of the staff's side.

    Attributes:
        secret_key: signs session cookies and form tokens.
        is_https: whether people reach us by https, so that cookies travel by nothing else.
        timezone: in which days begin and times are written.
        public_url: where links begin, without a slash at its end.
        channels: the channels there are, name -> kind.
        asks_second_person: whether what takes a second person waits for one.
        ways: how people can write in, as the public page shows it.
        sms: the SMS channels that can send -> their pace.
    """

    secret_key: str = field(repr=False)
    is_https: bool
    timezone: tzinfo
    public_url: str
    channels: Mapping[str, str]
    asks_second_person: bool
    ways: tuple[Way, ...]
    sms: Mapping[str, Lane]
