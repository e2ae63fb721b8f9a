"""Approved templates: all that WhatsApp takes from 24 hours after a person's last message on.

WhatsApp knows no Mayan language, so a template in one is filed there under `es`, and only
channels.yaml knows which it is. A template has one variable, {{1}}: what we would have sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.channels.base import SendError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.options import Options
    from bot.messages import Outgoing


@dataclass(frozen=True, slots=True)
class Templates:
    """The provider's name for a template, by kind of message and language."""

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, options: Options) -> Templates:
        """Read `templates: {reminder: {es: …, quc: …}}`."""
        return cls(options.texts_by_two("templates"))

    def get(self, outgoing: Outgoing) -> str:
        """Give the template for a message, never one in another language.

        Raises:
            SendError: there is none; nothing else can be sent.
        """
        name = self.names.get(outgoing.kind, {}).get(outgoing.language)
        if name is None:
            raise SendError(
                "no_template",
                "Pasaron 24 horas desde su último mensaje y channels.yaml no tiene plantilla"
                f' para "{outgoing.kind}" en "{outgoing.language}".',
            )
        return name


def refuse_late(outgoing: Outgoing) -> None:
    """Refuse what no template can carry, a recording, once 24 hours have passed.

    Raises:
        SendError: they have.
    """
    if not outgoing.in_session:
        raise SendError("voice_too_late", "Pasaron 24 horas: WhatsApp ya no toma una grabación.")


def as_variable(text: str) -> str:
    """Write a text as a template's variable, which takes no line ends and no wide gaps."""
    return " ".join(text.split())
