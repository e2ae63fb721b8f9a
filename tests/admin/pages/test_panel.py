"""The list of consultations and the page of one: figures that add up, each with its meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.office import SLUG, WHOLE_WAY

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}"
ROW = re.compile(
    r"<th scope=\"row\">(?:<time[^>]*>)?([^<]+)<.*?<td class=\"n\">([\d,]+)</td>", re.DOTALL
)


def read_table(client: FlaskClient, heading: str) -> dict[str, int]:
    """Give the rows under a heading, the total included."""
    section = client.get(PAGE).text.partition(f'id="{heading}"')[2].partition("<h2")[0]
    return {name: int(number.replace(",", "")) for name, number in ROW.findall(section)}


def answer_in_every_way(office: Office) -> None:
    """Five conversations: two whole, one refused, one under way, one that left."""
    office.answer()
    office.answer(number="+50255550102", form="whatsapp")
    office.answer("CONSULTA", "no", number="+50255550103")
    office.clock.advance(days=1)
    office.answer(*WHOLE_WAY[:4], number="+50255550104")
    office.answer(*WHOLE_WAY[:4], "BAJA", number="+50255550105")


def test_before_anybody_has_answered_the_page_says_so(office_on_each: Office) -> None:
    client = office_on_each.enter("observador")
    assert "0 personas han contestado." in client.get("/admin/").text
    page = client.get(PAGE).text
    assert "Todavía no ha escrito nadie." in page
    assert read_table(client, "estado")["Total"] == 0


def test_every_conversation_stands_in_one_state_and_they_add_up(office_on_each: Office) -> None:
    office = office_on_each
    answer_in_every_way(office)
    client = office.enter("observador")
    states = read_table(client, "estado")
    assert states.pop("Total") == 5
    assert {name: number for name, number in states.items() if number} == {
        "Completa": 2,
        "Rechazó": 1,
        "Empezó": 1,
        "Se dio de baja": 1,
    }
    assert read_table(client, "canal") == {"simulator": 5, "Total": 5}
    assert read_table(client, "dia") == {"mar 3 mar 2026": 2, "lun 2 mar 2026": 3, "Total": 5}


def test_a_figure_says_what_it_counts_and_when(office: Office) -> None:
    answer_in_every_way(office)
    page = office.enter("observador").get(PAGE).text
    assert re.search(r"<strong>4</strong>\s*personas han contestado", page)
    assert "Personas con al menos una respuesta guardada" in page
    assert "a las 09:00" in page


def test_the_list_says_which_languages_are_missing(office: Office) -> None:
    client = office.enter("observador")
    assert "Idiomas que hacen falta" not in client.get("/admin/").text
    office.answer(*WHOLE_WAY[:7], "Konojel ri winaq are taq ke'alaxik pa junaman ya'tal chkech")
    assert re.search(
        r"Idiomas que hacen falta.*K&#39;iche&#39;: 1", client.get("/admin/").text, re.DOTALL
    )


def test_the_list_leads_to_each_consultation(office: Office) -> None:
    office.answer()
    page = office.enter("observador").get("/admin/").text
    assert f'href="{PAGE}"' in page
    assert "1 persona ha contestado." in page
    assert "Abierta" in page


def test_the_first_buttons_are_excel_and_csv(office: Office) -> None:
    page = office.enter("exportador").get(PAGE).text
    buttons = re.findall(r'<a class="button[^"]*" href="([^"]+)"[^>]*>([^<]+)</a>', page)
    assert buttons == [
        (f"{PAGE}/wide.xlsx?nivel=equipo", "Descargar Excel"),
        (f"{PAGE}/long.csv?nivel=equipo", "Descargar CSV"),
    ]


def test_an_observer_is_offered_what_may_be_published_and_nothing_else(office: Office) -> None:
    client = office.enter("observador")
    for address in (PAGE, f"{PAGE}/descargas"):
        page = client.get(address).text
        assert "nivel=publico" in page
        assert "nivel=equipo" not in page
    assert client.get(f"{PAGE}/descargas?nivel=equipo").status_code == 403


def test_a_script_without_a_page_is_not_found(office_on_each: Office) -> None:
    client = office_on_each.enter("observador")
    for slug in ("nada", "%00", "plan-digital%00", "..%2f", "%ff", "x" * 4_000):
        response = client.get(f"/admin/consultas/{slug}")
        assert response.status_code == 404, slug
        assert response.headers["Cache-Control"] == "no-store, private"
