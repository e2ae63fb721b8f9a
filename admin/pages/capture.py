"""Captura: a clerk types a sheet of paper or a phone call, and another looks at some again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_security import current_user

from admin.consulted import ConsultedReader
from admin.pages.typed import read_line
from admin.protection import permission
from admin.roles import Permission
from bot.capture import CALL, PAPER, Sheet, take_sheet
from flows.languages.catalogue import find_language
from flows.leader_code import split_leader_code
from storage.ids import new_id
from storage.records import OpenConsultation, TurnWrite
from storage.repositories.captures import CaptureRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from flows.flow import Flow
    from flows.script.model import Question
    from storage.database import Database
    from storage.published import Consultation

SECOND_LOOK = 20
"""One of so many is looked at again: 5 %."""
TRIES = 5
LONGEST_LABEL = 40
MODES = {PAPER: lazy_gettext("Hoja de papel"), CALL: lazy_gettext("Llamada")}
_PLACEHOLDER = re.compile(r"\{\w+\}")
BAD_REQUEST, SEE_OTHER = 400, 303


@dataclass(frozen=True, slots=True)
class Field:
    """A question as the page asks it.

    Attributes:
        input: `one` or `many` of the options, a `line`, or a `text`.
        options: key -> label.
    """

    id: str
    text: str
    input: str
    options: Mapping[str, str]


class CapturePages:
    """Takes sheets through the engine.

    Args:
        timezone: the consultation's.
        chance: `chance(n)` gives 0 … n-1, which nobody guesses.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        timezone: tzinfo,
        chance: Callable[[int], int],
    ) -> None:
        self._database = database
        self._clock = clock
        self._timezone = timezone
        self._chance = chance
        self._reader = ConsultedReader(database)

    def show(self, slug: str) -> ResponseReturnValue:
        """Show an empty sheet in a language."""
        consultation, flow = self._find(slug)
        language = request.args.get("idioma", flow.script.language)
        if language not in flow.languages:
            abort(404)
        mode = request.args.get("modo", PAPER)
        return self._render(consultation, flow, language, {"modo": mode, "hoja": self._new_id()})

    def take(self, slug: str) -> ResponseReturnValue:
        """Take a sheet, or show it again with what is wrong."""
        consultation, flow = self._find(slug)
        typed = {name: " ".join(values) for name, values in request.form.lists()}
        language, mode = typed.get("idioma", ""), typed.get("modo", "")
        if language not in flow.languages or mode not in MODES:
            abort(400)
        sheet, problems = self._read_sheet(consultation, flow, typed)
        taken = problems or self._save(consultation, flow, sheet)
        if not isinstance(taken, UUID):
            page = self._render(consultation, flow, language, typed, taken)
            return page, BAD_REQUEST
        self._tell(consultation, taken, mode)
        return redirect(url_for("admin.capture", slug=slug, idioma=language, modo=mode), SEE_OTHER)

    def _read_sheet(
        self, consultation: Consultation, flow: Flow, typed: Mapping[str, str]
    ) -> tuple[Sheet, Mapping[str, str]]:
        code = typed.get("codigo", "").strip()
        leader_id, problems = None, {}
        if code:
            rest, known = split_leader_code(code)
            with self._database.reading() as unit:
                leader_id = unit.leaders.find(consultation.id, known) if not rest else None
            if leader_id is None:
                problems["codigo"] = _("Nadie tiene ese código en esta consulta.")
        try:
            sheet_id = UUID(typed.get("hoja", ""))
        except ValueError:
            abort(400)
        answers = {one.id: typed.get(f"r-{one.id}", "") for one in flow.script.questions}
        agreed = typed.get("acepta") == "si"
        sheet = Sheet(sheet_id, typed["modo"], typed["idioma"], answers, agreed, leader_id)
        return sheet, problems

    def _save(
        self, consultation: Consultation, flow: Flow, sheet: Sheet
    ) -> UUID | Mapping[str, str]:
        """Write a sheet once; give its session, or question -> what is wrong."""
        assert consultation.revision_id is not None  # noqa: S101 - it has a flow
        live = OpenConsultation(
            consultation.id, consultation.slug, consultation.revision_id, is_open=True
        )
        for _try in range(TRIES):
            now = self._clock()
            snapshot = self._database.turns.load(sheet.key, now)
            if snapshot.reply is not None and snapshot.session is not None:
                return snapshot.session.id
            local = now.astimezone(self._timezone)
            write = take_sheet(
                sheet,
                flow,
                live,
                snapshot=snapshot,
                now=local,
                chance=self._chance,
                make_id=new_id,
            )
            if not isinstance(write, TurnWrite):
                return write
            if self._database.turns.save(write) and write.session is not None:
                return write.session.id
        raise RuntimeError("a sheet was refused again and again")

    def _tell(self, consultation: Consultation, session_id: UUID, mode: str) -> None:
        """Note who typed it, and say what to write on the sheet."""
        new = CaptureRecord(
            session_id, current_user.email, read_line("etiqueta")[:LONGEST_LABEL], self._clock()
        )
        with self._database.unit() as unit:
            listed = unit.dossiers.find(consultation.id, session_id) or abort(404)
            is_complete = listed.session.outcome == "complete"
            is_due = is_complete and self._chance(SECOND_LOOK) == 0
            is_new = unit.captures.add(consultation.id, new, mode, is_due=is_due)
        if not is_new:
            flash(_("Esa hoja ya estaba guardada: cuenta una vez."))
        if listed.session.folio:
            flash(_("Guardada. Anote en la hoja su folio: %(folio)s", folio=listed.session.folio))
        elif is_complete:
            flash(_("Guardada."))
        else:
            flash(_("La persona no puede participar: no se guardó ninguna respuesta."))

    def _new_id(self) -> str:
        return str(new_id(self._clock()))

    def _find(self, slug: str) -> tuple[Consultation, Flow]:
        """Give a published consultation, or end the request with a 404."""
        with self._database.reading() as unit:
            consultation = unit.consultations.find(slug) or abort(404)
        return consultation, self._reader.find_live_flow(consultation) or abort(404)

    def _render(
        self,
        consultation: Consultation,
        flow: Flow,
        language: str,
        typed: Mapping[str, Any],
        problems: Mapping[str, str] | None = None,
    ) -> str:
        with self._database.reading() as unit:
            counts = unit.captures.count(consultation.id)
        asked = next((one for one in flow.script.questions if one.kind == "consent"), None)
        return render_template(
            "admin/capture.html",
            slug=consultation.slug,
            title=consultation.title,
            modes=MODES,
            languages={code: find_language(code).name for code in flow.languages},
            language=language,
            consent=_word(flow, language, asked) if asked else "",
            consent_problem=(problems or {}).get(asked.id) if asked else None,
            fields=[
                make_field(flow, language, one)
                for one in flow.script.questions
                if one.kind != "consent"
            ],
            typed=typed,
            problems=problems or {},
            counts=counts,
        )


def make_field(flow: Flow, language: str, question: Question) -> Field:
    """Say how a page asks a question in a language."""
    options = flow.labels(language, question)
    kind = "text" if question.kind == "text" else "line"
    if options:
        kind = "many" if question.kind == "choices" else "one"
    return Field(question.id, _word(flow, language, question), kind, options)


def _word(flow: Flow, language: str, question: Question) -> str:
    """Give a question as it is printed, without what depends on the channel or the person."""
    text = flow.text(language, f"{question.id}/texto").replace("{costo}", "")
    return _PLACEHOLDER.sub("…", " ".join(text.split()))


def add_capture(blueprint: Blueprint, pages: CapturePages) -> None:
    """Serve the sheet to who may type answers, and take it."""
    may = permission(Permission.TYPE_ANSWERS)
    address = "/consultas/<slug>/captura"
    blueprint.add_url_rule(address, "capture", may(pages.show))
    blueprint.add_url_rule(f"{address}/guardar", "take_sheet", may(pages.take), methods=["POST"])
