"""Sending invitations to many people: the list, its text and its money as they were shown."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.broadcasts.desk import By, begin
from admin.broadcasts.words import say_money
from admin.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from admin.approvals.base import Asked, Content, Do
    from storage.broadcasts import BroadcastRecord
    from storage.unit import Unit

ALONE = 500
"""So many messages one person may send by herself."""


def ask_to_invite(one: BroadcastRecord, messages: int) -> Content:
    """Give what `Inviting` is to do: start this invitation, to no more people than these."""
    return {
        "broadcast": str(one.id),
        "messages": messages,
        "text": one.text,
        "channel": one.channel,
        "price": one.price,
        "budget": one.budget,
    }


class Inviting:
    """`invitations:send`; whatever is refused there means that it is overtaken."""

    permission = Permission.INVITE
    label = lazy_gettext("Enviar invitaciones")
    template = "admin/approval_inviting.html"

    def is_grave(self, content: Content) -> bool:
        """Tell whether they are many."""
        return int(content["messages"]) > ALONE

    def make_ready(self, asked: Asked) -> Do:
        """Nothing is to be done before."""
        content = asked.content
        broadcast_id, messages = UUID(content["broadcast"]), int(content["messages"])

        def do(unit: Unit, now: datetime) -> str:
            fewer = messages
            if self.is_grave(content):
                # Who asked to be forgotten since leaves fewer, which is nothing to ask anew.
                fewer = min(messages, unit.broadcasts.count_waiting(broadcast_id))
            begin(unit, broadcast_id, fewer, By(asked.who, now))
            return str(_("En marcha: los mensajes salen de día, al ritmo del canal."))

        return do

    def explain(self, asked: Asked, unit: Unit) -> Mapping[str, object]:
        """Show text, number and money, and whether it can still be sent."""
        content = asked.content
        broadcast = unit.broadcasts.get(UUID(content["broadcast"]))
        cost = int(content["messages"]) * broadcast.cost
        return {
            "broadcast": broadcast,
            "persons": content["messages"],
            "waiting": unit.broadcasts.count_waiting(broadcast.id),
            "cost": say_money(cost) if broadcast.price else "",
            "budget": say_money(broadcast.budget) if broadcast.budget is not None else "",
        }
