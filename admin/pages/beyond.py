"""Canalizar: messages that were no part of the consultation, and what staff did about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_security import current_user

from admin.conversation import mask
from admin.pages.keyset import read_id
from admin.pages.typed import read_line
from admin.protection import permission
from admin.roles import Permission
from flows.reading.fold import fold
from storage.referrals import PENDING
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from storage.database import Database
    from storage.referrals import BeyondMessage
    from storage.unit import Unit

PAGE = 30
AT_ONCE = 200
MOST = 2_000
"""Messages that a page looks through for words: a second's work."""
LONGEST_NOTE = 200
LONGEST_WORDS = 100
SEE_OTHER = 303

ATTENDED, REFERRED, REFUSED = "atendido", "remitido", "no_procede"
STATES = {
    PENDING: lazy_gettext("Pendiente"),
    ATTENDED: lazy_gettext("Atendido"),
    REFERRED: lazy_gettext("Remitido"),
    REFUSED: lazy_gettext("No procede"),
}
"""How a message can stand, the first as it comes."""


@dataclass(frozen=True, slots=True)
class _Found:
    rows: Sequence[BeyondMessage]
    following: UUID | None


class BeyondPages:
    """The list, and what becomes of a message."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def show(self) -> ResponseReturnValue:
        """Show a page of messages, the newest first, and write down that they were read."""
        state = request.args.get("estado", PENDING)
        if state not in {"", *STATES}:
            abort(404)
        words = request.args.get("palabras", "")[:LONGEST_WORDS]
        before = read_id("despues")
        with self._database.reading() as unit:
            counts = unit.referrals.count()
            found = _find(unit, state, fold(words).split(), before)
            numbers = {
                one.id: [mask(address) for address in unit.dossiers.addresses(one.person_id)]
                for one in found.rows
            }
        now = self._clock()
        if found.rows:
            with self._database.unit() as unit:
                details: dict[str, str | int] = {"rows": len(found.rows)}
                unit.audit.add(AuditAction.BEYOND_READ, now, current_user.email, details)
        return render_template(
            "admin/beyond.html",
            rows=found.rows,
            following=found.following,
            is_first=before is None,
            numbers=numbers,
            states=STATES,
            state=state,
            words=words,
            counts={name: counts.get(name, 0) for name in STATES},
            now=now,
        )

    def mark(self, message_id: UUID) -> ResponseReturnValue:
        """Keep what was done about a message."""
        before, state = request.form.get("antes", ""), request.form.get("estado", "")
        note = read_line("nota")[:LONGEST_NOTE]
        if before not in STATES or state not in STATES or state == PENDING:
            abort(400)
        if state == REFERRED and not note:
            flash(_("Escriba a qué institución se remitió."), "error")
        elif self._keep(message_id, before, state, note):
            flash(_("Quedó anotado."))
        else:
            flash(_("No se anotó: otra persona lo cambió antes, o ya se borró."), "error")
        return redirect(url_for("admin.beyond"), SEE_OTHER)

    def _keep(self, message_id: UUID, before: str, state: str, note: str) -> bool:
        with self._database.unit() as unit:
            return unit.referrals.mark(
                message_id, before, state, note, who=current_user.email, now=self._clock()
            )


def _find(unit: Unit, state: str, words: Sequence[str], before: UUID | None) -> _Found:
    """Give a page of the messages that say all words; they are sealed, so each is opened."""
    kept: list[BeyondMessage] = []
    for _turn in range(MOST // AT_ONCE):
        rows = unit.referrals.list(state, before, AT_ONCE if words else PAGE + 1)
        for one in rows:
            said = fold(one.text)
            if all(word in said for word in words):
                kept.append(one)
            if len(kept) > PAGE:
                return _Found(kept[:PAGE], kept[PAGE - 1].id)
        if not words or len(rows) < AT_ONCE:
            return _Found(kept, None)
        before = rows[-1].id
    return _Found(kept, before)


def add_beyond(blueprint: Blueprint, pages: BeyondPages) -> None:
    """Serve the list to who may read what people wrote beside the consultation."""
    may = permission(Permission.REFER)
    rules = blueprint.add_url_rule
    rules("/canalizar", "beyond", may(pages.show))
    rules("/canalizar/<uuid:message_id>", "mark_beyond", may(pages.mark), methods=["POST"])
