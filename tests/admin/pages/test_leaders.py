"""Líderes: a code, a card that can be printed, a cap, and a code that is taken back."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

from bot.leading import FULL
from bot.publishing import publish
from puente.bundled import read_source
from puente.translations import read_catalogues
from storage.vocabulary import AuditAction
from tests.support.office import SLUG, WHOLE_WAY, Office, read_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.clock import Clock

PAGE = f"/admin/consultas/{SLUG}/lideres"
VILLAGE = "Aldea Chuatuj, Momostenango"
WHO = "operador@example.org"
CHANNELS = """
channels:
  simulator: {kind: simulator}
  whatsapp:
    {kind: twilio-whatsapp, sender: "+50222220000", account_sid: AC1, auth_token: t, tariff: free}
  claro:
    {kind: kannel, sender: "0000", token: t, send_url: "http://127.0.0.1:1/", tariff: citizen_pays}
"""


@pytest.fixture
def reachable(tmp_path: Path, sqlite_url: str, clock: Clock) -> Iterator[Office]:
    """A house whose channels have numbers."""
    (tmp_path / "channels.yaml").write_text(CHANNELS, encoding="utf-8")
    office = Office(tmp_path, sqlite_url, clock)
    yield office
    office.database.close()


def send(client: FlaskClient, page: str, act: str, **form: str) -> TestResponse:
    data = {"csrf_token": read_token(client.get(page).text), **form}
    return client.post(f"{page}/{act}", data=data)


def add(client: FlaskClient, **form: str) -> str:
    """Add a leader, and give the address of her card."""
    wanted = {"comunidad": VILLAGE, "idioma": "es", "tope": ""} | form
    response = send(client, PAGE, "agregar", **wanted)
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def test_a_card_has_the_links_their_pictures_and_the_words_to_send(reachable: Office) -> None:
    client = reachable.enter("operador")
    card = add(client)
    code = card.rpartition("/")[2]
    page = html.unescape(client.get(card).text)
    assert f'href="https://wa.me/50222220000?text=CONSULTA%20{code}"' in page
    assert f'href="sms:0000?body=CONSULTA%20{code}"' in page
    assert f"CONSULTA {code}" in page
    assert page.count('class="segno"') == 2
    assert page.index("Contestar es gratis.") < page.index("Cuesta según su plan normal.")
    assert "GAE, Gobierno de Guatemala." in page
    assert "{costo}" not in page
    assert f"envíe CONSULTA {code} al 0000." in page
    assert VILLAGE in client.get(PAGE).text
    (told,) = reachable.read_audit(AuditAction.LEADER_ADDED)
    assert (told["who"], told["code"]) == (WHO, code)


def test_a_card_speaks_her_language_where_the_consultation_does(reachable: Office) -> None:
    source, name = read_source("derechos")
    catalogues = read_catalogues("derechos")
    publish(
        reachable.database, source, name, who="p", note="", now=reachable.clock(),
        catalogues=catalogues,
    )  # fmt: skip
    client = reachable.enter("operador")
    page = "/admin/consultas/derechos/lideres"
    wanted = {"comunidad": VILLAGE, "idioma": "quc", "tope": ""}
    card = send(client, page, "agregar", **wanted).headers["Location"]
    shown = client.get(card).text
    assert 'class="call" lang="quc"' in shown
    forward = shown.partition('class="said">')[2].partition("</p>")[0]
    assert forward.startswith(shown.partition('lang="quc">')[2].partition("</p>")[0])
    assert "opini" not in forward
    publish(reachable.database, source + b"# sin idiomas\n", name, who="p", note="",
            now=reachable.clock(), allow_drafts=True)  # fmt: skip
    later = client.get(card).text
    assert "La consulta no se ofrece ahora en" in later
    assert 'class="call" lang="es"' in later


def test_a_house_without_numbers_prints_the_words_alone(office: Office) -> None:
    client = office.enter("operador")
    page = client.get(add(client)).text
    assert page.count('class="segno"') == 1
    assert "Ningún canal de esta instalación dice su número" in page


def test_people_are_counted_rounded_and_never_named(office: Office) -> None:
    client = office.enter("operador")
    card = add(client)
    code = card.rpartition("/")[2]
    for number in range(6):
        office.answer(f"CONSULTA {code}", *WHOLE_WAY[1:], number=f"+5025555020{number}")
    office.answer(f"ASISTO {code}", *WHOLE_WAY[1:], number="+50255550300")
    page = client.get(PAGE).text
    assert page.count('<td class="n">5</td>') == 2
    assert '<td class="n">menos de 5</td>' in page
    assert "0300" not in page + client.get(card).text


def test_a_cap_ends_her_assisting_and_can_be_raised(office_on_each: Office) -> None:
    office, client = office_on_each, office_on_each.enter("operador")
    card = add(client, tope="1")
    code = card.rpartition("/")[2]
    office.answer(f"ASISTO {code}", *WHOLE_WAY[1:])
    (told,) = office.answer(f"ASISTO {code}", number="+50255550300", form="whatsapp")
    assert told["text"] == FULL
    page = client.post(
        f"{card}/tope", data={"csrf_token": read_token(client.get(card).text), "tope": ""},
        follow_redirects=True,
    ).text  # fmt: skip
    assert "quedó cambiado a cuántas asiste" in page
    assert office.answer(f"ASISTO {code}", number="+50255550300")[0]["text"] != FULL
    (told,) = office.read_audit(AuditAction.LEADER_LIMITED)
    assert (told["who"], told["code"], told["cap"]) == (WHO, code, "")


def test_a_code_that_was_taken_back_counts_for_nobody(office_on_each: Office) -> None:
    office, client = office_on_each, office_on_each.enter("operador")
    card = add(client)
    code = card.rpartition("/")[2]
    office.answer(f"ASISTO {code}", *WHOLE_WAY[1:])
    token = read_token(client.get(card).text)
    again = [client.post(f"{card}/retirar", data={"csrf_token": token}) for _ in range(2)]
    assert [one.status_code for one in again] == [303, 303]
    page = client.get(card).text
    assert "ya se había retirado" in page
    assert "segno" not in page
    assert "No conocemos su codigo" in office.answer("AVANCE")[0]["text"]
    assert "No conocemos su codigo" in office.answer(f"AVANCE {code}")[0]["text"]
    response = client.post(f"{card}/tope", data={"csrf_token": token, "tope": "3"})
    assert response.status_code == 303
    assert len(office.read_audit(AuditAction.LEADER_REVOKED)) == 1
    assert office.read_audit(AuditAction.LEADER_LIMITED) == []
    assert "Retirado" in client.get(PAGE).text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"comunidad": " "}, "Escriba su comunidad"),
        ({"comunidad": "x" * 121}, "Escriba su comunidad"),
        ({"idioma": "quc"}, "Elija un idioma que la consulta ofrezca."),
        ({"tope": "diez"}, "Escriba un número de personas"),
        ({"tope": "10001"}, "Escriba un número de personas"),
        ({"tope": "9" * 5000}, "Escriba un número de personas"),
    ],
)
def test_what_was_typed_wrong_stands_in_the_form_again(
    office: Office, form: dict[str, str], words: str
) -> None:
    client = office.enter("operador")
    wanted = {"comunidad": VILLAGE, "idioma": "es", "tope": ""} | form
    response = send(client, PAGE, "agregar", **wanted)
    assert response.status_code == 400
    assert words in response.text
    assert office.read_audit(AuditAction.LEADER_ADDED) == []


def test_a_cap_that_is_no_number_changes_nothing(office: Office) -> None:
    client = office.enter("operador")
    card = add(client, tope="7")
    response = send(client, card, "tope", tope="-1")
    assert response.status_code == 400
    assert 'value="7"' in response.text
    assert office.read_audit(AuditAction.LEADER_LIMITED) == []


@pytest.mark.parametrize("code", ["LAAAA", "nada", "L%00234", "l2346"])
def test_a_code_that_nobody_has_is_no_page(office: Office, code: str) -> None:
    assert office.enter("operador").get(f"{PAGE}/{code}").status_code == 404
