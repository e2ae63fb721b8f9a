"""Probar: three phones on a script that is not published. Nothing is kept, sent or counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask_babel import gettext as _

from admin.approvals.publishing import FILE
from admin.pages.uploads import read_source
from admin.protection import permission
from admin.rehearsing import (
    DIALLED,
    LONGEST_TYPED,
    MOST_TYPED,
    list_spoken,
    make_rehearsed,
    play,
    read_typed,
)
from admin.roles import Permission
from admin.translating import read_standing
from bot.publishing import UnknownRevisionError, carry_catalogues, get_revision
from flows.languages.catalogue import find_language
from flows.script.check import check_script
from flows.script.parse import read_script

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from flows.catalogues.entries import Catalogue
    from flows.script.model import Script
    from flows.text.render import Form
    from storage.database import Database
    from storage.published import Revision

BAD_REQUEST = 400
FORMS: tuple[Form, ...] = ("sms", "ussd", "whatsapp")
PHONE_WORDS: Mapping[Form, str] = {"sms": "SMS", "ussd": "USSD", "whatsapp": "WhatsApp"}


class RehearsingPages:
    """What was typed so far stands in the page's own forms, and nowhere else."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def show(self, slug: str) -> ResponseReturnValue:
        """Show the phones with the live script."""
        live = self._find(slug)
        return self._render(live, slug, live.source)

    def press(self, slug: str) -> ResponseReturnValue:
        """Show the phones after what was pressed, with the script that came along."""
        return self._render(self._find(slug), slug, read_source().decode(errors="replace"))

    def _find(self, slug: str) -> Revision:
        with self._database.reading() as unit:
            try:
                return get_revision(unit, slug)
            except UnknownRevisionError:
                abort(404)

    def _render(self, live: Revision, slug: str, source: str) -> ResponseReturnValue:
        parsed = read_script(source.encode(), name=FILE)
        script = parsed.script
        title = script.title if script else slug
        now = self._clock()
        problems = check_script(parsed, today=now.date())
        if script is None or any(one.severity == "error" for one in problems):
            mistake = _("El guion tiene errores: corríjalos y revíselo antes de probarlo.")
            page = render_template(
                "admin/rehearsal.html", slug=slug, title=title, mistake=mistake, phones=()
            )
            return page, BAD_REQUEST
        spoken = list_spoken(script, self._find_catalogues(live, slug, script))
        flow, wanted = make_rehearsed(script, spoken), request.form.get("idioma", "")
        language = wanted if wanted in flow.languages else script.language
        return render_template(
            "admin/rehearsal.html",
            slug=slug,
            title=title,
            source=source,
            is_live=source == live.source,
            phones=[play(flow, form, _read_pressed(form), language, now) for form in FORMS],
            spoken=spoken,
            own=script.language,
            language=language,
            is_draft=any(one.is_draft for one in spoken if one.code == language),
            name_language=lambda code: find_language(code).name,
            phone_words=PHONE_WORDS,
            write=json.dumps,
            longest=LONGEST_TYPED,
            most=MOST_TYPED,
        )

    def _find_catalogues(
        self, live: Revision, slug: str, script: Script
    ) -> Mapping[str, Catalogue]:
        """Give the translations that staff work on; what is on offer where nothing is live."""
        with self._database.reading() as unit:
            standing = read_standing(unit, slug)
        return standing.bring_up(script) if standing else carry_catalogues(live)


def _read_pressed(form: Form) -> tuple[str, ...]:
    """Give what was typed on a phone, with what has just been pressed on it."""
    said = request.form
    typed = read_typed(said.get(f"dicho_{form}", ""))
    if said.get("de_nuevo") == form:
        return ()
    if said.get("marcar") == form:
        return (*typed, DIALLED)
    text = said.get("toque") or said.get("texto", "").strip()
    is_pressed = said.get("telefono") == form and text
    return (*typed, text[:LONGEST_TYPED]) if is_pressed else typed


def add_rehearsing(blueprint: Blueprint, pages: RehearsingPages) -> None:
    """Serve the page to who may publish, and take its forms."""
    write = permission(Permission.WRITE_SCRIPTS)
    address = "/consultas/<slug>/guion/probar"
    blueprint.add_url_rule(address, "rehearsal", write(pages.show))
    blueprint.add_url_rule(address, "press_rehearsal", write(pages.press), methods=["POST"])
