"""Invitaciones: a list is checked, tried, started by its number, stopped, and adds up."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from admin.approvals import inviting
from admin.broadcasts.rows import UnreadableListError, read_rows
from bot.invitees import Listed, read_list
from puente.house import make_inviter
from storage.vocabulary import AuditAction
from tests.support.damaged import damage, lock
from tests.support.office import PASSWORD, SLUG, Office, read_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.clock import Clock

LIST = f"/admin/consultas/{SLUG}/invitaciones"
CLERK = "operador@example.org"


def write_csv(*numbers: str) -> bytes:
    return "\n".join(["nombre,telefono", *(f"Ana,{one}" for one in numbers)]).encode()


def write_book(rows: Iterable[Iterable[object]]) -> bytes:
    with io.BytesIO() as buffer:
        with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
            page = book.add_worksheet()
            for place, row in enumerate(rows):
                page.write_row(place, 0, row)
        return buffer.getvalue()


def upload(client: FlaskClient, raw: bytes, name: str = "lista.csv", **form: str) -> TestResponse:
    token = read_token(client.get(LIST).text)
    data = {"csrf_token": token, "canal": "simulator", "lista": (io.BytesIO(raw), name), **form}
    return client.post(f"{LIST}/preparar", data=data, follow_redirects=True)


def prepare(client: FlaskClient, *numbers: str, **form: str) -> str:
    """Prepare an invitation; give its page's address."""
    response = upload(client, write_csv(*numbers), **form)
    assert response.status_code == 200, response.text
    return response.request.path


def press(client: FlaskClient, page: str, act: str, **form: str) -> str:
    """Press a button of the page as it stands, and give the page it leads to."""
    shown = client.get(page).text
    hidden = re.search(r'name="personas" value="(\d+)"', shown)
    data = {"csrf_token": read_token(shown)} | ({"personas": hidden[1]} if hidden else {}) | form
    return client.post(f"{page}/{act}", data=data, follow_redirects=True).text


def read_counts(page: str) -> dict[str, str]:
    found = re.findall(r'<th scope="row">([^<]+)</th><td class="n">([\d,]+)</td>', page)
    return dict(found)


def test_from_the_list_to_the_last_line(office_on_each: Office) -> None:
    office, client = office_on_each, office_on_each.enter("operador")
    office.answer("CONSULTA", "si", number="+50255550103")
    page = prepare(client, *(f"5555010{n}" for n in range(1, 7)), "5555 0101", precio="0,25")
    shown = client.get(page).text
    assert read_counts(shown) == {
        "Por escribirle": "5",
        "Excluida: ya participaba": "1",
        "Total": "6",
    }
    for told in ("Q 1.25", "Enviar a 5 personas", "sin límite", "en prueba"):
        assert told in shown
    assert "no es un número" in press(client, page, "probar", numeros="12")
    tried = press(client, page, "probar", numeros="5555 0199, 55550103")
    assert "1: sale · 2: sale" in tried, "who tries it may take part"
    assert "son 5 mensajes" in press(client, page, "empezar", personas="6")
    assert "son 5 mensajes" in press(client, page, "empezar", personas="seis")
    assert "En marcha" in press(client, page, "empezar")
    assert "Ya está en marcha" in press(client, page, "empezar", personas="5")
    assert "En pausa." in press(client, page, "pausar")
    assert "por el equipo" in client.get(page).text
    assert "así: 0.25" in press(client, page, "reanudar", presupuesto="mucho")
    assert "En marcha otra vez." in press(client, page, "reanudar", presupuesto="0.50")
    for _ in range(2):
        make_inviter(office.settings, office.database).run(office.clock.advance(seconds=10))
    shown = client.get(page).text
    assert "se acabó el presupuesto" in shown
    assert "Q 0.50" in shown
    assert "Marque la casilla" in press(client, page, "cancelar")
    assert "Cancelada" in press(client, page, "cancelar", seguro="si")
    assert read_counts(client.get(page).text) == {
        "Por salir": "2",
        "Cancelada antes de escribirle": "3",
        "Excluida: ya participaba": "1",
        "Total": "6",
    }
    assert "cancelada" in client.get(LIST).text
    audit = office.read_audit(AuditAction.BROADCAST_CHANGED)
    states = sorted(one["state"] for one in audit)
    assert states == ["cancelled", "paused", "running", "running"]
    assert {one["who"] for one in audit} == {CLERK}
    assert len(office.read_audit(AuditAction.BROADCAST_TRIED)) == 1


def test_every_mistake_is_told_with_its_place_and_nothing_is_kept(office: Office) -> None:
    client = office.enter("operador")
    rows: list[list[object]] = [["Teléfono"], [55550101.0], ["12"], ["55550101"], ["55550102"]]
    book = write_book(rows)
    response = upload(client, book, "lista.xlsx")
    assert response.status_code == 400
    row = '<tr><th scope="row">{}</th><td>Teléfono</td><td lang="es">{}</td></tr>'
    assert row.format(3, "no es un número de teléfono.") in response.text
    assert row.format(4, "repite el número de la fila 2.") in response.text
    assert "5555" not in response.text
    assert "Todavía no hay ninguna." in client.get(LIST).text
    kept = upload(client, book, "lista.xlsx", omitir="si").text
    assert "Quedó fuera 1 fila." in kept
    assert "1 fila repetida." in kept
    assert read_counts(kept)["Total"] == "2"


def test_a_workbook_of_many_rows_is_read_but_none_without_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = write_book([["Nombre", "telefono"], *(["Ana", 40_000_000 + n] for n in range(3100))])
    assert len(read_list(read_rows(book, "LISTA.XLSX")).numbers) == 3100
    for bound, told in (("LARGEST_UNPACKED", "demasiado grande"), ("LARGEST_FILE", "pasa de")):
        monkeypatch.setattr(f"admin.broadcasts.rows.{bound}", 1000)
        with pytest.raises(UnreadableListError, match=told):
            read_list(read_rows(book, "LISTA.XLSX"))


LIKE = b"telefono\n55550101"
BAD: tuple[tuple[bytes, str, dict[str, str], str], ...] = (
    (b"", "", {}, "Elija el archivo"),
    (b"no", "a.xlsx", {}, "no es un libro de Excel"),
    (b"telefono\n", "a.csv", {}, "no tiene ningún número"),
    (LIKE, "a.csv", {"canal": "fax"}, "Elija un canal"),
    (LIKE, "a.csv", {"precio": "caro"}, "así: 0.25"),
    (LIKE, "a.csv", {"presupuesto": "5"}, "sin precio no limita nada"),
    (LIKE, "a.csv", {"texto": "CONSULTA"}, "BAJA"),
    (b"telefono\n" + b"5" * 200_000, "a.csv", {}, "fila 2"),
    (b"telefono\n" + b"1\n" * 9, "a.csv", {}, "pasa de 9 filas"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xls", {}, "guárdelo como .xlsx"),
    (b'nombre,telefono\nAna,55550101\n"Eva,55550102\nLuz,55550103\n', "a.csv", {}, "la línea 3 no"),
)


@pytest.mark.parametrize(
    "raw",
    [
        "nombre\ttelefono\r\nAna\t55550101\r\n".encode("utf-16"),
        b"sep=;\r\nnombre;telefono\r\nAna, de Xela;55550101\r\n",
        b"\n,\nnombre,telefono\nAna,55550101.0\n",
        b'nombre,telefono\nde 5" o mas,55550101\n',
        write_book([["nombre", "telefono"], ["Ana", "55550101"]]),
    ],
)
def test_a_list_is_read_however_it_was_saved(raw: bytes) -> None:
    assert read_list(read_rows(raw, "lista.csv")) == Listed(("+50255550101",), (), ())


def test_what_will_not_do_is_told_and_nothing_is_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr("admin.broadcasts.rows.MOST_ROWS", 9)
    before = csv.field_size_limit(1_000_000_000)  # as frictionless does when it is imported
    request.addfinalizer(lambda: csv.field_size_limit(before))
    client = office.enter("operador")
    for raw, name, form, told in BAD:
        response = upload(client, raw, name, **form)
        assert response.status_code == 400, told
        assert told in response.text
        assert "Todavía no hay ninguna." in response.text
    csv.field_size_limit(1000)
    assert "no es un CSV" in upload(client, b"telefono\n" + b"5" * 2000).text


@pytest.mark.parametrize("spoil", [damage, lock])
def test_a_workbook_that_was_damaged_or_locked_is_told(
    office: Office, spoil: Callable[[bytes], bytes]
) -> None:
    client = office.enter("operador")
    whole = write_book([["telefono"], ["55550101"]])
    response = upload(client, spoil(whole), "lista.xlsx")
    assert response.status_code == 400
    assert "no es un libro de Excel" in response.text


def test_too_large_a_list_says_what_to_do(office: Office) -> None:
    client = office.enter("operador")
    office.app.config["MAX_CONTENT_LENGTH"] = 10_000
    response = upload(client, b"5" * 20_000)
    assert response.status_code == 413
    assert "Una lista puede pesar 2 MB" in response.text


def test_the_password_is_asked_for_before_anything_is_sent(office: Office) -> None:
    client = office.enter("operador")
    page = prepare(client, "55550101")
    office.clock.advance(minutes=16)
    asked = press(client, page, "empezar")
    assert "Su contraseña otra vez" in asked
    form = {"csrf_token": read_token(asked), "contrasena": PASSWORD, "sigue": page}
    again = client.post("/admin/cuenta/contrasena", data=form, follow_redirects=True).text
    assert f'href="{page}"' in again
    assert "En marcha" in press(client, page, "empezar")


def test_one_of_another_consultation_is_not_there(office: Office) -> None:
    client = office.enter("operador")
    page = prepare(client, "55550101")
    assert client.get(page.replace(SLUG, "nada")).status_code == 404
    assert client.get(f"{LIST}/00000000-0000-7000-8000-000000000000").status_code == 404
    assert client.get(LIST.replace(SLUG, "nada")).status_code == 404


def test_many_take_a_second_person(
    tmp_path: Path, sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inviting.ALONE == 500
    monkeypatch.setattr(inviting, "ALONE", 2)
    office = Office(tmp_path, sqlite_url, clock, PUENTE_SECOND_PERSON="yes")
    clerk, chief = office.enter("operador"), office.enter("administrador")
    few = prepare(clerk, "55550101", "55550102")
    assert "En marcha" in press(clerk, few, "empezar")
    page = prepare(clerk, "55550103", "55550104", "55550105", precio="0.25")
    asked = press(clerk, page, "empezar")
    assert "falta que otra persona lo apruebe" in asked
    assert "Usted lo pidió" in asked
    shown = chief.get("/admin/por-aprobar").text
    link = re.search(r'href="(/admin/por-aprobar/[^"]+)"', shown)
    assert link
    assert "Un SMS a 3 personas" in shown
    office.answer("BORRAR", "1", number="+50255550103")
    shown = chief.get(link[1]).text
    for told in ("Un SMS a 3 personas", "Cuesta Q 0.75", "Sin presupuesto", "Ahora quedan 2"):
        assert told in shown
    digest = re.search(r'name="hash" value="([^"]+)"', shown)
    assert digest
    form = {"csrf_token": read_token(shown), "hash": digest[1]}
    assert "En marcha" in chief.post(f"{link[1]}/aprobar", data=form, follow_redirects=True).text
    assert "en marcha" in clerk.get(page).text
    assert "En pausa" in press(clerk, page, "pausar")
    assert "En marcha otra vez" in press(clerk, page, "reanudar", presupuesto="1")
    assert "En pausa" in press(clerk, page, "pausar")
    assert "En marcha otra vez" in press(clerk, page, "reanudar", presupuesto="2"), "two are left"
    over = prepare(clerk, "55550106", "55550107", "55550108")
    waiting = press(clerk, over, "empezar")
    press(clerk, over, "cancelar", seguro="si")
    digest = re.search(r"([0-9a-f]{64})", waiting)
    link = re.search(r'action="(/admin/por-aprobar/[^"]+)/retirar"', waiting)
    assert digest
    assert link
    assert "ya no se puede hacer" in chief.get(link[1]).text
    form = {"csrf_token": read_token(shown), "hash": digest[1]}
    assert chief.post(f"{link[1]}/aprobar", data=form).status_code == 409
    office.database.close()


def test_more_money_for_many_takes_a_second_person(
    tmp_path: Path, sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(tmp_path, sqlite_url, clock, PUENTE_SECOND_PERSON="yes")
    clerk, chief = office.enter("operador"), office.enter("administrador")
    numbers = [f"5555011{n}" for n in range(4)]
    page = prepare(clerk, *numbers, precio="0.25", presupuesto="0.25")
    assert "En marcha" in press(clerk, page, "empezar")
    monkeypatch.setattr(inviting, "ALONE", 2)
    press(clerk, page, "pausar")
    assert "En marcha otra vez" in press(clerk, page, "reanudar", presupuesto="0.10")
    press(clerk, page, "pausar")
    for is_first in (True, False):
        waiting = press(clerk, page, "reanudar", presupuesto="9")
        assert "falta que otra persona lo apruebe" in waiting
        link = re.search(r'action="(/admin/por-aprobar/[^"]+)/retirar"', waiting)
        assert link
        shown = chief.get(link[1]).text
        assert "pasa de Q 0.10 a Q 9.00. Quedan 4 personas" in shown
        if is_first:  # somebody lowers it meanwhile: what was agreed to is another thing
            press(clerk, page, "reanudar", presupuesto="0.05")
            press(clerk, page, "pausar")
        digest = re.search(r'name="hash" value="([^"]+)"', shown)
        assert digest
        form = {"csrf_token": read_token(shown), "hash": digest[1]}
        response = chief.post(f"{link[1]}/aprobar", data=form, follow_redirects=True)
        assert (response.status_code == 409) is is_first
        assert ("En marcha otra vez" in response.text) is not is_first
        if is_first:
            with office.database.unit() as unit:
                (one,) = unit.broadcasts.list()
                unit.broadcasts.set_budget(one.id, 100)
    assert "Q 9.00" in clerk.get(page).text
    office.database.close()
