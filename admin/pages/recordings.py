"""Voces: the texts of a consultation read aloud, language by language."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_security import current_user

from admin.protection import permission
from admin.roles import Permission
from bot.messages import VOICES_PATH
from bot.voices import LARGEST, Take, VoiceRefusedError, find_live, keep_voices, remove_voice
from flows.catalogues.extraction import SERVICE
from flows.catalogues.voices import list_aloud, mark, name_text
from flows.languages.catalogue import find_language
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from bot.voices import Live
    from flows.flow import Flow
    from storage.database import Database
    from storage.files import MediaFiles
    from storage.recorded import RecordedText

BAD_REQUEST, CONFLICT, SEE_OTHER = 400, 409, 303


@dataclass(frozen=True, slots=True)
class Line:
    """A text as it is to be read, and its recording; an old one says what the text said before."""

    key: str
    aloud: str
    recorded: RecordedText | None
    is_current: bool

    @property
    def name(self) -> str:
        """Name the step whose text it is, or what the bot answers."""
        return name_text(self.key)

    @property
    def is_service(self) -> bool:
        """Tell whether it belongs to no step."""
        return self.key.startswith(SERVICE)


class RecordingPages:
    """Shows what is recorded, takes recordings and takes them back."""

    def __init__(
        self, database: Database, files: MediaFiles, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._files = files
        self._clock = clock

    def show(self, slug: str) -> ResponseReturnValue:
        """List the texts of one language, by default of the consultation's own."""
        return self._render(slug, request.args.get("idioma", ""))

    def record(self, slug: str) -> ResponseReturnValue:
        """Take the recording of one text."""
        language, key = _read_which()
        uploaded = request.files.get("grabacion")
        if uploaded is None or not uploaded.filename:
            mistake = _("Elija un archivo, o grabe uno con el teléfono.")
            return self._render(slug, language, mistake=mistake), BAD_REQUEST
        with closing(uploaded):  # a large one is a file on disk
            take = Take(language, key, uploaded.read(LARGEST + 1), uploaded.mimetype)
        try:
            keep_voices(
                self._database,
                self._files,
                slug,
                [take],
                who=current_user.email,
                now=self._clock(),
            )
        except VoiceRefusedError as error:
            return self._render(slug, language, mistake=str(error)), BAD_REQUEST
        except OvertakenError:
            return self._render(slug, language, mistake=_(_OVERTAKEN)), CONFLICT
        flash(_("Se guardó la grabación. Por WhatsApp se oye desde el próximo mensaje."))
        return _go_back(slug, language, key)

    def remove(self, slug: str) -> ResponseReturnValue:
        """Take the recording of one text back."""
        language, key = _read_which()
        try:
            is_removed = remove_voice(
                self._database, slug, language, key, who=current_user.email, now=self._clock()
            )
        except VoiceRefusedError:
            abort(404)
        except OvertakenError:
            return self._render(slug, language, mistake=_(_OVERTAKEN)), CONFLICT
        flash(_("Se quitó la grabación.") if is_removed else _("Ya no había grabación."))
        return _go_back(slug, language, key)

    def _render(self, slug: str, asked: str, *, mistake: str = "") -> str:
        live, recorded = self._find(slug)
        flow = live.flow
        language = asked if asked in flow.languages else flow.script.language
        lines = {code: _list_lines(flow, code, recorded) for code in flow.languages}
        return render_template(
            "admin/recordings.html",
            slug=slug,
            title=live.consultation.title,
            mistake=mistake,
            language=language,
            languages={
                code: (find_language(code).name, sum(line.is_current for line in found), len(found))
                for code, found in lines.items()
            },
            lines=lines[language],
            path=VOICES_PATH,
        )

    def _find(self, slug: str) -> tuple[Live, Sequence[RecordedText]]:
        """Give what is live of a consultation, and its recordings; else a 404."""
        with self._database.reading() as unit:
            live = find_live(unit, slug)
            if live is None:
                abort(404)
            return live, unit.recordings.list(live.consultation.id)


def add_recordings(blueprint: Blueprint, pages: RecordingPages) -> None:
    """Serve the page to who may record, and take its forms."""
    record = permission(Permission.RECORD_VOICES)
    address = "/consultas/<slug>/voces"
    rules = blueprint.add_url_rule
    rules(address, "voices", record(pages.show))
    rules(f"{address}/subir", "record_voice", record(pages.record), methods=["POST"])
    rules(f"{address}/quitar", "remove_voice", record(pages.remove), methods=["POST"])


_OVERTAKEN = lazy_gettext(
    "Otra persona publicó mientras tanto. Vea cómo queda el texto e intente otra vez."
)


def _read_which() -> tuple[str, str]:
    return request.form.get("idioma", ""), request.form.get("texto", "")


def _go_back(slug: str, language: str, key: str) -> ResponseReturnValue:
    address = url_for("admin.voices", slug=slug, idioma=language, _anchor=name_text(key))
    return redirect(address, SEE_OTHER)


def _list_lines(flow: Flow, language: str, recorded: Sequence[RecordedText]) -> list[Line]:
    known = {one.key: one for one in recorded if one.language == language}
    lines = []
    for key, aloud in list_aloud(flow, language).items():
        one = known.get(key)
        is_current = one is not None and one.mark == mark(language, aloud)
        lines.append(Line(key, aloud, one, is_current))
    return lines
