"""Publishing a script: its source, the translations that go with it, over which revision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.roles import Permission
from bot.publishing import BrokenScriptError, Checked, check_whole, get_revision, put
from bot.voices import list_unrecorded
from flows.languages.catalogue import find_language
from flows.script.changes import list_changes
from flows.script.parse import read_script
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from admin.approvals.base import Asked, Content, Do
    from flows.script.changes import Change
    from storage.published import Revision
    from storage.unit import Unit

FILE = "guion.yaml"


def ask_to_publish(checked: Checked, note: str, live: Revision) -> Content:
    """Give what `Publishing` is to do: a script, with its texts, over the live revision."""
    over = name_edition(live)
    return {"source": checked.source, "texts": checked.texts, "note": note, "over": over}


def name_edition(revision: Revision) -> str:
    """Write a revision and its edition as pages do."""
    return f"{revision.number}.{revision.edition}"


def find_same(unit: Unit, slug: str, over: str) -> Revision:
    """Give the live revision, which has to be the one that the asker saw.

    Raises:
        OvertakenError: it is another one, or has other texts.
    """
    live = get_revision(unit, slug)
    if name_edition(live) != over:
        raise OvertakenError("somebody else has published meanwhile")
    return live


class Publishing:
    """`script:publish`."""

    permission = Permission.WRITE_SCRIPTS
    label = lazy_gettext("Publicar un guion")
    template = "admin/approval_publishing.html"

    def is_grave(self, content: Content) -> bool:
        """Tell that it always is."""
        return bool(content)

    def make_ready(self, asked: Asked) -> Do:
        """Check the script again, as it may have been asked for before an upgrade of ours."""
        content = asked.content
        try:
            script = check_whole(content["source"].encode(), FILE).script
        except BrokenScriptError:
            raise OvertakenError("the script is none for what runs now") from None

        def do(unit: Unit, now: datetime) -> str:
            live = find_same(unit, asked.slug, content["over"])
            checked = Checked(script, content["source"], content["texts"])
            published = put(
                unit, checked, who=asked.who, note=content["note"], now=now, over=live.number
            )
            name = name_edition(published) if published.edition else published.number
            said: str = _("Se publicó la revisión %(number)s.", number=name)
            return " ".join((said, *(one.sentence for one in list_unrecorded(published))))

        return do

    def explain(self, asked: Asked, unit: Unit) -> Mapping[str, object]:
        """Show the script, its note and what it changes."""
        live, content = get_revision(unit, asked.slug), asked.content
        texts = json.loads(content["texts"])
        return {
            "note": content["note"],
            "over": content["over"],
            "is_overtaken": name_edition(live) != content["over"],
            "languages": [find_language(code).name for code in texts],
            "changes": compare(live.source, content["source"]),
            "source": content["source"],
        }


def compare(old: str, new: str | bytes) -> Sequence[Change] | None:
    """List what a script changes against another; None where either cannot be read."""
    before, after = read_script(old, name=FILE).script, read_script(new, name=FILE).script
    return None if before is None or after is None else list_changes(before, after)
