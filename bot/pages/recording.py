"""What was said on a phone of the simulator, as a golden conversation for operators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.golden.recording import Sent, record
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.messages import Form
    from flows.flow import Flow
    from storage.repositories.phones import PhoneMessage


def record_phone(
    form: Form, messages: Sequence[PhoneMessage], flows: Sequence[Flow]
) -> tuple[str, str] | None:
    """Write a phone's conversation down as a `.chat` file.

    Args:
        form: the kind of phone.
        messages: what stands on it, oldest first.
        flows: the open ones; she talked to the one whose word she sent, else to the first.

    Returns:
        The file's name and its text; None where nothing was said, or nothing is open.
    """
    sent = _pair(messages)
    if not sent or not flows:
        return None
    words = {fold(one.text) for one in sent}
    flow = next((flow for flow in flows if words & set(flow.script.keywords)), flows[0])
    return f"{flow.script.slug}-{form}.chat", record(flow, form, sent)


def _pair(messages: Sequence[PhoneMessage]) -> list[Sent]:
    """Put each message with its replies; what turned a page of a screen is part of those."""
    sent: list[Sent] = []
    for message in messages:
        last = sent[-1] if sent else None
        if message.direction == "in":
            if last is None or not _turns_page(message.text, last.came):
                sent.append(Sent(message.text, message.at))
        elif last is not None and message.kind == "reply" and message.text not in last.came:
            sent[-1] = Sent(last.text, last.at, (*last.came, message.text))
    return sent


def _turns_page(text: str, came: Sequence[str]) -> bool:
    """Tell whether a text is one of the words in the last lines of a screen's pages."""
    turning = re.compile(rf"(?:^| ){re.escape(text.strip().upper())} (?:Mas|Atras)\b")
    return any(turning.search(page.rpartition("\n")[2]) for page in came)
