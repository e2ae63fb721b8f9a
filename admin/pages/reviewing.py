"""Deciding how proposals stand: one on its page, many on the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_security import current_user

from admin.protection import permission
from admin.reviews import REVIEWS, find_mistake
from admin.roles import Permission
from storage.dossiers import Review
from storage.errors import OvertakenError
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.pages.answers import AnswerPages
    from storage.database import Database
    from storage.dossiers import ReportedProposal

MOST_AT_ONCE = 200
BAD_REQUEST, CONFLICT, SEE_OTHER = 400, 409, 303


class ReviewForms:
    """Takes what staff decide about proposals."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], pages: AnswerPages
    ) -> None:
        self._database = database
        self._clock = clock
        self._pages = pages

    def review_one(self, slug: str, session_id: UUID) -> ResponseReturnValue:
        """Decide about the proposal of one session."""
        _consulted, listed = self._pages.find_session(slug, session_id)
        state, reason = _read_decision()
        mistake = find_mistake(state, reason)
        status = BAD_REQUEST
        if listed.proposal is None or listed.proposal.is_erased:
            mistake = _("Esta conversación no tiene una propuesta.")
        elif not mistake:
            number = request.form.get("numero", "")
            if self._decide(slug, listed.proposal, number, state, reason):
                flash(_("La propuesta quedó como «%(state)s».", state=REVIEWS[state].label))
                here = url_for("admin.session", slug=slug, session_id=session_id)
                return redirect(here, SEE_OTHER)
            mistake, status = _OVERTAKEN, CONFLICT
        page = self._pages.render_session(
            slug, session_id, mistake=mistake, typed={"estado": state, "motivo": reason}
        )
        return page, status

    def review_many(self, slug: str) -> ResponseReturnValue:
        """Decide the same about every proposal that was ticked, and go back to the list."""
        consulted = self._pages.find_consulted(slug)
        state, reason = _read_decision()
        # What was understood and nothing else: `url_for` has arguments of its own.
        said: dict[str, Any] = dict(self._pages.read_filter(consulted).link)
        back = redirect(url_for("admin.answers", slug=slug, **said), SEE_OTHER)
        if mistake := find_mistake(state, reason):
            flash(mistake, "error")
            return back
        ticked = dict(_read_ticked())
        with self._database.reading() as unit:
            found = unit.proposals.of_sessions(
                [
                    session_id
                    for session_id in ticked
                    if unit.dossiers.find(consulted.consultation.id, session_id)
                ]
            )
        decided = [
            self._decide(slug, proposal, ticked[session_id], state, reason)
            for session_id, proposal in found.items()
            if not proposal.is_erased
        ]
        self._tell(sum(decided), len(ticked) - sum(decided), REVIEWS[state].label)
        return back

    def _tell(self, done: int, left: int, label: str) -> None:
        if not done and not left:
            flash(_("Marque al menos una propuesta."), "error")
        if done:
            flash(
                ngettext(
                    "%(num)d propuesta quedó como «%(state)s».",
                    "%(num)d propuestas quedaron como «%(state)s».",
                    done,
                    state=label,
                )
            )
        if left:
            flash(
                ngettext(
                    "%(num)d no cambió: otra persona la cambió o se borró mientras tanto.",
                    "%(num)d no cambiaron: otra persona las cambió o se borraron mientras tanto.",
                    left,
                ),
                "error",
            )

    def _decide(
        self, slug: str, proposal: ReportedProposal, seen: str, state: str, reason: str
    ) -> bool:
        """Keep a decision; `seen` is how often somebody had decided when it was made.

        Returns:
            False where somebody else decided since.
        """
        if seen != str(proposal.number):
            return False
        now, who = self._clock(), current_user.email
        try:
            with self._database.unit() as unit:
                review = Review(proposal.number + 1, state, reason, who, now)
                unit.proposals.review(proposal.id, review)
                unit.audit.add(
                    AuditAction.PROPOSAL_REVIEWED,
                    now,
                    who,
                    {
                        "consultation": slug,
                        "folio": proposal.folio,
                        "from": proposal.state,
                        "to": state,
                    },
                )
        except OvertakenError:
            return False
        return True


def add_reviewing(blueprint: Blueprint, forms: ReviewForms) -> None:
    """Take the forms of the list and of each session."""
    review = permission(Permission.REVIEW)
    address = "/consultas/<slug>/respuestas"
    blueprint.add_url_rule(
        f"{address}/<uuid:session_id>/propuesta",
        "review_one",
        review(forms.review_one),
        methods=["POST"],
    )
    blueprint.add_url_rule(
        f"{address}/propuestas", "review_many", review(forms.review_many), methods=["POST"]
    )


_OVERTAKEN = lazy_gettext(
    "Otra persona la cambió mientras tanto: mire cómo quedó y decida otra vez."
)


def _read_decision() -> tuple[str, str]:
    # Browsers send line ends as two signs.
    reason = request.form.get("motivo", "").replace("\r\n", "\n").strip()
    return request.form.get("estado", ""), reason


def _read_ticked() -> Iterator[tuple[UUID, str]]:
    """Give each ticked session and how often somebody had decided, as `id.number`."""
    for ticked in request.form.getlist("sesion")[:MOST_AT_ONCE]:
        name, _dot, number = ticked.partition(".")
        try:
            yield UUID(name), number
        except ValueError:
            continue
