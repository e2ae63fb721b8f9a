"""The answers: a list with its filter in the address, and one session as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _
from flask_security import current_user

from admin.answer_filter import COLUMNS, NAMES, choose_columns, read_filter
from admin.consulted import ConsultedReader
from admin.conversation import find_proposal_text, list_said, mask, shorten
from admin.outcomes import STANDINGS, find_standing
from admin.pages.keyset import read_id
from admin.protection import permission
from admin.reviews import REVIEWS
from admin.roles import Permission
from admin.searching import find_rows
from admin.tables.codebook import MODES
from admin.tables.subject import SubjectReader
from bot.failures import say_why
from flows.languages.catalogue import find_language
from flows.reading.places import label, places
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.answer_filter import AnswerFilter
    from admin.consulted import Consulted
    from storage.database import Database
    from storage.dossiers import Listed, SaidMessage

PAGE = 50
"""Sessions in a page of the list."""

SENDING = {
    "waiting": _("por salir"),
    "leased": _("saliendo"),
    "sent": _("enviado"),
    "delivered": _("entregado"),
    "read": _("leído"),
    "failed": _("no llegó"),
    "dead": _("no se pudo enviar"),
    "uncertain": _("no se sabe si salió"),
    "dropped": _("ya no hizo falta"),
}
"""How a message of the outbox stands, in words."""

FAILING = frozenset({"waiting", "leased", "failed", "dead", "uncertain"})
"""Where the code of a message, if it has one, says what keeps or kept it."""

_DEPARTMENTS = {code: place.name for code, place in places().items() if len(code) == len("14")}


class AnswerPages:
    """The pages that show what people said.

    Args:
        channels: the channels there are, to choose from, name -> kind.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        timezone: tzinfo,
        channels: Mapping[str, str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._timezone = timezone
        self._channels = channels
        self._reader = ConsultedReader(database)

    def show_list(self, slug: str) -> ResponseReturnValue:
        """Show a page of sessions, the newest first."""
        consulted = self.find_consulted(slug)
        found = self.read_filter(consulted)
        with self._database.reading() as unit:
            page = find_rows(unit, consulted.consultation.id, found, read_id("despues"), PAGE)
        return render_template(
            "admin/answers.html",
            slug=slug,
            title=consulted.consultation.title,
            rows=[self._describe(consulted, listed) for listed in page.rows],
            following=page.following,
            is_cut=page.is_cut,
            questions={one.id: one.text for one in consulted.variables if one.part > 0},
            column_names=COLUMNS,
            is_first="despues" not in request.args,
            filter=found,
            names=NAMES,
            modes=MODES,
            standings={one.code: _(one.label) for one in STANDINGS.values()},
            reviews={code: one.label for code, one in REVIEWS.items()},
            review_words=REVIEWS,
            channels={name: name for name in self._channels},
            departments=_DEPARTMENTS,
            now=self._clock(),
        )

    def show_session(self, slug: str, session_id: UUID) -> ResponseReturnValue:
        """Show one session, its number masked."""
        return self.render_session(slug, session_id)

    def show_number(self, slug: str, session_id: UUID) -> ResponseReturnValue:
        """Show one session with its number, and write down who asked for it."""
        consulted, _ = self.find_session(slug, session_id)
        with self._database.unit() as unit:
            unit.audit.add(
                AuditAction.NUMBER_SHOWN,
                self._clock(),
                current_user.email,
                {"consultation": consulted.consultation.slug, "session": str(session_id)},
            )
        return self.render_session(slug, session_id, has_number=True)

    def render_session(
        self, slug: str, session_id: UUID, *, has_number: bool = False, **more: Any
    ) -> str:
        """Write a session's page.

        Args:
            slug: of the consultation.
            session_id: which.
            has_number: whether the number is shown in full.
            more: for the form of the proposal, where it has to be shown again.
        """
        consulted, listed = self.find_session(slug, session_id)
        person_id = listed.session.person_id
        with self._database.reading() as unit:
            messages = unit.dossiers.messages(session_id, person_id)
            addresses = unit.dossiers.addresses(person_id)
        return render_template(
            "admin/session.html",
            slug=slug,
            title=consulted.consultation.title,
            row=self._describe(consulted, listed),
            said=list_said(consulted, listed),
            messages=messages,
            numbers=[one.value if has_number else mask(one) for one in addresses],
            has_number=has_number,
            reviews=REVIEWS,
            modes=MODES,
            states=SENDING,
            why={one.id: self._say_why(one) for one in messages if one.state in FAILING},
            **more,
        )

    def _say_why(self, message: SaidMessage) -> str:
        return say_why(self._channels.get(message.channel, ""), message.code)

    def read_filter(self, consulted: Consulted) -> AnswerFilter:
        """Read the filter in this request's address."""
        place_questions = [one.id for one in consulted.variables if one.kind == "place"]
        found = read_filter(request.args, place_questions, self._timezone)
        return choose_columns(found, request.args.getlist("columna"), consulted.asked)

    def find_consulted(self, slug: str) -> Consulted:
        """Give a consultation, or end the request with a 404."""
        return self._reader.find(slug) or abort(404)

    def find_session(self, slug: str, session_id: UUID) -> tuple[Consulted, Listed]:
        """Give a session of a consultation, or end the request with a 404."""
        consulted = self.find_consulted(slug)
        with self._database.reading() as unit:
            listed = unit.dossiers.find(consulted.consultation.id, session_id)
        return consulted, listed or abort(404)

    def _describe(self, consulted: Consulted, listed: Listed) -> dict[str, Any]:
        """Say in words what both pages show of a session."""
        session = listed.session
        place = SubjectReader(consulted.variables).read(session).place
        text = find_proposal_text(listed)
        return {
            "session": session,
            "standing": find_standing(session.outcome),
            "language": find_language(session.language).name,
            "place": label(place) if place else "",
            "proposal": listed.proposal,
            "text": text,
            "preview": shorten(text),
            "said": {
                one.question: shorten(one.label or one.text)
                for one in list_said(consulted, listed)
                if one.is_current
            },
        }


def add_answers(blueprint: Blueprint, pages: AnswerPages) -> None:
    """Serve the list and the sessions of each consultation."""
    read = permission(Permission.READ_ANSWERS)
    see = permission(Permission.SEE_NUMBERS)
    address = "/consultas/<slug>/respuestas"
    one = f"{address}/<uuid:session_id>"
    blueprint.add_url_rule(address, "answers", read(pages.show_list))
    blueprint.add_url_rule(one, "session", read(pages.show_session))
    blueprint.add_url_rule(f"{one}/numero", "number", see(pages.show_number), methods=["POST"])
