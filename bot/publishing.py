"""Publishing a script: checked whole, made the live revision, opened the first time.

No live conversation is touched by it: a session stays with the revision it began in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.voices import NO_VOICES, choose_voices
from flows.catalogues.entries import Catalogue, Entry
from flows.catalogues.extraction import list_texts
from flows.catalogues.offering import find_missing, find_offered
from flows.catalogues.po import write_catalogue
from flows.script.check import check_script
from flows.script.parse import read_script
from storage.errors import OvertakenError
from storage.ids import new_id
from storage.published import NewConsultation, NewEdition, NewRevision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from flows.script.model import Script
    from flows.script.problems import Problem
    from storage.database import Database
    from storage.published import Revision
    from storage.unit import Unit


class BrokenScriptError(Exception):
    """A script with mistakes is never published; `problems` says which."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("the script has mistakes")
        self.problems = problems


class UnreviewedError(Exception):
    """A translation would be offered that nobody reviewed.

    `missing` maps each language to its texts that are not approved, and those to why.
    """

    def __init__(self, missing: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__("a translation is not reviewed")
        self.missing = missing


class UnknownRevisionError(Exception):
    """There is no such revision to be had; the message says why, in Spanish."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A script that may be published.

    Attributes:
        script: as it was read.
        source: as it was written.
        texts: JSON of the translations that it offers, by language.
    """

    script: Script
    source: str = field(repr=False)
    texts: str = field(repr=False)


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
    catalogues: Mapping[str, Catalogue] = MappingProxyType({}),
    allow_drafts: bool = False,
) -> Revision:
    """Check a script (`check_whole`) and publish it (`put`) in a unit of its own.

    The translations beside it become those that staff work on, unless they do so already.
    """
    checked = check_whole(source, name, catalogues, allow_drafts=allow_drafts, today=now.date())
    with database.unit() as unit:
        revision = put(unit, checked, who=who, note=note, now=now, opened_at=opened_at, over=over)
        for language, one in catalogues.items():
            text = write_catalogue(one)
            unit.translations.seed(revision.consultation_id, language, text, who, now)
    return revision


def check_whole(
    source: bytes,
    name: str,
    catalogues: Mapping[str, Catalogue] = MappingProxyType({}),
    *,
    allow_drafts: bool = False,
    today: date | None = None,
) -> Checked:
    """Check whether a script may be published.

    Args:
        source: the script as written.
        name: what to call it.
        catalogues: the translations by language; the offered ones are published with it.
        allow_drafts: offer none of the languages that are not approved, instead of refusing.
        today: for what may not lie in the past; without it whatever was published may be again.

    Raises:
        BrokenScriptError: it has mistakes.
        UnreviewedError: a language that would be offered is not approved.
    """
    parsed = read_script(source, name=name)
    problems = check_script(parsed, today=today)
    mistakes = tuple(one for one in problems if one.severity == "error")
    if parsed.script is None or mistakes:
        raise BrokenScriptError(mistakes)
    texts = _write_texts(parsed.script, catalogues, allow_drafts=allow_drafts)
    return Checked(parsed.script, source.decode(), texts)


def put(  # noqa: PLR0913 - what is published, by whom and when
    unit: Unit,
    checked: Checked,
    *,
    who: str,
    note: str,
    now: datetime,
    opened_at: datetime | None = None,
    over: int | None = None,
) -> Revision:
    """Publish a script as its consultation's live revision; a new consultation is opened.

    The same source again publishes nothing and gives the live revision, in a new edition where
    the approved translations are others.

    Args:
        unit: where to.
        checked: what.
        who: e-mail of who publishes.
        note: what changed.
        now: the time.
        opened_at: from when a new consultation is open; from now on by default.
        over: the number of the live revision that the publisher saw, 0 where there was none;
            by default it is whatever is live when this begins.

    Raises:
        OvertakenError: somebody else published meanwhile.
    """
    script = checked.script
    live = _find_seen(unit, script.slug, over)
    known = unit.consultations.find(script.slug)
    voices = choose_voices(unit, known.id, script, checked.texts) if known else NO_VOICES
    if live is not None and live.source == checked.source:
        if (live.texts, live.voices) == (checked.texts, voices):
            return live
        edition = NewEdition(live.id, live.edition, checked.texts, who, now, voices)
        return unit.consultations.publish_edition(edition)
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
            new_id(now),
            consultation_id,
            live.id if live else None,
            checked.source,
            checked.texts,
            note,
            who,
            now,
            voices,
        )
    )


def carry_catalogues(live: Revision) -> Mapping[str, Catalogue]:
    """Give the translations that a revision offers as catalogues, for a script that follows it.

    Whoever publishes a script alone loses no language by it: a translation stays approved where
    its original stays the same, and is out of date where that is another.
    """
    script = read_script(live.source, name=str(live.number)).script
    originals = list_texts(script) if script else {}
    offered: dict[str, dict[str, str]] = json.loads(live.texts)
    on = f"{live.published_at:%Y-%m-%d}"
    return {
        language: Catalogue(
            language,
            "",
            {
                key: Entry(key, originals.get(key, ""), text).approve(live.who, on)
                for key, text in texts.items()
            },
        )
        for language, texts in offered.items()
    }


def _write_texts(script: Script, catalogues: Mapping[str, Catalogue], *, allow_drafts: bool) -> str:
    """Write the texts of every language that is offered as JSON."""
    missing = {code: find_missing(script, one) for code, one in catalogues.items()}
    if any(missing.values()) and not allow_drafts:
        raise UnreviewedError({code: found for code, found in missing.items() if found})
    offered = find_offered(script, catalogues.values())
    return json.dumps(offered, ensure_ascii=False, sort_keys=True)


def restore(  # noqa: PLR0913 - what is published, by whom and when
    unit: Unit,
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
    older = get_revision(unit, slug, number)
    live = _find_seen(unit, slug, over)
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
            choose_voices(unit, older.consultation_id, parsed.script, older.texts),
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


def _find_seen(unit: Unit, slug: str, over: int | None) -> Revision | None:
    """Find the live revision, which has to be number `over` where that is given."""
    live = unit.consultations.find_live(slug)
    if over is not None and over != (live.number if live else 0):
        raise OvertakenError("somebody else has published meanwhile")
    return live
