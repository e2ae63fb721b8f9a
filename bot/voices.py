"""Texts of a consultation read aloud: kept, and played from the next edition on.

A recording belongs to the words that were read. Each edition says which recordings it plays,
those that say what its texts say; so none is ever played for other words, and who is in the
middle of a consultation hears a new one from her next turn on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.media import find_kind
from flows.catalogues.voices import Recorded, choose_current, find_unrecorded, list_aloud, mark
from flows.script.compile import make_flow
from flows.script.parse import read_script
from storage.published import NewEdition
from storage.recorded import EXTENSIONS, RecordedText

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from flows.flow import Flow
    from flows.script.model import Script
    from flows.script.problems import Problem
    from storage.database import Database
    from storage.files import MediaFiles
    from storage.published import Consultation, Revision
    from storage.unit import Unit

LARGEST = 1_500_000
"""Bytes: four minutes as telephones record, and far from the 16 MB that WhatsApp takes."""

NO_VOICES = "{}"

_OPUS = b"OpusHead"
_FIRST_PAGE = 64


@dataclass(frozen=True, slots=True)
class Take:
    """One text read aloud, as it was handed in; `said` is the content type it came with."""

    language: str
    key: str
    content: bytes = field(repr=False)
    said: str = "audio/"


class VoiceRefusedError(Exception):
    """A recording that is not kept; the message says why, in Spanish."""


def choose_voices(unit: Unit, consultation_id: UUID, script: Script, texts: str) -> str:
    """Choose what is played of a consultation with these texts, as an edition keeps it."""
    flow = make_flow(script, json.loads(texts))
    recorded = [
        Recorded(one.language, one.key, one.mark, one.file)
        for one in unit.recordings.list(consultation_id)
    ]
    return json.dumps(choose_current(flow, recorded), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Live:
    """A consultation, its live revision and that one's flow."""

    consultation: Consultation
    revision: Revision
    flow: Flow


def find_live(unit: Unit, slug: str) -> Live | None:
    """Find what is live of a consultation; None where nothing is published, or readable."""
    consultation = unit.consultations.find(slug)
    if consultation is None or consultation.revision_id is None:
        return None
    revision = unit.consultations.get_revision(consultation.revision_id)
    flow = _make_flow(revision)
    return None if flow is None else Live(consultation, revision, flow)


def list_unrecorded(revision: Revision) -> list[Problem]:
    """List what a revision says is read aloud and nobody has read as it stands: warnings."""
    flow = _make_flow(revision)
    parsed = read_script(revision.source, name=str(revision.number))
    return list(find_unrecorded(parsed, flow)) if flow else []


def keep_voices(  # noqa: PLR0913 - what is kept of what, by whom and when
    database: Database,
    files: MediaFiles,
    slug: str,
    takes: Sequence[Take],
    *,
    who: str,
    now: datetime,
) -> None:
    """Keep recordings of a consultation's live texts, and play them from now on.

    Raises:
        VoiceRefusedError: one of them cannot be kept, and so none was.
        OvertakenError: somebody published meanwhile.
    """
    kinds = [_examine(take) for take in takes]
    with database.unit() as unit:
        live = _find(unit, slug)
        for take, kind in zip(takes, kinds, strict=True):
            is_offered = take.language in live.flow.languages
            aloud = list_aloud(live.flow, take.language) if is_offered else {}
            if take.key not in aloud:
                raise VoiceRefusedError(
                    f"La consulta no dice «{take.key}» en «{take.language}», o nadie lo aprobó."
                )
            unit.recordings.put(
                live.consultation,
                RecordedText(
                    take.language,
                    take.key,
                    files.write(take.content),
                    kind,
                    len(take.content),
                    mark(take.language, aloud[take.key]),
                    who,
                    now,
                ),
            )
        _renew(unit, live, who, now)


def remove_voice(  # noqa: PLR0913 - as above
    database: Database, slug: str, language: str, key: str, *, who: str, now: datetime
) -> bool:
    """Play and keep a recording no more; False where there is none."""
    with database.unit() as unit:
        live = _find(unit, slug)
        is_removed = unit.recordings.remove(live.consultation, language, key, now, who)
        _renew(unit, live, who, now)
    return is_removed


def _find(unit: Unit, slug: str) -> Live:
    live = find_live(unit, slug)
    if live is None:
        raise VoiceRefusedError(f"No hay nada publicado de «{slug}».")
    return live


def _make_flow(revision: Revision) -> Flow | None:
    script = read_script(revision.source, name=str(revision.number)).script
    if script is None:
        return None
    return make_flow(script, json.loads(revision.texts), json.loads(revision.voices))


def _renew(unit: Unit, live: Live, who: str, now: datetime) -> None:
    old = live.revision
    voices = choose_voices(unit, old.consultation_id, live.flow.script, old.texts)
    if voices != old.voices:
        edition = NewEdition(old.id, old.edition, old.texts, who, now, voices)
        unit.consultations.publish_edition(edition)


def _examine(take: Take) -> str:
    """Look into a recording; gives its kind.

    OGG is what WhatsApp plays only where it holds Opus.
    """
    if len(take.content) > LARGEST:
        raise VoiceRefusedError("La grabación pesa más de 1.5 MB. Grabe menos, o más sencillo.")
    kind = find_kind(take.content, take.said)
    is_opus = kind != "audio/ogg" or _OPUS in take.content[:_FIRST_PAGE]
    if kind not in EXTENSIONS or not is_opus:
        raise VoiceRefusedError(
            "Eso no es una grabación que WhatsApp tome: OGG con Opus, MP3, M4A, AAC o AMR."
        )
    return kind
