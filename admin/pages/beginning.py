"""Consulta nueva: a script is checked and published as a consultation of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.approvals.base import Asked
from admin.approvals.publishing import FILE
from admin.pages.carried import NOT_PUBLISHED, lead_on
from admin.pages.revisions import picture
from admin.pages.typed import read_line
from admin.pages.uploads import read_source
from admin.protection import permission
from admin.roles import Permission
from flows.script.check import check_script
from flows.script.parse import read_script
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.approvals.desk import ApprovalDesk
    from flows.script.model import Script
    from flows.script.problems import Problem
    from storage.database import Database

LONGEST_NOTE = 300
BAD_REQUEST, CONFLICT = 400, 409


@dataclass(frozen=True, slots=True)
class Examined:
    """A script as it was read; `mistake` keeps it from being published, where there is one."""

    script: Script | None
    problems: Sequence[Problem]
    graph: Mapping[str, object] | None
    mistake: str


class BeginningPages:
    """Checks a new consultation's script, publishes it or asks for that."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], approvals: ApprovalDesk
    ) -> None:
        self._database = database
        self._clock = clock
        self._approvals = approvals

    def show(self) -> ResponseReturnValue:
        """Show the empty form."""
        return self._render("")

    def check(self) -> ResponseReturnValue:
        """Show what is wrong with the script, and the script again."""
        source = read_source()
        if not source.strip():
            return self._render("", mistake=_("Pegue un guion o suba un archivo.")), BAD_REQUEST
        examined = self._examine(source)
        return self._render(_decode(source), examined, examined.mistake)

    def publish(self) -> ResponseReturnValue:
        """Publish it; its consultation is closed until somebody opens it."""
        source, note = read_source(), read_line("nota")
        examined = self._examine(source)
        script, mistake, status = examined.script, examined.mistake, BAD_REQUEST
        if not mistake and not 0 < len(note) <= LONGEST_NOTE:
            mistake = _("Escriba para qué es, con 300 letras como mucho.")
        if script is not None and not mistake:
            asked = Asked(
                script.slug, {"source": source.decode(), "note": note}, current_user.email
            )
            try:
                outcome = self._approvals.carry_out("script:begin", asked, note)
            except OvertakenError:
                mistake, status = _say_taken(script.slug), CONFLICT
            else:
                address = url_for("admin.script", slug=script.slug)
                return lead_on(outcome, address, NOT_PUBLISHED)
        return self._render(_decode(source), examined, mistake, note), status

    def _examine(self, source: bytes) -> Examined:
        read = read_script(source, name=FILE)
        problems, mistake = check_script(read, today=self._clock().date()), ""
        if any(problem.severity == "error" for problem in problems):
            mistake = _("El guion tiene errores: corríjalos y revíselo otra vez.")
        elif read.script is not None:
            with self._database.reading() as unit:
                if unit.consultations.find(read.script.slug) is not None:
                    mistake = _say_taken(read.script.slug)
        graph = picture(read.script) if read.script else None
        return Examined(read.script, problems, graph, mistake)

    def _render(
        self, source: str, examined: Examined | None = None, mistake: str = "", note: str = ""
    ) -> str:
        return render_template(
            "admin/beginning.html",
            source=source,
            examined=examined,
            mistake=mistake,
            note=note,
            takes_two=self._approvals.asks,
        )


def add_beginning(blueprint: Blueprint, pages: BeginningPages) -> None:
    """Serve the page to who may publish, and take its forms."""
    write = permission(Permission.WRITE_SCRIPTS)
    rules, address = blueprint.add_url_rule, "/consulta-nueva"
    rules(address, "beginning", write(pages.show))
    rules(f"{address}/revisar", "check_beginning", write(pages.check), methods=["POST"])
    rules(f"{address}/publicar", "publish_beginning", write(pages.publish), methods=["POST"])


def _say_taken(slug: str) -> str:
    said: str = _("Ya hay una consulta «%(slug)s»: cambie «consulta:» en el guion.", slug=slug)
    return said


def _decode(source: bytes) -> str:
    """Give a script as it is shown again; what is no UTF-8 has been told as a problem."""
    return source.decode(errors="replace")
