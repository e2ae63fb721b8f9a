"""Publishing a script: checked whole, made the live revision, opened the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.script.check import check_script
from flows.script.parse import read_script
from storage.ids import new_id
from storage.published import NewConsultation, NewRevision

if TYPE_CHECKING:
    from datetime import datetime

    from flows.script.problems import Problem
    from storage.database import Database
    from storage.published import Revision


class BrokenScriptError(Exception):
    """A script with mistakes is never published; `problems` says which."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("the script has mistakes")
        self.problems = problems


def publish(  # noqa: PLR0913 - what is published, by whom and when
    database: Database,
    source: bytes,
    name: str,
    *,
    who: str,
    note: str,
    now: datetime,
    opened_at: datetime | None = None,
) -> Revision:
    """Publish a script as its consultation's live revision; a new consultation is opened.

    A new one is open from `opened_at`, or from now on.

    The same source again publishes nothing and gives the live revision.

    Raises:
        BrokenScriptError: it has mistakes.
        OvertakenError: somebody else published meanwhile.
    """
    parsed = read_script(source, name=name)
    mistakes = tuple(one for one in check_script(parsed) if one.severity == "error")
    if parsed.script is None or mistakes:
        raise BrokenScriptError(mistakes)
    script, text = parsed.script, source.decode()
    with database.unit() as unit:
        known = unit.consultations.find(script.slug)
        consultation_id = new_id(now) if known is None else known.id
        if known is None:
            unit.consultations.add(
                NewConsultation(consultation_id, script.slug, script.title, who, now)
            )
            unit.consultations.open(consultation_id, opened_at or now, who)
        live = None if known is None else known.revision_id
        if live is not None:
            revision = unit.consultations.get_revision(live)
            if revision.source == text:
                return revision
        if known is not None and known.title != script.title:
            unit.consultations.rename(consultation_id, script.title)
        return unit.consultations.publish(
            NewRevision(new_id(now), consultation_id, live, text, "{}", note, who, now)
        )
