"""The addresses of the API; `document.py` describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, jsonify, request

from admin.api.aggregates import COUNTED, Counted, hides_few, make_aggregates
from admin.api.document import MOST_CONVERSATIONS, USUAL_CONVERSATIONS, make_document
from admin.api.memory import Memory
from admin.api.tokens import ANSWERS, Scope, aggregate_tiers, answer_tiers
from admin.exporting import make_crowd
from admin.protection import public
from admin.tables.tiers import Tier
from admin.tables.variables import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo

    from flask.typing import ResponseReturnValue

    from admin.api.answers import AnswerReader
    from admin.api.cursors import Cursors
    from admin.api.gate import Gate
    from admin.consulted import Consulted, ConsultedReader
    from storage.api_tokens import ApiToken
    from storage.database import Database
    from storage.published import Revision

BAD_REQUEST, FORBIDDEN, NOT_FOUND = 400, 403, 404


class ApiPages:
    """Reads consultations, revisions, answers and counts.

    Args:
        timezone: in which times are written.
    """

    def __init__(  # noqa: PLR0913 - what it reads with
        self,
        database: Database,
        consulted: ConsultedReader,
        *,
        answers: AnswerReader,
        cursors: Cursors,
        clock: Callable[[], datetime],
        timezone: tzinfo,
    ) -> None:
        self._database = database
        self._consulted = consulted
        self._answers = answers
        self._cursors = cursors
        self._clock = clock
        self._timezone = timezone
        self._aggregates: Memory[tuple[str, Tier], dict[str, Any]] = Memory(self._count, clock)

    def list_consultations(self, _token: ApiToken) -> ResponseReturnValue:
        """Give all that were published."""
        return jsonify(items=[self._describe(one) for one in self._consulted.all()])

    def show_consultation(self, _token: ApiToken, slug: str) -> ResponseReturnValue:
        """Give one."""
        return jsonify(self._describe(self._find(slug)))

    def list_revisions(self, _token: ApiToken, slug: str) -> ResponseReturnValue:
        """Give a consultation's revisions, the newest first."""
        consulted = self._find(slug)
        revisions = self._read_revisions(consulted)
        return jsonify(items=[self._describe_revision(consulted, one) for one in revisions])

    def show_revision(self, _token: ApiToken, slug: str, number: int) -> ResponseReturnValue:
        """Give one revision with its script and its questions."""
        consulted = self._find(slug)
        found = next((one for one in self._read_revisions(consulted) if one.number == number), None)
        if found is None:
            abort(NOT_FOUND)
        questions = [
            {
                "id": variable.id,
                "kind": KINDS[variable.kind],
                "text": variable.text,
                "axis": variable.axis,
                "options": dict(variable.options),
            }
            for variable in consulted.wordings[found.id].variables.values()
        ]
        described = self._describe_revision(consulted, found)
        return jsonify({**described, "script": found.source, "questions": questions})

    def list_answers(self, token: ApiToken, slug: str) -> ResponseReturnValue:
        """Give a page of answers."""
        consulted, tier = self._find(slug), _read_tier(answer_tiers(token.scopes))
        after, said = None, request.args.get("cursor", "")
        if said:
            after = self._cursors.read(said, slug, tier) or abort(BAD_REQUEST)
        page = self._answers.read(consulted, tier, after, _read_limit(), f"API: {token.name}")
        following = None if page.last is None else self._cursors.write(page.last, slug, tier)
        return jsonify(tier=tier, items=page.rows, next=following)

    def show_aggregates(self, token: ApiToken, slug: str) -> ResponseReturnValue:
        """Give the counts."""
        consulted, tier = self._find(slug), _read_tier(aggregate_tiers(token.scopes))
        at, counts = self._aggregates.get((consulted.consultation.slug, tier))
        return jsonify(consultation=slug, tier=tier, at=self._write(at), **counts)

    def _count(self, key: tuple[str, Tier]) -> dict[str, Any]:
        slug, tier = key
        consulted = self._find(slug)
        with self._database.reading() as unit:
            found = consulted.consultation.id
            counted = Counted(
                unit.reports.counts(found),
                unit.reports.count_values(found, COUNTED),
                unit.reports.count_answering(found),
                make_crowd(consulted, unit) if hides_few(tier) else None,
            )
        return make_aggregates(consulted, tier, counted)

    def _find(self, slug: str) -> Consulted:
        return self._consulted.find(slug) or abort(NOT_FOUND)

    def _read_revisions(self, consulted: Consulted) -> Sequence[Revision]:
        with self._database.reading() as unit:
            return unit.consultations.list_revisions(consulted.consultation.id)

    def _describe(self, consulted: Consulted) -> dict[str, Any]:
        one = consulted.consultation
        return {
            "slug": one.slug,
            "title": one.title,
            "is_open": one.is_open(self._clock()),
            "opened_at": self._write(one.opened_at),
            "closed_at": self._write(one.closed_at),
        }

    def _describe_revision(self, consulted: Consulted, revision: Revision) -> dict[str, Any]:
        return {
            "number": revision.number,
            "edition": revision.edition,
            "note": revision.note,
            "published_at": self._write(revision.published_at),
            "is_live": revision.id == consulted.consultation.revision_id,
        }

    def _write(self, at: datetime | None) -> str | None:
        return None if at is None else at.astimezone(self._timezone).isoformat(timespec="seconds")


def make_api(pages: ApiPages, gate: Gate) -> Blueprint:
    """Put the addresses together."""
    blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
    rules = blueprint.add_url_rule
    document = make_document()
    rules("/openapi.json", "document", public(lambda: jsonify(document)))
    read = gate.needs(Scope.CONSULTATIONS)
    one = "/consultations/<slug>"
    rules("/consultations", "consultations", read(pages.list_consultations))
    rules(one, "consultation", read(pages.show_consultation))
    rules(f"{one}/revisions", "revisions", read(pages.list_revisions))
    rules(f"{one}/revisions/<int:number>", "revision", read(pages.show_revision))
    rules(f"{one}/answers", "answers", gate.needs(*ANSWERS.values())(pages.list_answers))
    rules(f"{one}/aggregates", "aggregates", gate.needs(Scope.AGGREGATES)(pages.show_aggregates))

    @blueprint.after_request
    def keep_nothing(response: Any) -> Any:
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _read_tier(allowed: Sequence[Tier]) -> Tier:
    """Give the tier asked for, by default the one that shows most."""
    wanted = request.args.get("tier", allowed[0])
    if wanted not in set(Tier):
        abort(BAD_REQUEST)
    if wanted not in allowed:
        abort(FORBIDDEN)
    return Tier(wanted)


def _read_limit() -> int:
    """Give how many conversations a page may hold."""
    said = request.args.get("limit", str(USUAL_CONVERSATIONS))
    # By hand: int() takes blanks, underscores and other scripts' digits.
    if not (said.isascii() and said.isdecimal() and len(said) <= len(str(MOST_CONVERSATIONS))):
        abort(BAD_REQUEST)
    limit = int(said)
    return limit if 1 <= limit <= MOST_CONVERSATIONS else abort(BAD_REQUEST)
