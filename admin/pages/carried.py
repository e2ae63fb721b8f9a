"""Where a page leads after what may take a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask_babel import lazy_gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from flask_babel.speaklater import LazyString

    from admin.approvals.desk import Outcome

NOT_PUBLISHED = lazy_gettext("Todavía no se publica: falta que otra persona lo apruebe.")
NOT_SENT = lazy_gettext("Todavía no sale nada: falta que otra persona lo apruebe.")
SEE_OTHER = 303


def lead_on(outcome: Outcome, address: str, waiting: LazyString) -> ResponseReturnValue:
    """Say what was done and lead to an address; or lead to the request that waits.

    Args:
        outcome: what came of it.
        address: where one sees what was done.
        waiting: what to say where nothing was.
    """
    if outcome.request_id is None:
        flash(outcome.said)
    else:
        flash(str(waiting))
        address = url_for("admin.approval", request_id=outcome.request_id)
    return redirect(address, SEE_OTHER)
