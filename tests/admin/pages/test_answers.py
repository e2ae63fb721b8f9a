"""The list of answers and one session as it was: filters, pages, masked numbers."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from admin import searching
from admin.answer_filter import COLUMNS
from admin.pages import answers
from storage.vocabulary import AuditAction
from tests.support.office import PROPOSAL, SLUG, WHOLE_WAY, read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.support.office import Office

LIST = f"/admin/consultas/{SLUG}/respuestas"
NUMBER = "+50255550101"
FILTERS = {
    "": 4,
    "?estado=completa": 2,
    "?estado=rechazo": 1,
    "?estado=baja": 1,
    "?estado=en_curso": 0,
    "?canal=simulator": 4,
    "?canal=claro": 0,
    "?idioma=es": 4,
    "?idioma=quc": 0,
    "?lugar=14": 1,
    "?lugar=1413": 1,
    "?lugar=12": 1,
    "?lugar=01": 0,
    "?propuesta=recibida": 2,
    "?propuesta=aprobada": 0,
    "?desde=2026-03-03": 2,
    "?hasta=2026-03-02": 2,
    "?desde=2026-03-02&hasta=2026-03-03": 4,
    "?alerta=si": 0,
    "?estado=completa&lugar=14&desde=2026-03-02": 1,
}
HAND_MADE = (
    "?estado=nada",
    "?canal=a%00b",
    "?canal=' OR 1=1 --",
    "?idioma=%ff",
    "?lugar=99",
    "?lugar=%25",
    "?propuesta=borrada",
    "?desde=ayer",
    "?desde=9999-12-31",
    "?hasta=0001-01-01",
    "?folio=AAAAAAA",
    "?alerta=no",
)
ROW = re.compile(rf'<a href="({LIST}/[0-9a-f-]{{36}})">')


def list_sessions(client: FlaskClient, query: str = "") -> list[str]:
    """Give the addresses of the sessions a filter leaves, in the order of the page."""
    response = client.get(LIST + query)
    assert response.status_code == 200
    return ROW.findall(response.text)


def open_session(office: Office, role: str = "exportador") -> str:
    """Give the page of the newest session."""
    client = office.enter(role)
    return client.get(list_sessions(client)[0]).text


@pytest.fixture
def answered(office_on_each: Office) -> Office:
    """Four conversations on two days: whole, from elsewhere, refused, and one that left."""
    office = office_on_each
    office.answer()
    office.answer(
        *("San Marcos, San Marcos" if text == "Nebaj" else text for text in WHOLE_WAY),
        number="+50255550102",
        form="whatsapp",
    )
    office.clock.advance(days=1)
    office.answer("CONSULTA", "no", number="+50255550103")
    office.answer(*WHOLE_WAY[:4], "BAJA", number="+50255550104")
    return office


def test_a_filter_in_the_address_leaves_what_it_says(answered: Office) -> None:
    client = answered.enter("exportador")
    assert {query: len(list_sessions(client, query)) for query in FILTERS} == FILTERS


def test_a_folio_as_people_write_it_finds_its_session(answered: Office) -> None:
    client = answered.enter("exportador")
    address = list_sessions(client, "?estado=completa")[0]
    found = re.search(r'<span class="tag off">(\w{7})</span>', client.get(address).text)
    assert found
    folio = f"{found[1][:3].lower()}-{found[1][3:]}"
    assert list_sessions(client, f"?folio={folio}") == [address]


def test_a_hand_made_filter_leaves_nothing_out_and_says_so(answered: Office) -> None:
    client = answered.enter("exportador")
    for query in HAND_MADE:
        assert len(list_sessions(client, query)) == 4, query
        assert "No entendimos esta parte" in client.get(LIST + query).text, query
    for query in ("?estado=", "?x=1&_external=1&_scheme=javascript"):
        assert len(list_sessions(client, query)) == 4, query


@pytest.mark.parametrize("after", ["x", "", "00000000", "%00"])
def test_a_page_that_is_none_is_not_found(office: Office, after: str) -> None:
    assert office.enter("exportador").get(f"{LIST}?despues={after}").status_code == 404


def test_pages_follow_each_other_without_a_gap_and_keep_the_filter(
    office_on_each: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PAGE", 2)
    office = office_on_each
    for place in range(5):
        office.clock.advance(seconds=1)
        office.answer("CONSULTA", "no", number=f"+5025555020{place}")
    client = office.enter("exportador")
    whole, following = [], f"{LIST}?estado=rechazo"
    sizes = []
    while following:
        page = client.get(following).text
        sizes.append(len(ROW.findall(page)))
        whole += ROW.findall(page)
        link = re.search(r'href="([^"]*despues=[^"]*)">Ver las siguientes', page)
        following = link[1].replace("&amp;", "&") if link else ""
        assert not following or "estado=rechazo" in following
    assert sizes == [2, 2, 1]
    assert len(set(whole)) == 5
    assert whole == sorted(whole, reverse=True)


def test_a_session_is_shown_as_the_conversation_it_was(office_on_each: Office) -> None:
    office = office_on_each
    office.answer(*WHOLE_WAY[:4], "ATRAS", "2", *WHOLE_WAY[5:])
    page = open_session(office)
    talk = page.partition('id="mensajes"')[2]
    said = re.findall(r'<li class="hers">\s*<p class="said">([^<]*)</p>', talk)
    assert said[:2] == ["CONSULTA", "si"]
    assert PROPOSAL in said
    assert talk.index('class="hers"') < talk.index('class="ours"')
    answered = page.partition('id="respuestas"')[2].partition("<h2")[0]
    assert "Nebaj, Quiché" in answered
    assert "<del>" in answered
    assert f"<blockquote>{PROPOSAL}</blockquote>" in page
    assert "Contestó por su cuenta" in page


def test_an_evening_in_guatemala_is_still_that_day(office: Office) -> None:
    office.clock.advance(hours=10)  # 01:00 of the next day, UTC
    office.answer()
    assert "lun 2 mar 2026 19:00" in office.enter("exportador").get(LIST).text


def test_what_a_receipt_after_ussd_said_stands_in_the_conversation_and_why_it_never_came(
    office: Office,
) -> None:
    office.answer("", *WHOLE_WAY[1:6], "seguir", *WHOLE_WAY[6:], form="ussd")
    client = office.enter("exportador")
    address = list_sessions(client)[0]
    assert "por salir</p>" in client.get(address).text.partition('id="mensajes"')[2]

    now = office.clock()
    with office.database.unit() as unit:
        for due in unit.outbox.lease("simulator", now, now + timedelta(minutes=2), 9):
            unit.outbox.record_dead(due.id, now, "no_number")

    talk = client.get(address).text.partition('id="mensajes"')[2]
    assert 'no se pudo enviar: <span lang="es">De esta persona no se conoce' in talk


def test_a_number_is_masked_and_each_look_at_it_is_written_down(office_on_each: Office) -> None:
    office = office_on_each
    office.answer()
    client = office.enter("administrador")
    address = list_sessions(client)[0]
    page = client.get(address).text
    assert "Termina en 01" in page
    assert "55550101" not in page
    assert office.read_audit(AuditAction.NUMBER_SHOWN) == []
    token = read_token(page)
    response = client.post(f"{address}/numero", data={"csrf_token": token})
    assert NUMBER in response.text
    assert response.headers["Cache-Control"] == "no-store, private"
    (entry,) = office.read_audit(AuditAction.NUMBER_SHOWN)
    assert entry == {
        "who": "administrador@example.org",
        "consultation": SLUG,
        "session": address.rpartition("/")[2],
    }


def test_who_may_not_see_numbers_is_not_offered_them(office: Office) -> None:
    office.answer()
    client = office.enter("revisor")
    address = list_sessions(client)[0]
    page = client.get(address).text
    assert "Ver el número completo" not in page
    response = client.post(f"{address}/numero", data={"csrf_token": read_token(page)})
    assert response.status_code == 403
    assert office.read_audit(AuditAction.NUMBER_SHOWN) == []


def test_what_was_deleted_is_gone_from_the_page(office_on_each: Office) -> None:
    office = office_on_each
    office.answer()
    office.answer("BORRAR", "1")
    page = open_session(office)
    assert "Se borró" in page
    assert PROPOSAL not in page
    assert "Borrada" in page


@pytest.mark.parametrize("session", ["00000000-0000-4000-8000-000000000000", "x", "%00"])
def test_a_session_that_is_not_there_is_not_found(office_on_each: Office, session: str) -> None:
    assert office_on_each.enter("exportador").get(f"{LIST}/{session}").status_code == 404


def test_a_script_in_an_answer_runs_nowhere(office: Office) -> None:
    script = "<script>alert('corrió')</script>"
    office.answer(*(script if text == PROPOSAL else text for text in WHOLE_WAY))
    client = office.enter("revisor")
    for address in (LIST, list_sessions(client)[0]):
        page = client.get(address).text
        assert script not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("INTERNET aldea", True), ("aldea inter", True), ("nebaj", False), ("internet agua", False)],
)
def test_words_are_found_in_open_answers_alone(
    office_on_each: Office, typed: str, *, is_found: bool
) -> None:
    office_on_each.answer()
    office_on_each.answer(*WHOLE_WAY[:3], number="+50255550102")
    page = office_on_each.enter("exportador").get(f"{LIST}?palabras={typed}").text
    assert ("Que haya internet en mi aldea" in page) is is_found
    assert page.count('<th scope="row">') == is_found


@pytest.mark.parametrize("typed", ["a", "x" * 81])
def test_a_search_that_means_nothing_is_told(office: Office, typed: str) -> None:
    page = office.enter("exportador").get(f"{LIST}?palabras={typed}").text
    assert "Palabras en sus respuestas" in page.partition("</div>")[0] or "No entendimos" in page


def test_a_search_goes_on_from_page_to_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "AT_ONCE", 2)
    monkeypatch.setattr(searching, "MOST", 4)
    monkeypatch.setattr(answers, "PAGE", 2)
    office.answer(number="+50255550100")
    for number in range(1, 6):
        way = [one.replace("internet", "agua") for one in WHOLE_WAY]
        office.answer(*way, number=f"+5025555010{number}")
    client = office.enter("exportador")
    first = client.get(f"{LIST}?palabras=internet").text
    assert "hay más" in first
    assert "Que haya internet" not in first
    following = re.search(r'href="([^"]+)">Seguir buscando', first)
    assert following
    assert "Que haya internet" in client.get(html.unescape(following[1])).text
    many = client.get(f"{LIST}?palabras=agua&columna=p5").text
    assert many.count('<th scope="row">') == 2
    after = re.search(r'href="([^"]+)">Ver las siguientes', many)
    assert after
    assert "columna=p5" in after[1]
    assert client.get(html.unescape(after[1])).text.count('<th scope="row">') == 2


def test_columns_are_chosen_in_the_address(office: Office) -> None:
    office.answer()
    client = office.enter("exportador")
    page = client.get(f"{LIST}?columna=p1&columna=idioma&columna=folio&columna=modalidad&columna=x")
    header = page.text.partition("<thead>")[2].partition("</thead>")[0]
    assert re.findall(r'scope="col">([^<]+)<', header) == [
        *("Empezó", "Idioma", "Modalidad", "Folio", "p1")
    ]
    assert "Español" in page.text.partition("<tbody>")[2]
    assert "Contestó por su cuenta" in page.text.partition("<tbody>")[2]
    many = "&".join(f"columna={name}" for name in (*COLUMNS, "p1", "p2", "p3", "p4"))
    assert "Columnas (caben 10)" in client.get(f"{LIST}?{many}").text
