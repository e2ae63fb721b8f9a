"""What can be tapped, by Twilio's Content API: prepared once in the console, filled each time.

twilio.com/docs/content/twilio-quick-reply and …/twiliolist-picker. Within 24 hours of her
last message neither needs WhatsApp's approval. Each content has the variables {{1}}, the
text, and {{2}}, {{3}}, …, the titles of the ids 1, 2, …: docs/channels/twilio-whatsapp.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.options import Options
    from bot.messages import Outgoing

BUTTONS, LONGEST_BUTTON = range(1, 4), 20
ITEMS, LONGEST_ITEM = range(1, 11), 24
LONGEST_BODY = 1024


@dataclass(frozen=True, slots=True)
class TwilioMenus:
    """Prepared contents by how much there is to tap."""

    buttons: Mapping[int, str]
    lists: Mapping[int, str]

    @classmethod
    def read(cls, options: Options) -> TwilioMenus:
        """Read `buttons: {2: HX…, 3: HX…}` and `lists: {4: HX…, …}`."""
        return cls(
            options.texts_by_number("buttons", BUTTONS), options.texts_by_number("lists", ITEMS)
        )

    def __bool__(self) -> bool:
        return bool(self.buttons or self.lists)

    def write(self, outgoing: Outgoing) -> dict[str, str]:
        """Write a message's contents: a prepared one where all fits, else the plain text."""
        content = self._find(outgoing)
        if content is None:
            return {"body": outgoing.text}
        words = [outgoing.text, *(button.title for button in outgoing.buttons)]
        variables = {str(place): word for place, word in enumerate(words, 1)}
        return {
            "content_sid": content,
            "content_variables": json.dumps(variables, ensure_ascii=False),
        }

    def _find(self, outgoing: Outgoing) -> str | None:
        count = len(outgoing.buttons)
        # The ids in a content are its places, so the digits must be too.
        is_plain = [one.digit for one in outgoing.buttons] == [str(n + 1) for n in range(count)]
        if not count or not is_plain or len(outgoing.text) > LONGEST_BODY:
            return None
        longest = max(len(button.title) for button in outgoing.buttons)
        if count in self.buttons and longest <= LONGEST_BUTTON:
            return self.buttons[count]
        return self.lists.get(count) if longest <= LONGEST_ITEM else None
