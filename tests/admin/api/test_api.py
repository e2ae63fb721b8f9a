"""The API from outside: what it gives, to whom, and how often."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from admin.api.memory import KEEP
from storage.vocabulary import AuditAction
from tests.support.caller import Caller
from tests.support.office import PROPOSAL, SLUG, WHOLE_WAY

if TYPE_CHECKING:
    from tests.support.office import Office

ONE = f"/consultations/{SLUG}"


@pytest.fixture
def answered(office: Office) -> Office:
    """Three whole conversations and one refused."""
    for number in range(1, 4):
        office.answer(number=f"+5025555010{number}")
    office.answer("CONSULTA", "no", number="+50255550104")
    return office


def test_consultations_and_revisions_are_read(office_on_each: Office) -> None:
    caller = Caller(office_on_each, "consultations")
    [listed] = caller.get("/consultations")["items"]
    assert listed == caller.get(ONE)
    assert (listed["slug"], listed["is_open"]) == (SLUG, True)
    assert listed["opened_at"].endswith("-06:00")
    [revision] = caller.get(f"{ONE}/revisions")["items"]
    assert (revision["number"], revision["is_live"]) == (1, True)
    whole = caller.get(f"{ONE}/revisions/1")
    assert whole["script"].startswith("puente: 1") or "consulta:" in whole["script"]
    questions = {question["id"]: question for question in whole["questions"]}
    assert questions["p1"]["kind"] == "opcion"
    assert questions["p1"]["options"]["1"] == "Sí"
    assert "who" not in revision


def test_answers_are_those_of_the_export(office_on_each: Office) -> None:
    office = office_on_each
    office.answer()
    office.answer(number="+50255550102", form="whatsapp")
    lines = (
        office.enter("exportador")
        .get(f"/admin/consultas/{SLUG}/long.jsonl?nivel=equipo")
        .text.splitlines()
    )
    page = Caller(office, "answers:equipo").get(f"{ONE}/answers")
    assert page["tier"] == "equipo"
    assert page["items"] == [json.loads(line) for line in lines]
    assert page["next"] is None


def test_cursors_lead_through_all_answers_once(answered: Office) -> None:
    caller = Caller(answered, "answers:grupo")
    whole = caller.get(f"{ONE}/answers")["items"]
    found: list[dict[str, Any]] = []
    cursor, pages = "", 0
    while cursor is not None:
        page = caller.get(f"{ONE}/answers?limit=1&cursor={cursor}")
        found += page["items"]
        cursor, pages = page["next"], pages + 1
    assert found == whole
    assert pages == 4
    assert {row["pregunta"] for row in found} >= {"p1", "p5"}


def test_a_tier_shows_what_it_may(answered: Office) -> None:
    page = Caller(answered, "answers:publico").get(f"{ONE}/answers")
    assert page["tier"] == "publico"
    row = page["items"][0]
    assert (row["persona"], row["sesion"], row["municipio"]) == ("", "", "")
    assert len(row["contestada_en"]) == len("2026-03-02")
    assert PROPOSAL not in json.dumps(page)


def test_each_page_is_written_down(answered: Office) -> None:
    page = Caller(answered, "answers:equipo", name="Tablero").get(f"{ONE}/answers?limit=2")
    [entry] = answered.read_audit(AuditAction.EXPORT_TAKEN)
    assert (entry["who"], entry["format"], entry["tier"]) == ("API: Tablero", "api", "equipo")
    assert entry["rows"] == len(page["items"])
    assert len(entry["hash"]) == 64


def test_counts_are_those_of_the_answers(answered: Office) -> None:
    answered.answer(*WHOLE_WAY[:2], "1", "0", number="+50255550105")
    counts = Caller(answered, "aggregates", "answers:equipo").get(f"{ONE}/aggregates")
    assert counts["tier"] == "equipo"
    assert counts["conversations"] == 5
    standings = {one["standing"]: one["conversations"] for one in counts["by_standing"]}
    assert standings == {"completa": 3, "rechazo": 1, "en_curso": 1}
    questions = {question["id"]: question for question in counts["questions"]}
    assert questions["p1"]["people"] == 4
    assert [(one["value"], one["people"]) for one in questions["p1"]["values"]] == [
        ("0", 1),
        ("1", 3),
    ]
    ticked = {one["value"]: one["people"] for one in questions["p3"]["values"]}
    assert ticked == {"1": 3, "3": 3}
    assert questions["p5"]["people"] == 3
    assert questions["p5"]["values"] == []
    [place] = [one for one in counts["questions"] if one["kind"] == "lugar"]
    assert place["values"] == [{"value": "14", "label": "Quiché", "people": 3}]


def test_the_public_sees_no_count_of_fewer_than_ten(answered: Office) -> None:
    caller = Caller(answered, "aggregates")
    counts = caller.get(f"{ONE}/aggregates")
    assert counts["tier"] == "publico"
    assert counts["conversations"] is None
    assert counts["by_standing"] == []
    assert {question["people"] for question in counts["questions"]} == {None}
    assert all(question["values"] == [] for question in counts["questions"])
    for number in range(10, 19):
        answered.answer(number=f"+502555501{number}")
    assert caller.get(f"{ONE}/aggregates") == counts, "found a minute ago"
    answered.clock.advance(seconds=KEEP.total_seconds())
    counts = caller.get(f"{ONE}/aggregates")
    assert counts["conversations"] == 13
    assert counts["by_standing"] == [{"standing": None, "conversations": 13}]
    questions = {question["id"]: question for question in counts["questions"]}
    assert [(one["value"], one["people"]) for one in questions["p1"]["values"]] == [("1", 12)]
    [place] = [one for one in counts["questions"] if one["kind"] == "lugar"]
    assert [(one["value"], one["people"]) for one in place["values"]] == [(None, 13)]


REFUSED = [
    ("consultations", f"{ONE}/answers", 403),
    ("answers:publico", "/consultations", 403),
    ("answers:publico", f"{ONE}/answers?tier=equipo", 403),
    ("answers:publico", f"{ONE}/answers?tier=nada", 400),
    ("answers:equipo", f"{ONE}/answers?tier=publico", 403),
    ("aggregates", f"{ONE}/aggregates?tier=grupo", 403),
    ("answers:equipo", f"{ONE}/answers?limit=0", 400),
    ("answers:equipo", f"{ONE}/answers?limit=501", 400),
    ("answers:equipo", f"{ONE}/answers?limit=99999999999", 400),
    ("answers:equipo", f"{ONE}/answers?limit=%2B1", 400),
    ("answers:equipo", f"{ONE}/answers?cursor=nada", 400),
    ("answers:equipo", f"{ONE}/answers?limit=500", 200),
    ("consultations", "/consultations/nada", 404),
    ("consultations", "/consultations/%00", 404),
    ("consultations", f"{ONE}/revisions/2", 404),
    ("consultations", f"{ONE}/revisions/99999999999999999999", 404),
    ("consultations", f"{ONE}/revisions/x", 404),
    ("consultations", "/nada", 404),
]


def test_what_may_not_be_is_refused_in_json(office: Office) -> None:
    for scopes, path, status in REFUSED:
        response = Caller(office, *scopes.split()).ask(path)
        assert response.status_code == status, (path, response.text)
        assert status == 200 or set(response.get_json()) == {"error"}, path


def test_without_a_token_that_holds_nothing_is_read(office: Office) -> None:
    caller = Caller(office, "consultations", days=1)
    client = office.app.test_client()
    for header in ("", "Bearer", "Bearer x", "Bearer puente_x", "Basic YTpi", f"{caller.secret}"):
        response = client.get("/api/v1/consultations", headers={"Authorization": header})
        assert response.status_code == 401, header
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.get(f"/api/v1/consultations?token={caller.secret}").status_code == 401
    assert caller.ask("/consultations").status_code == 200
    office.clock.advance(days=1)
    assert caller.ask("/consultations").status_code == 401


def test_a_session_of_the_staffs_pages_opens_no_api(office: Office) -> None:
    assert office.enter("administrador").get("/api/v1/consultations").status_code == 401


def test_a_revoked_token_opens_nothing(office: Office) -> None:
    caller = Caller(office, "consultations")
    with office.database.unit() as unit:
        [token] = unit.api_tokens.list()
        assert unit.api_tokens.revoke(token.id, office.clock(), "prueba")
        assert not unit.api_tokens.revoke(token.id, office.clock(), "prueba")
    assert caller.ask("/consultations").status_code == 401


def test_too_many_requests_are_slowed_down(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("admin.api.gate.MOST", 2)
    monkeypatch.setattr("admin.api.gate.MOST_WRONG", 1)
    caller = Caller(office, "consultations")
    assert [caller.ask("/consultations").status_code for _ in range(3)] == [200, 200, 429]
    response = caller.ask("/consultations")
    assert 0 < int(response.headers["Retry-After"]) <= 61
    assert Caller(office, "consultations").ask("/consultations").status_code == 200
    client = office.app.test_client()
    assert [client.get("/api/v1/consultations").status_code for _ in range(2)] == [401, 429]


def test_nothing_of_it_is_kept_on_the_way(office: Office) -> None:
    response = Caller(office, "consultations").ask("/consultations")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
