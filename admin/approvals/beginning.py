"""Publishing the first script of a consultation, which stays closed until somebody opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.approvals.publishing import FILE
from admin.roles import Permission
from bot.publishing import BrokenScriptError, check_whole, put
from storage.errors import OvertakenError
from storage.ids import new_id
from storage.published import NewConsultation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from admin.approvals.base import Asked, Content, Do
    from storage.unit import Unit


class Beginning:
    """`script:begin`; its content is `source` and `note`."""

    permission = Permission.WRITE_SCRIPTS
    label = lazy_gettext("Publicar una consulta nueva")
    template = "admin/approval_publishing.html"

    def is_grave(self, content: Content) -> bool:
        """Tell that it always is."""
        return bool(content)

    def make_ready(self, asked: Asked) -> Do:
        """Check the script again, as it may have been asked for before an upgrade of ours."""
        try:
            checked = check_whole(asked.content["source"].encode(), FILE)
        except BrokenScriptError:
            raise OvertakenError("the script is none for what runs now") from None

        def do(unit: Unit, now: datetime) -> str:
            script = checked.script
            new = NewConsultation(new_id(now), script.slug, script.title, asked.who, now)
            unit.consultations.add(new)
            put(unit, checked, who=asked.who, note=asked.content["note"], now=now, over=0)
            said: str = _("Se publicó «%(title)s». Está cerrada.", title=script.title)
            return said

        return do

    def explain(self, asked: Asked, unit: Unit) -> Mapping[str, object]:
        """Show the script and its note."""
        return {
            "note": asked.content["note"],
            "over": "",
            "is_overtaken": unit.consultations.find(asked.slug) is not None,
            "languages": [],
            "changes": None,
            "source": asked.content["source"],
        }
