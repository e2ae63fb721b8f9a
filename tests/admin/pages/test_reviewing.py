"""Deciding how proposals stand: with a reason, once, and never over somebody else's decision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from storage.vocabulary import AuditAction
from tests.support.office import SLUG, WHOLE_WAY, read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.office import Office

LIST = f"/admin/consultas/{SLUG}/respuestas"
TICK = re.compile(r'name="sesion" value="([0-9a-f-]{36})\.(\d+)"')
REASON = "Falta decir en qué aldea."


def find_ticks(client: FlaskClient) -> list[tuple[str, str]]:
    """Give each proposal of the list and how often somebody has decided."""
    return TICK.findall(client.get(LIST).text)


def decide(client: FlaskClient, session: str, **form: str) -> TestResponse:
    """Fill the form of a session's page in and send it."""
    token = read_token(client.get(f"{LIST}/{session}").text)
    return client.post(f"{LIST}/{session}/propuesta", data={"csrf_token": token, **form})


def decide_many(client: FlaskClient, ticks: list[str], **form: str) -> str:
    """Send the form of the list, and give the page one comes back to."""
    data = {"csrf_token": read_token(client.get(LIST).text), "sesion": ticks, **form}
    response = client.post(f"{LIST}/propuestas?estado=completa", data=data)
    assert response.status_code == 303
    assert response.headers["Location"] == f"{LIST}?estado=completa"
    return client.get(response.headers["Location"]).text


def test_a_decision_stands_on_the_page_with_its_reason_and_in_the_audit_without(
    office_on_each: Office,
) -> None:
    office = office_on_each
    office.answer()
    client = office.enter("revisor")
    ((session, number),) = find_ticks(client)
    response = decide(client, session, estado="con_problema", motivo=REASON, numero=number)
    assert response.status_code == 303
    page = client.get(response.headers["Location"]).text
    assert "La propuesta quedó como «Con problema»." in page
    assert REASON in page
    office.clock.advance(minutes=1)
    assert decide(client, session, estado="aprobada", numero="1").status_code == 303
    page = client.get(f"{LIST}/{session}").text
    assert page.index("Con problema</strong>") < page.index("Aprobada</strong>")
    first, second = office.read_audit(AuditAction.PROPOSAL_REVIEWED)
    assert (first["who"], first["from"], first["to"]) == (
        "revisor@example.org",
        "recibida",
        "con_problema",
    )
    assert (second["from"], second["to"]) == ("con_problema", "aprobada")
    assert REASON not in str([first, second])


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"estado": "rechazada", "motivo": "  "}, "Escriba por qué queda como «Rechazada»."),
        ({"estado": "con_problema"}, "Escriba por qué queda como «Con problema»."),
        ({"estado": "publicada"}, "Elija cómo queda la propuesta."),
        ({}, "Elija cómo queda la propuesta."),
        ({"estado": "aprobada", "motivo": "x" * 1001}, "El motivo es demasiado largo"),
    ],
)
def test_a_form_with_a_mistake_comes_back_as_it_was_typed(
    office: Office, form: dict[str, str], words: str
) -> None:
    office.answer()
    client = office.enter("revisor")
    ((session, number),) = find_ticks(client)
    response = decide(client, session, numero=number, **form)
    assert response.status_code == 400
    assert words in response.text
    assert office.read_audit(AuditAction.PROPOSAL_REVIEWED) == []


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "99999999999999999999"])
def test_nobody_decides_over_a_decision_she_has_not_seen(office: Office, number: str) -> None:
    office.answer()
    client = office.enter("revisor")
    ((session, seen),) = find_ticks(client)
    assert decide(client, session, estado="aprobada", numero=seen).status_code == 303
    response = decide(client, session, estado="rechazada", motivo=REASON, numero=number)
    assert response.status_code == 409
    assert "Otra persona la cambió mientras tanto" in response.text
    assert REASON in response.text
    assert len(office.read_audit(AuditAction.PROPOSAL_REVIEWED)) == 1


def test_many_are_decided_about_at_once_and_the_filter_stays(office_on_each: Office) -> None:
    office = office_on_each
    for place in range(3):
        office.answer(number=f"+5025555010{place}")
    office.answer("CONSULTA", "no", number="+50255550109")
    client = office.enter("revisor")
    ticks = [".".join(pair) for pair in find_ticks(client)]
    assert len(ticks) == 3
    assert decide(client, ticks[0][:36], estado="aprobada", numero="0").status_code == 303
    page = decide_many(client, ticks, estado="rechazada", motivo=REASON)
    assert "2 propuestas quedaron como «Rechazada»." in page
    assert "1 no cambió" in page
    states = [entry["to"] for entry in office.read_audit(AuditAction.PROPOSAL_REVIEWED)]
    assert sorted(states) == ["aprobada", "rechazada", "rechazada"]


@pytest.mark.parametrize(
    ("ticks", "form", "words"),
    [
        ([], {"estado": "aprobada"}, "Marque al menos una propuesta."),
        (["x.0", "0"], {"estado": "aprobada"}, "Marque al menos una propuesta."),
        ([f"{'0' * 32}.0"], {"estado": "aprobada"}, "1 no cambió"),
        ([], {"estado": "rechazada"}, "Escriba por qué queda"),
    ],
)
def test_a_hand_made_list_changes_nothing(
    office: Office, ticks: list[str], form: dict[str, str], words: str
) -> None:
    office.answer()
    client = office.enter("revisor")
    assert words in decide_many(client, ticks, **form)
    assert office.read_audit(AuditAction.PROPOSAL_REVIEWED) == []


def test_where_there_is_no_proposal_there_is_nothing_to_decide(office_on_each: Office) -> None:
    office = office_on_each
    office.answer(*("0" if text == WHOLE_WAY[7] else text for text in WHOLE_WAY))
    client = office.enter("revisor")
    assert find_ticks(client) == []
    session = re.findall(rf"{LIST}/([0-9a-f-]{{36}})", client.get(LIST).text)[0]
    response = decide(client, session, estado="aprobada", numero="0")
    assert response.status_code == 400
    assert "no tiene una propuesta" in response.text


def test_what_was_written_about_somebody_goes_with_her_data(office_on_each: Office) -> None:
    office = office_on_each
    office.answer()
    client = office.enter("revisor")
    ((session, number),) = find_ticks(client)
    decide(client, session, estado="con_problema", motivo=REASON, numero=number)
    office.answer("BORRAR", "1")
    page = client.get(f"{LIST}/{session}").text
    assert REASON not in page
    assert "Borrada" in page
    assert find_ticks(client) == []
    assert decide(client, session, estado="aprobada", numero="0").status_code == 400


def test_the_citizen_is_told_nothing_of_a_review(office: Office) -> None:
    office.answer()
    client = office.enter("revisor")
    ((session, number),) = find_ticks(client)
    folio = re.search(r'<span class="tag off">(\w{7})</span>', client.get(f"{LIST}/{session}").text)
    assert folio
    before = office.answer(f"FOLIO {folio[1]}")
    decide(client, session, estado="rechazada", motivo=REASON, numero=number)
    assert office.answer(f"FOLIO {folio[1]}") == before


def test_who_may_only_read_decides_nothing(office: Office) -> None:
    office.answer()
    client = office.enter("exportador")
    page = client.get(LIST).text
    assert "Marcar" not in page
    session = re.findall(rf"{LIST}/([0-9a-f-]{{36}})", page)[0]
    assert decide(client, session, estado="aprobada", numero="0").status_code == 403
    data = {"csrf_token": read_token(page), "estado": "aprobada"}
    assert client.post(f"{LIST}/propuestas", data=data).status_code == 403
