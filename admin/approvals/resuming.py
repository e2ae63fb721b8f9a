"""Going on with an invitation for more money than was agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.approvals.inviting import Inviting, ask_to_invite
from admin.broadcasts.desk import By, go_on
from admin.broadcasts.words import say_money
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from admin.approvals.base import Asked, Content, Do
    from storage.broadcasts import BroadcastRecord
    from storage.unit import Unit


def ask_to_resume(one: BroadcastRecord, messages: int, budget: int) -> Content:
    """Give what `Resuming` is to do: go on with a budget instead of the one there is."""
    return {**ask_to_invite(one, messages), "new_budget": budget}


class Resuming(Inviting):
    """`invitations:resume`; as grave as `Inviting`, by those who are still to be written to."""

    label = lazy_gettext("Reanudar con más presupuesto")
    template = "admin/approval_resuming.html"

    def make_ready(self, asked: Asked) -> Do:
        """Nothing is to be done before."""
        broadcast_id, content = UUID(asked.content["broadcast"]), asked.content

        def do(unit: Unit, now: datetime) -> str:
            if unit.broadcasts.get(broadcast_id).budget != content["budget"]:
                raise OvertakenError("somebody has changed the budget meanwhile")
            go_on(unit, broadcast_id, content["new_budget"], By(asked.who, now))
            return str(_("En marcha otra vez."))

        return do

    def explain(self, asked: Asked, unit: Unit) -> Mapping[str, object]:
        """Show the two budgets as well."""
        new: str = say_money(asked.content["new_budget"])
        return {**super().explain(asked, unit), "new_budget": new}
