"""Going back to an older revision, in the edition that its asker saw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.approvals.publishing import compare, find_same, name_edition
from admin.roles import Permission
from bot.publishing import UnknownRevisionError, get_revision, restore
from flows.languages.catalogue import find_language
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from admin.approvals.base import Asked, Content, Do
    from storage.published import Revision
    from storage.unit import Unit


def ask_to_restore(older: Revision, live: Revision) -> Content:
    """Give what `Restoring` is to do: publish an older revision again over the live one."""
    return {
        "number": older.number,
        "edition": older.edition,
        "over": name_edition(live),
    }


class Restoring:
    """`script:restore`."""

    permission = Permission.WRITE_SCRIPTS
    label = lazy_gettext("Volver a una revisión")
    template = "admin/approval_publishing.html"

    def is_grave(self, content: Content) -> bool:
        """Tell that it always is."""
        return bool(content)

    def make_ready(self, asked: Asked) -> Do:
        """Nothing is to be done before."""
        number, edition = asked.content["number"], asked.content["edition"]

        def do(unit: Unit, now: datetime) -> str:
            live = find_same(unit, asked.slug, asked.content["over"])
            if get_revision(unit, asked.slug, number).edition != edition:
                raise OvertakenError("its texts are others now")
            try:
                published = restore(
                    unit, asked.slug, number, who=asked.who, note="", now=now, over=live.number
                )
            except UnknownRevisionError:
                raise OvertakenError("it cannot be read any more") from None
            said: str = _("Se publicó la revisión %(number)s.", number=published.number)
            return said

        return do

    def explain(self, asked: Asked, unit: Unit) -> Mapping[str, object]:
        """Show the script, and what going back changes."""
        live, content = get_revision(unit, asked.slug), asked.content
        older = get_revision(unit, asked.slug, content["number"])
        stands = (name_edition(live), older.edition) == (content["over"], content["edition"])
        return {
            "note": _("Vuelve a la revisión %(number)s.", number=name_edition(older)),
            "over": content["over"],
            "is_overtaken": not stands,
            "languages": [find_language(code).name for code in json.loads(older.texts)],
            "changes": compare(live.source, older.source),
            "source": older.source,
        }
