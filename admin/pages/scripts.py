"""Guion: the revisions of a consultation, and a form that checks a script and publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort, render_template, request, url_for
from flask_babel import force_locale, lazy_gettext
from flask_babel import gettext as _
from flask_security import current_user

from admin.approvals.base import Asked
from admin.approvals.desk import Outcome
from admin.approvals.publishing import FILE, ask_to_publish, compare
from admin.approvals.restoring import ask_to_restore
from admin.language import SPANISH
from admin.pages.carried import NOT_PUBLISHED, lead_on
from admin.pages.revisions import make_file, picture
from admin.pages.typed import read_line
from admin.pages.uploads import read_source
from admin.protection import permission
from admin.roles import Permission
from admin.translating import read_standing
from bot.publishing import UnreviewedError, carry_catalogues, check_whole
from flows.languages.catalogue import find_language
from flows.script.check import check_script
from flows.script.parse import read_script
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.approvals.desk import ApprovalDesk
    from flows.catalogues.entries import Catalogue
    from flows.script.changes import Change
    from flows.script.problems import Problem
    from storage.database import Database
    from storage.published import Consultation, Revision

LONGEST_NOTE = 300
BAD_REQUEST, CONFLICT = 400, 409


@dataclass(frozen=True, slots=True)
class Standing:
    """A consultation as it stands: its revisions, the newest first, and the live one."""

    consultation: Consultation
    revisions: Sequence[Revision]
    live: Revision


@dataclass(frozen=True, slots=True)
class Examined:
    """What is to be said of a script before it is published.

    Attributes:
        problems: with their lines.
        changes: against the live revision; None where either cannot be read.
        graph: its picture and the same in words; None where it cannot be read.
        mistake: a sentence on what keeps it from being published; empty where nothing does.
    """

    problems: Sequence[Problem]
    changes: Sequence[Change] | None
    graph: Mapping[str, object] | None
    mistake: str


class ScriptPages:
    """Shows revisions, checks a script, publishes it or asks for that."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], approvals: ApprovalDesk
    ) -> None:
        self._database = database
        self._clock = clock
        self._approvals = approvals

    def show(self, slug: str) -> ResponseReturnValue:
        """Show the revisions, and the live script to begin from."""
        standing = self._find(slug)
        return self._render(standing, standing.live.source)

    def check(self, slug: str) -> ResponseReturnValue:
        """Show what is wrong with a script and what it changes, and the script again."""
        standing, source = self._find(slug), read_source()
        if not source.strip():
            mistake = _("Pegue un guion o suba un archivo.")
            return self._render(standing, "", mistake=mistake), BAD_REQUEST
        examined = self._examine(standing, source)
        return self._render(standing, _decode(source), examined, mistake=examined.mistake)

    def draw(self, slug: str) -> ResponseReturnValue:
        """Give the picture of a script that can be read, as a file."""
        standing = self._find(slug)
        script = read_script(read_source(), name=FILE).script or abort(BAD_REQUEST)
        return make_file(script, f"{standing.consultation.slug}_borrador.svg")

    def publish(self, slug: str) -> ResponseReturnValue:
        """Publish a script that has no mistakes over the revision its publisher saw."""
        standing, source, note = self._find(slug), read_source(), read_line("nota")
        examined = self._examine(standing, source)
        typed: dict[str, Any] = {"note": note}
        mistake, status = examined.mistake, BAD_REQUEST
        if not mistake and not 0 < len(note) <= LONGEST_NOTE:
            mistake = _("Escriba qué cambió, con 300 letras como mucho.")
        if not mistake:
            try:
                outcome = self._publish(standing, source, note)
            except OvertakenError:
                # Compared with what somebody else has just made the live one.
                standing = self._find(slug)
                examined = self._examine(standing, source)
                mistake, status = _(_OVERTAKEN), CONFLICT
            except UnreviewedError as error:
                mistake = _(_UNREVIEWED)
                typed["missing"] = {
                    find_language(code).name: len(texts) for code, texts in error.missing.items()
                }
            else:
                return lead_on(outcome, url_for("admin.script", slug=slug), NOT_PUBLISHED)
        return self._render(standing, _decode(source), examined, mistake=mistake, **typed), status

    def restore(self, slug: str) -> ResponseReturnValue:
        """Publish an older revision again, over the one that whoever asks for it saw."""
        standing, number = self._find(slug), request.form.get("numero", "")
        known = next((one for one in standing.revisions if str(one.number) == number), None)
        status = BAD_REQUEST
        if known is None:
            mistake = _("No existe esa revisión.")
        elif read_script(known.source, name=FILE).script is None:
            mistake = _("La revisión %(number)s ya no se puede leer.", number=known.number)
        else:
            try:
                outcome = self._restore(standing, known)
                return lead_on(outcome, url_for("admin.script", slug=slug), NOT_PUBLISHED)
            except OvertakenError:
                standing = self._find(slug)
                mistake = _("Otra persona publicó mientras tanto, y no se volvió atrás.")
                status = CONFLICT
        return self._render(standing, standing.live.source, mistake=mistake), status

    def _examine(self, standing: Standing, source: bytes) -> Examined:
        """Check a script, and compare it with the live one."""
        new = read_script(source, name=FILE)
        problems = check_script(new, today=self._clock().date())
        graph = picture(new.script) if new.script else None
        changes, mistake = compare(standing.live.source, source), ""
        if any(problem.severity == "error" for problem in problems):
            mistake = _("El guion tiene errores: corríjalos y revíselo otra vez.")
        elif new.script is not None and new.script.slug != standing.consultation.slug:
            changes = None
            mistake = _("Este guion es de otra consulta: «%(slug)s».", slug=new.script.slug)
        return Examined(problems, changes, graph, mistake)

    def _restore(self, standing: Standing, older: Revision) -> Outcome:
        _refuse_unseen(standing)
        slug, content = standing.consultation.slug, ask_to_restore(older, standing.live)
        asked = Asked(slug, content, current_user.email)
        with force_locale(SPANISH):  # it is kept
            summary = _("Volver a la revisión %(number)s", number=older.number)
        return self._approvals.carry_out("script:restore", asked, summary)

    def _publish(self, standing: Standing, source: bytes, note: str) -> Outcome:
        _refuse_unseen(standing)
        live, slug = standing.live, standing.consultation.slug
        checked = check_whole(
            source,
            FILE,
            self._list_catalogues(live, slug, source),
            allow_drafts=request.form.get("menos_idiomas") == "si",
        )
        if (checked.source, checked.texts) == (live.source, live.texts):
            return Outcome(said=_("Ese guion ya está en vivo: no había nada que publicar."))
        content = ask_to_publish(checked, note, live)
        asked = Asked(slug, content, current_user.email)
        return self._approvals.carry_out("script:publish", asked, note)

    def _list_catalogues(self, live: Revision, slug: str, source: bytes) -> Mapping[str, Catalogue]:
        """Give the translations that go out with a script: what is on offer, and what is whole."""
        script = read_script(source, name=FILE).script
        with self._database.reading() as unit:
            standing = read_standing(unit, slug)
        if standing is None or script is None:
            return carry_catalogues(live)
        return standing.list_publishable(script)

    def _find(self, slug: str) -> Standing:
        """Give a consultation as it stands; what nobody published is a 404."""
        with self._database.reading() as unit:
            found = unit.consultations.find(slug)
            if found is None or found.revision_id is None:
                abort(404)
            revisions = unit.consultations.list_revisions(found.id)
        live = next(one for one in revisions if one.id == found.revision_id)
        return Standing(found, revisions, live)

    def _render(
        self, standing: Standing, source: str, examined: Examined | None = None, **more: Any
    ) -> str:
        return render_template(
            "admin/script.html",
            slug=standing.consultation.slug,
            title=standing.consultation.title,
            revisions=standing.revisions,
            live=standing.live,
            source=source,
            examined=examined,
            takes_two=self._approvals.asks,
            **more,
        )


def add_scripts(blueprint: Blueprint, pages: ScriptPages) -> None:
    """Serve the page to who may publish, and take its forms."""
    write = permission(Permission.WRITE_SCRIPTS)
    address = "/consultas/<slug>/guion"
    rules = blueprint.add_url_rule
    rules(address, "script", write(pages.show))
    rules(f"{address}/revisar", "check_script", write(pages.check), methods=["POST"])
    rules(f"{address}/dibujo", "draw_script", write(pages.draw), methods=["POST"])
    rules(f"{address}/volver", "restore_script", write(pages.restore), methods=["POST"])
    rules(f"{address}/publicar", "publish_script", write(pages.publish), methods=["POST"])


_OVERTAKEN = lazy_gettext(
    "Otra persona publicó mientras tanto, y lo suyo no se publicó. Mire abajo qué cambiaría "
    "ahora su guion y decida otra vez."
)
_UNREVIEWED = lazy_gettext(
    "No se publicó: cambiaron textos que ya estaban traducidos, "
    "y nadie recibe un texto sin revisar."
)


def _refuse_unseen(standing: Standing) -> None:
    """Raise OvertakenError where the form was made over another revision than the live one."""
    if request.form.get("base", "") != str(standing.live.number):
        raise OvertakenError("she has seen another revision")


def _decode(source: bytes) -> str:
    """Give a script as it is shown again; what is no UTF-8 has been told as a problem."""
    return source.decode(errors="replace")
