"""A reply whose response may never have arrived, said once more by the worker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.speech import Speech
from bot.writing import Writing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.desk import Desk
    from bot.messages import Inbound, Reply
    from bot.speech import Decision
    from storage.records import Snapshot, TurnKey


def say_again(  # noqa: PLR0913, PLR0917 - a turn's four, and what it is about
    desk: Desk, reply: Reply, inbound: Inbound, key: TurnKey, snapshot: Snapshot, now: datetime
) -> Decision | None:
    """Decide to say what was said to a message that is now taken from the spool.

    Gives None where the number was forgotten meanwhile.
    """
    contact = snapshot.contact
    if contact is None:
        return None
    writing = Writing(inbound, key, snapshot, now, desk.make_id)
    writing.change(lobby=contact.lobby)
    speech = Speech(inbound, desk.channels[inbound.channel], writing, contact.traffic)
    decision = speech.close(reply)
    # What she wrote was kept with the turn that answered it.
    return replace(decision, write=replace(decision.write, messages=(), media=()))
