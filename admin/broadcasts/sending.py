"""Sending an invitation, or giving it more money: at once, or once a second person agrees.

Pages and commands come here, so that what takes a second person does so whoever asks, and where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from admin.approvals.base import Asked
from admin.approvals.desk import Outcome
from admin.approvals.inviting import ask_to_invite
from admin.approvals.resuming import ask_to_resume
from admin.broadcasts.desk import BroadcastDesk
from admin.broadcasts.words import say_money
from admin.language import SPANISH

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from admin.approvals.desk import ApprovalDesk
    from storage.broadcasts import BroadcastRecord
    from storage.database import Database


class Sending:
    """Brings what sends to the desk of approvals; `desk` does all the rest.

    Each raises RefusedError where it cannot be done, and UnknownAskerError where it takes a
    second person and nobody knows the first.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], approvals: ApprovalDesk
    ) -> None:
        self._database = database
        self._approvals = approvals
        self.desk = BroadcastDesk(database, clock)

    def start(self, one: BroadcastRecord, messages: int, who: str) -> Outcome:
        """Begin to send, where whoever starts it has seen how many messages that is."""
        self.desk.check(one, messages)
        with force_locale(SPANISH):  # it is kept
            summary = ngettext("Un SMS a %(num)d persona", "Un SMS a %(num)d personas", messages)
        asked = Asked(self._find_slug(one), ask_to_invite(one, messages), who)
        return self._approvals.carry_out("invitations:send", asked, summary)

    def resume(self, one: BroadcastRecord, budget: int | None, who: str) -> Outcome:
        """Go on after a pause, with another budget where one is given."""
        if budget is None or one.budget is None or budget <= one.budget:
            self.desk.resume(one, budget, who)
            return Outcome(said=_("En marcha otra vez."))
        with force_locale(SPANISH):  # it is kept
            old, new = say_money(one.budget), say_money(budget)
            summary = _("De %(old)s a %(new)s de presupuesto", old=old, new=new)
        content = ask_to_resume(one, self.desk.look(one).waiting, budget)
        asked = Asked(self._find_slug(one), content, who)
        return self._approvals.carry_out("invitations:resume", asked, summary)

    def _find_slug(self, one: BroadcastRecord) -> str:
        with self._database.reading() as unit:
            return unit.consultations.get_slug(one.consultation_id)
