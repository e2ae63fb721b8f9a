"""Publishing a script: checked whole, made the live revision, opened the first time.

No live conversation is touched by it: a session stays with the revision it began in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.script.check import check_script
from flows.script.parse import read_script
from storage.errors import OvertakenError
from storage.ids import new_id
from storage.published import NewConsultation, NewRevision

if TYPE_CHECKING:
    from datetime import datetime

    from flows.script.problems import Problem
    from storage.database import Database
    from storage.published import Revision
    from storage.unit import Unit


class BrokenScriptError(Exception):
    """A script with mistakes is never published; `problems` says which."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("the script has mistakes")
        self.problems = problems


class UnknownRevisionError(Exception):
    """There is no such revision to be had; the message says why, in Spanish."""


def publish(  # noqa: PLR0913 - what is published, by whom and when
    database: Database,
    source: bytes,
    name: str,
    *,
    who: str,
    note: str,
    now: datetime,
    opened_at: datetime | None = None,
    over: int | None = None,
) -> Revision:
    """Publish a script as its consultation's live revision; a new consultation is opened.

    A new one is open from `opened_at`, or from now on. `over` is the number of the live
    revision that the publisher saw, 0 where there was none; by default it is whatever is live
    when this begins. The same source again publishes nothing and gives the live revision.

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
        live = _find_live(unit, script.slug, over)
        if live is not None and live.source == text:
            return live
        known = unit.consultations.find(script.slug)
        consultation_id = new_id(now) if known is None else known.id
        if known is None:
            unit.consultations.add(
                NewConsultation(consultation_id, script.slug, script.title, who, now)
            )
            unit.consultations.open(consultation_id, opened_at or now, who)
        elif known.title != script.title:
            unit.consultations.rename(consultation_id, script.title)
        return unit.consultations.publish(
            NewRevision(
                new_id(now), consultation_id, live.id if live else None, text, "{}", note, who, now
            )
        )


def restore(  # noqa: PLR0913 - what is published, by whom and when
    database: Database,
    slug: str,
    number: int,
    *,
    who: str,
    note: str,
    now: datetime,
    over: int | None = None,
) -> Revision:
    """Publish an older revision again with its newest texts, as the live one.

    It only has to be readable: what today's check would refuse was right when it was
    published, and going back must work when it is needed.

    Raises:
        UnknownRevisionError: there is none of that number, or it can no longer be read.
        OvertakenError: somebody else published meanwhile.
    """
    with database.unit() as unit:
        older = get_revision(unit, slug, number)
        live = _find_live(unit, slug, over)
        if live is not None and live.id == older.id:
            return live
        parsed = read_script(older.source, name=slug)
        if parsed.script is None:
            raise UnknownRevisionError(f"La revisión {number} de «{slug}» ya no se puede leer.")
        unit.consultations.rename(older.consultation_id, parsed.script.title)
        return unit.consultations.publish(
            NewRevision(
                new_id(now),
                older.consultation_id,
                live.id if live else None,
                older.source,
                older.texts,
                note or f"Vuelve a la revisión {number}.",
                who,
                now,
            )
        )


def get_revision(unit: Unit, slug: str, number: int | None = None) -> Revision:
    """Give a consultation's revision in its newest edition; the live one by default.

    Raises:
        UnknownRevisionError: there is none.
    """
    known = unit.consultations.find(slug)
    if known is None or known.revision_id is None:
        raise UnknownRevisionError(f"No hay nada publicado de «{slug}».")
    for revision in unit.consultations.list_revisions(known.id):
        if revision.number == number or (number is None and revision.id == known.revision_id):
            return revision
    raise UnknownRevisionError(f"«{slug}» no tiene una revisión {number}.")


def _find_live(unit: Unit, slug: str, over: int | None) -> Revision | None:
    """Find the live revision, which has to be number `over` where that is given."""
    known = unit.consultations.find(slug)
    is_live = known is not None and known.revision_id is not None
    live = get_revision(unit, slug) if is_live else None
    if over is not None and over != (live.number if live else 0):
        raise OvertakenError("somebody else has published meanwhile")
    return live
