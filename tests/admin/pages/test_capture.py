"""Captura: a sheet goes through the engine whole or not at all, and some are looked at again."""

from __future__ import annotations

import re
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from admin.pages import capture
from bot.publishing import publish
from puente.bundled import read_source
from puente.translations import read_catalogues
from storage.models import Capture
from storage.repositories.captures import CaptureRecord
from storage.vocabulary import AuditAction
from tests.support.crowds import at_once
from tests.support.office import SLUG, read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from storage.database import Database
    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}/captura"
LOOK = f"{PAGE}/segunda-mirada"
CLERK = "operador@example.org"
SHEET = {
    "modo": "papel",
    "etiqueta": "Hoja 12",
    "acepta": "si",
    "r-edad": "1",
    "r-p1": "1",
    "r-p2": "2",
    "r-p3": ["1", "3"],
    "r-p4": "2",
    "r-p5": "Que haya internet en mi aldea",
    "r-ub": "Nebaj",
    "r-seg": "1",
    "r-mas": "3",
}


def open_sheet(client: FlaskClient, page: str = PAGE) -> dict[str, object]:
    """Open an empty sheet; give what it sends by itself."""
    shown = client.get(page).text
    sheet_id = re.search(r'name="hoja" value="([^"]+)"', shown)
    assert sheet_id, shown
    language = re.search(r'name="idioma" value="([^"]+)"', shown)
    assert language
    return {
        "csrf_token": read_token(shown),
        "hoja": sheet_id[1],
        "idioma": language[1],
    }


def send(client: FlaskClient, page: str = PAGE, /, **changes: object) -> TestResponse:
    form = open_sheet(client, page) | SHEET | changes
    return client.post(
        f"{page.partition('?')[0]}/guardar",
        data={name: value for name, value in form.items() if value is not None},
        follow_redirects=True,
    )


def count(office: Office) -> int:
    with office.database.reading() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation
        return sum(one.sessions for one in unit.reports.counts(consultation.id))


@pytest.mark.parametrize("mode", ["papel", "llamada"])
def test_a_sheet_becomes_a_conversation_with_a_folio(office_on_each: Office, mode: str) -> None:
    office, client = office_on_each, office_on_each.enter("operador")
    page = send(client, modo=mode).text
    folio = re.search(r"Anote en la hoja su folio: ([2-9A-Z]{7})", page)
    assert folio, page
    assert f'value="{mode}" checked' in page
    table = office.enter("exportador").get(f"/admin/consultas/{SLUG}/wide.csv?nivel=equipo").text
    assert f",{mode}," in table
    assert "Que haya internet en mi aldea" in table
    assert folio[1] in table
    (told,) = office.read_audit(AuditAction.SHEET_TYPED)
    assert (told["who"], told["mode"]) == (CLERK, mode)


def test_the_same_form_sent_twice_counts_once(office_on_each: Office) -> None:
    office, client = office_on_each, office_on_each.enter("operador")
    form = open_sheet(client) | SHEET
    first, second = (
        client.post(f"{PAGE}/guardar", data=form, follow_redirects=True).text for _ in range(2)
    )
    assert "cuenta una vez" not in first
    assert "cuenta una vez" in second
    form["modo"] = "llamada"
    assert "cuenta una vez" in client.post(f"{PAGE}/guardar", data=form, follow_redirects=True).text
    assert count(office) == 1
    assert len(office.read_audit(AuditAction.SHEET_TYPED)) == 1


def test_a_sheet_noted_by_two_requests_at_once_is_noted_once(office_on_each: Office) -> None:
    office = office_on_each
    send(office.enter("operador"))
    session_id, now = office.find_session_id(), office.clock()
    with office.database.session() as session:
        session.execute(delete(Capture))
        session.commit()
    with office.database.reading() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation
    noted: list[bool] = []
    before_commit = Barrier(2)

    def note(_place: int, database: Database) -> None:
        new = CaptureRecord(session_id, CLERK, "Hoja 12", now)
        with database.unit() as unit:
            noted.append(unit.captures.add(consultation.id, new, "papel", is_due=False))
            with suppress(BrokenBarrierError):  # the other one waits for us, as it should
                before_commit.wait(0.5)

    at_once(office.settings, 2, note)
    assert sorted(noted) == [False, True]
    assert len(office.read_audit(AuditAction.SHEET_TYPED)) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"acepta": None}, "Sin la aceptación de la persona no se captura nada."),
        ({"r-edad": None}, "Falta esta respuesta."),
        ({"r-ub": "Atlántida"}, "No se encuentra ese lugar, o hay varios"),
        ({"r-ub": "San Juan"}, "No se encuentra ese lugar, o hay varios"),
        ({"r-ub": "Momostenago"}, "¿Quiso decir Momostenango"),
        ({"r-p1": "7"}, "No se entiende así."),
        ({"r-p1": "2"}, "esta pregunta no corresponde"),
        ({"r-p5": "baja"}, "Esa palabra sola es una orden"),
        ({"r-mas": "2"}, "Una hoja no puede quedar para otro día"),
        ({"codigo": "L2345"}, "Nadie tiene ese código"),
        ({"codigo": "hola"}, "Nadie tiene ese código"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_question_and_nothing_is_kept(
    office: Office, change: dict[str, object], words: str
) -> None:
    response = send(office.enter("operador"), **change)
    assert response.status_code == 400
    assert words in response.text
    assert "Que haya internet en mi aldea" in response.text or "baja" in response.text
    assert 'value="Hoja 12"' in response.text
    assert count(office) == 0


def test_several_mistakes_are_told_at_once(office: Office) -> None:
    page = send(office.enter("operador"), **{"r-p1": "9", "r-ub": "Atlántida", "r-p2": None}).text
    assert page.count("No se entiende así.") == 1
    assert page.count("No se encuentra ese lugar") == 1


def test_questions_may_stay_open(office: Office) -> None:
    client = office.enter("operador")
    empty = {name: None for name in SHEET if name.startswith("r-p")}
    assert "Guardada." in send(client, **empty, **{"r-ub": None, "r-seg": None}).text


def test_a_minor_s_answers_are_not_kept(office: Office) -> None:
    client = office.enter("operador")
    answers = {name: None for name in SHEET if name.startswith("r-")}
    page = send(client, **(answers | {"r-edad": "2"})).text
    assert "no se guardó ninguna respuesta" in page
    with office.database.reading() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation
        (session,) = unit.reports.sessions(consultation.id)
    assert session.answers == ()
    assert session.outcome == "ineligible"


def test_a_leaders_code_on_the_sheet_counts_for_her(office: Office) -> None:
    client = office.enter("operador")
    leaders = f"/admin/consultas/{SLUG}/lideres"
    form = {"comunidad": "Chuatuj", "idioma": "es", "tope": ""}
    token = {"csrf_token": read_token(client.get(leaders).text)}
    card = client.post(f"{leaders}/agregar", data=form | token).headers["Location"]
    send(client, codigo=card.rpartition("/")[2].lower())
    assert '<td class="n">menos de 5</td>' in client.get(leaders).text
    table = office.enter("exportador").get(f"/admin/consultas/{SLUG}/wide.csv?nivel=equipo").text
    assert "Chuatuj" in table


def test_a_sheet_in_another_language_is_read_in_it(office: Office) -> None:
    source, name = read_source("derechos")
    catalogues = read_catalogues("derechos")
    now = office.clock()
    publish(office.database, source, name, who="p", note="", now=now, catalogues=catalogues)
    client = office.enter("operador")
    page = client.get("/admin/consultas/derechos/captura?idioma=quc").text
    assert '<blockquote lang="quc">' in page
    assert client.get("/admin/consultas/derechos/captura?idioma=fr").status_code == 404
    assert client.get("/admin/consultas/nada/captura").status_code == 404


@pytest.mark.parametrize("change", [{"idioma": "fr"}, {"modo": "sueño"}, {"hoja": "x"}])
def test_a_form_made_by_hand_is_refused(office: Office, change: dict[str, object]) -> None:
    assert send(office.enter("operador"), **change).status_code == 400
    assert count(office) == 0


@pytest.fixture
def _every_one_is_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    assert capture.SECOND_LOOK == 20
    monkeypatch.setattr(capture, "SECOND_LOOK", 1)


def type_one(office: Office, client: FlaskClient) -> str:
    """Type a sheet; give its session."""
    send(client)
    return str(office.find_session_id())


def look(client: FlaskClient, session_id: str, found: str) -> str:
    form = {"csrf_token": read_token(client.get("/admin/").text)}
    form |= {"sesion": session_id, "resultado": found}
    return client.post(f"{LOOK}/anotar", data=form, follow_redirects=True).text


@pytest.mark.usefixtures("_every_one_is_put_aside")
@pytest.mark.parametrize(("found", "alert"), [("igual", ""), ("distinta", "captura_distinta")])
def test_somebody_else_looks_again(office_on_each: Office, found: str, alert: str) -> None:
    office = office_on_each
    clerk, other = office.enter("operador"), office.enter("revisor")
    session_id = type_one(office, clerk)
    assert "1 es suya" in clerk.get(LOOK).text
    assert "Que haya internet" not in clerk.get(LOOK).text
    assert "No se anotó" in look(clerk, session_id, found)
    page = other.get(LOOK).text
    assert "Hoja Hoja 12" in page
    assert "Que haya internet en mi aldea" in page
    for _pressed in range(2):
        assert "Quedó anotado." in look(other, session_id, found)
    otherwise = "distinta" if found == "igual" else "igual"
    assert "No se anotó" in look(other, session_id, otherwise)
    assert "1 espera" not in other.get(PAGE).text
    with office.database.reading() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation
        (session,) = unit.reports.sessions(consultation.id)
    assert session.alert == alert
    (told,) = office.read_audit(AuditAction.SHEET_LOOKED_AT)
    assert told == {"who": "revisor@example.org", "session": session_id, "outcome": found}


@pytest.mark.usefixtures("_every_one_is_put_aside")
def test_a_look_that_says_nothing_is_none(office: Office) -> None:
    client = office.enter("revisor")
    session_id = type_one(office, office.enter("operador"))
    assert "No se anotó" in look(client, session_id, "quizás")
    form = {"csrf_token": read_token(client.get("/admin/").text), "sesion": "x"}
    assert client.post(f"{LOOK}/anotar", data=form).status_code == 400
