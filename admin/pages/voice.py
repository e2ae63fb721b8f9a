"""Voz: staff listen to voice notes and write down what they answer, some of them twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.consulted import ConsultedReader
from admin.pages import capture
from admin.protection import held_permissions, permission
from admin.roles import Permission
from bot.spoken import Heard, hear, say_the_same
from flows.languages.catalogue import find_language
from flows.reading.places import label
from flows.script.model import UNCLEAR
from storage.deletions import Erasure
from storage.voice_notes import DONE, FIRST, SECOND, SPLIT, Coder, Understood

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.consulted import Consulted
    from flows.flow import Flow
    from flows.script.model import Question
    from storage.database import Database
    from storage.files import MediaFiles
    from storage.voice_notes import TakenNote, VoiceCount

LEASE = timedelta(minutes=30)
"""So long a coder has a note for herself; WhatsApp's longest takes a quarter of an hour."""
SHOWN = 50
LONGEST = 2_000
"""Signs of a transcript."""
BAD_REQUEST, SEE_OTHER = 400, 303


@dataclass(frozen=True, slots=True)
class _Held:
    """A note with all that it takes to code it."""

    consulted: Consulted
    note: TakenNote
    flow: Flow
    question: Question
    answers: dict[str, str]


class VoicePages:
    """The queue of notes, and the page of one.

    Args:
        files: where sounds are kept.
        timezone: the consultation's.
        chance: `chance(n)` gives 0 … n-1, which nobody guesses.
    """

    def __init__(
        self,
        database: Database,
        files: MediaFiles,
        clock: Callable[[], datetime],
        timezone: tzinfo,
        chance: Callable[[int], int],
    ) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self._timezone = timezone
        self._chance = chance
        self._reader = ConsultedReader(database)

    def show_queue(self, slug: str) -> ResponseReturnValue:
        """Show how many notes wait in each language, and those that one may take."""
        consulted = self._reader.find(slug) or abort(404)
        language = request.args.get("idioma", "")
        with self._database.reading() as unit:
            counts = unit.voice_notes.count(consulted.consultation.id)
            notes = unit.voice_notes.list(
                consulted.consultation.id,
                _find_coder(),
                self._clock(),
                SHOWN,
                language,
            )
        texts = {one.id: one.text for one in consulted.variables}
        return render_template(
            "admin/voice.html",
            slug=slug,
            title=consulted.consultation.title,
            languages=_sum_up(counts),
            language=language,
            notes=[(one, find_language(one.language).name, texts[one.question]) for one in notes],
            now=self._clock(),
        )

    def take(self, slug: str, note_id: UUID) -> ResponseReturnValue:
        """Take a note for a while, and lead to it."""
        consulted = self._reader.find(slug) or abort(404)
        now = self._clock()
        with self._database.unit() as unit:
            is_hers = unit.voice_notes.take(
                consulted.consultation.id, note_id, _find_coder(), now, now + LEASE
            )
        if is_hers:
            return redirect(url_for("admin.voice_note", slug=slug, note_id=note_id), SEE_OTHER)
        flash(_("Esa nota la está escuchando otra persona, o ya está."), "error")
        return redirect(url_for("admin.voice", slug=slug), SEE_OTHER)

    def show(self, slug: str, note_id: UUID) -> ResponseReturnValue:
        """Show a note to who has taken it."""
        return self._render(self._find(slug, note_id))

    def play(self, slug: str, note_id: UUID) -> ResponseReturnValue:
        """Give the sound of a note to who has taken it; taking it was written down."""
        note = self._find(slug, note_id).note
        try:
            sound = self._files.read(note.name or abort(404))
        except FileNotFoundError:
            abort(404)
        return send_file(BytesIO(sound), mimetype=note.kind, conditional=True, etag=False)

    def code(self, slug: str, note_id: UUID) -> ResponseReturnValue:
        """Keep what she understood, or show the note again with what is wrong."""
        held = self._find(slug, note_id)
        typed = " ".join(request.form.getlist("respuesta"))[:LONGEST]
        words = request.form.get("texto", "")[:LONGEST]
        heard: Heard | str = Heard(UNCLEAR, "", None, is_ineligible=False)
        if request.form.get("no_entiende") != "si":
            heard = self._read(held, typed, words)
        if isinstance(heard, str):
            return self._render(held, heard, {"respuesta": typed, "texto": words}), BAD_REQUEST
        self._keep(held, heard)
        return redirect(url_for("admin.voice", slug=slug), SEE_OTHER)

    def _read(self, held: _Held, typed: str, words: str) -> Heard | str:
        return hear(
            held.flow,
            held.question,
            typed,
            words,
            language=_find_shown(held),
            answers=held.answers,
            now=self._clock().astimezone(self._timezone),
            chance=self._chance,
        )

    def _keep(self, held: _Held, heard: Heard) -> None:
        note, now = held.note, self._clock()
        said = Understood(heard.value, heard.text)
        with self._database.unit() as unit:
            stage = unit.voice_notes.code(
                note,
                current_user.email,
                now,
                said,
                is_due=not heard.is_ineligible and self._chance(capture.SECOND_LOOK) == 0,
                is_same=bool(note.codings) and _is_same(note.codings[0], said),
                permits=heard.permits,
            )
            if stage == DONE and heard.is_ineligible:
                unit.contacts.erase(_erase(note, now, current_user.email))
        if stage is None:
            flash(
                _("No se anotó: la persona ya contestó otra cosa, o la nota es de otra."), "error"
            )
        elif stage == DONE and heard.is_ineligible:
            flash(_("La persona no puede participar: se borró lo que contestó."))
        else:
            flash(_TOLD[stage]())

    def _find(self, slug: str, note_id: UUID) -> _Held:
        """Give a note of hers, or end the request with a 404."""
        consulted = self._reader.find(slug) or abort(404)
        consultation_id = consulted.consultation.id
        with self._database.reading() as unit:
            note = unit.voice_notes.find(consultation_id, note_id, current_user.email) or abort(404)
            listed = unit.dossiers.find(consultation_id, note.session_id) or abort(404)
        session = listed.session
        flow = self._reader.find_flow(session.revision_id)
        said = (answer.said for answer in session.answers)
        answers = {one.question: one.value for one in said if one.is_current}
        return _Held(consulted, note, flow, flow.get_question(note.question), answers)

    def _render(self, held: _Held, mistake: str = "", typed: dict[str, str] | None = None) -> str:
        note = held.note
        asked = held.consulted.wordings
        variable = next(
            one.variables[note.question] for one in asked.values() if note.question in one.variables
        )
        language = _find_shown(held)
        return render_template(
            "admin/voice_note.html",
            slug=held.consulted.consultation.slug,
            title=held.consulted.consultation.title,
            note=note,
            spoken=find_language(note.language).name,
            language=language,
            field=capture.make_field(held.flow, language, held.question),
            codings=[(variable.label(one.value, label), one.text) for one in note.codings]
            if note.stage == SPLIT
            else [],
            mistake=mistake,
            typed=typed or {},
        )


def _find_coder() -> Coder:
    return Coder(current_user.email, Permission.REVIEW in held_permissions())


def _find_shown(held: _Held) -> str:
    """Give the language to show the question in: hers, where this revision has it."""
    flow = held.flow
    return held.note.language if held.note.language in flow.languages else flow.script.language


def _is_same(before: Understood, said: Understood) -> bool:
    return say_the_same((before.value, before.text), (said.value, said.text))


def _erase(note: TakenNote, now: datetime, who: str) -> Erasure:
    """Delete what a turn in which she says the same deletes."""
    return Erasure(
        contact_id=note.contact_id,
        person_id=note.person_id,
        persons=1,
        address=note.persons == 1,
        suppress=False,
        outcome="ineligible",
        receipt="",
        at=now,
        who=who,
    )


_TOLD = {
    DONE: lambda: _("Quedó anotado."),
    SECOND: lambda: _("Quedó anotado. Otra persona la escucha también, para comparar."),
    SPLIT: lambda: _(
        "Quedó anotado. No coincide con lo que se entendió antes: decide otra persona."
    ),
}


def _sum_up(counts: Sequence[VoiceCount]) -> list[dict[str, Any]]:
    """Give a row for each language: its code, its name, and how many wait at each stage."""
    rows: dict[str, dict[str, Any]] = {}
    for one in counts:
        empty = {"code": one.language, "name": find_language(one.language).name}
        row = rows.setdefault(one.language, {**empty, FIRST: 0, SECOND: 0, SPLIT: 0})
        row[one.stage] = one.notes
    return list(rows.values())


def add_voice(blueprint: Blueprint, pages: VoicePages) -> None:
    """Serve the queue and the notes to who may listen, and take what she understood."""
    may = permission(Permission.CODE_VOICE)
    rules = blueprint.add_url_rule
    address = "/consultas/<slug>/voz"
    one = f"{address}/<uuid:note_id>"
    rules(address, "voice", may(pages.show_queue))
    rules(one, "voice_note", may(pages.show))
    rules(f"{one}/sonido", "voice_sound", may(pages.play))
    rules(f"{one}/tomar", "take_voice", may(pages.take), methods=["POST"])
    rules(f"{one}/anotar", "code_voice", may(pages.code), methods=["POST"])
