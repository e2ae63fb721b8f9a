"""Guion: a script is checked, compared and published from a page, and nothing typed is lost."""

from __future__ import annotations

import html
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from bot.publishing import get_revision, publish
from puente.bundled import read_source
from puente.translations import read_catalogues
from storage.ids import new_id
from storage.published import NewRevision
from storage.vocabulary import AuditAction
from tests.support.office import SLUG, read_token
from tests.support.small_script import PAST

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from storage.published import Revision
    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}/guion"
SOURCE = read_source(SLUG)[0].decode()
EDITED = SOURCE.replace("Guarde su folio", "Guarde bien su folio")
BROKEN = SOURCE.replace("tipo: escala", "tipo: esfera")


def send(client: FlaskClient, act: str, page: str = PAGE, /, **form: object) -> TestResponse:
    """Send one of the page's forms."""
    data = {"csrf_token": read_token(client.get(page).text), **form}
    # Encoded here: the client's own way leaves a temporary file open.
    boundary, body = encode_multipart(data)
    content_type = f"multipart/form-data; boundary={boundary}"
    return client.post(f"{page}/{act}", data=body, content_type=content_type)


def find_live(office: Office, slug: str = SLUG) -> Revision:
    with office.database.reading() as unit:
        return get_revision(unit, slug)


def test_the_page_lists_revisions_and_begins_from_the_live_script(office_on_each: Office) -> None:
    page = office_on_each.enter("operador").get(PAGE).text
    assert "1.0" in page
    assert "En vivo" in page
    assert SOURCE in html.unescape(page)


@pytest.mark.parametrize("is_uploaded", [False, True])
def test_a_script_is_checked_compared_and_shown_again(office: Office, *, is_uploaded: bool) -> None:
    client = office.enter("operador")
    file = {"archivo": FileStorage(BytesIO(EDITED.encode()), "guion.yaml")}
    response = send(client, "revisar", **(file if is_uploaded else {"guion": EDITED}))
    page = html.unescape(response.text)
    assert response.status_code == 200
    assert "Qué cambia contra la revisión 1" in page
    assert "Guarde bien su folio" in page
    assert EDITED in page
    assert "publicar" in page
    assert find_live(office).number == 1


def test_every_problem_has_its_line_and_what_to_do(office: Office) -> None:
    client = office.enter("operador")
    broken = f'{BROKEN}\tmal: "x"\n'
    page = html.unescape(send(client, "revisar", guion=broken).text)
    line = 1 + BROKEN[: BROKEN.index("tipo: esfera")].count("\n")
    assert f"Línea {line}<" in page
    assert "tipo-desconocido" in page
    assert "No existe el tipo «esfera»." in page
    assert "Quedaría así:" in page
    assert broken in page
    assert f"{PAGE}/publicar" not in page


@pytest.mark.parametrize("page", [PAGE, "/admin/consulta-nueva"])
def test_a_day_that_has_gone_by_is_told(office: Office, page: str) -> None:
    shown = send(office.enter("operador"), "revisar", page, guion=PAST).text
    assert "El 31/1/2020 ya pasó" in html.unescape(shown)
    assert f"{page}/publicar" not in shown


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"guion": " "}, "Pegue un guion o suba un archivo."),
        ({"archivo": FileStorage(BytesIO(), "")}, "Pegue un guion o suba un archivo."),
    ],
)
def test_nothing_is_not_checked(office: Office, form: dict[str, object], words: str) -> None:
    response = send(office.enter("operador"), "revisar", **form)
    assert response.status_code == 400
    assert words in response.text


def test_what_is_no_text_is_told_so(office: Office) -> None:
    file = FileStorage(BytesIO(SOURCE.encode("latin-1", "replace")), "guion.yaml")
    page = send(office.enter("operador"), "revisar", archivo=file).text
    assert "codificacion" in page
    assert f"{PAGE}/publicar" not in page


@pytest.mark.parametrize("size", [512 * 1024 + 1, 3 * 1024 * 1024])
@pytest.mark.parametrize("is_uploaded", [False, True])
def test_what_is_too_large_gets_a_page_that_says_so(
    office: Office, size: int, *, is_uploaded: bool
) -> None:
    client = office.enter("operador")
    file = {"archivo": FileStorage(BytesIO(b"x" * size), "guion.yaml")}
    response = send(client, "revisar", **(file if is_uploaded else {"guion": "x" * size}))
    assert response.status_code == 413
    assert "512 KB" in response.text


def test_another_consultations_script_is_refused(office: Office) -> None:
    client = office.enter("operador")
    other = read_source("derechos")[0].decode()
    for act in ("revisar", "publicar"):
        page = send(client, act, guion=other, nota="x", base="1").text
        assert "Este guion es de otra consulta: «derechos»." in page
        assert f"{PAGE}/publicar" not in page


def test_a_script_is_published_with_its_note_and_written_down(office_on_each: Office) -> None:
    office = office_on_each
    client = office.enter("operador")
    sent = EDITED.replace("\n", "\r\n")
    office.clock.advance(minutes=1)
    response = send(client, "publicar", guion=sent, nota=" Más\x00 claro\n ", base="1")
    assert response.status_code == 303
    page = client.get(response.headers["Location"]).text
    assert "Se publicó la revisión 2." in page
    live = find_live(office)
    assert (live.number, live.note, live.who) == (2, "Más claro", "operador@example.org")
    assert live.source == EDITED
    told = office.read_audit(AuditAction.REVISION_PUBLISHED)[-1]
    assert (told["who"], told["revision"], told["note"]) == (live.who, 2, "Más claro")


def test_the_live_script_again_publishes_nothing(office: Office) -> None:
    client = office.enter("operador")
    response = send(client, "publicar", guion=SOURCE, nota="igual", base="1")
    assert "no había nada que publicar" in client.get(response.headers["Location"]).text
    assert find_live(office).number == 1


@pytest.mark.parametrize(
    ("source", "note", "words"),
    [
        (BROKEN, "nota", "El guion tiene errores"),
        (EDITED, "  ", "Escriba qué cambió"),
        (EDITED, "x" * 301, "Escriba qué cambió"),
        ("", "nota", "El guion tiene errores"),
    ],
)
def test_what_is_not_right_is_not_published_and_not_lost(
    office: Office, source: str, note: str, words: str
) -> None:
    response = send(office.enter("operador"), "publicar", guion=source, nota=note, base="1")
    assert response.status_code == 400
    assert words in response.text
    assert source in html.unescape(response.text)
    assert find_live(office).number == 1


@pytest.mark.parametrize("base", ["1", "0", "", "x", "-1", "9" * 30])
def test_the_second_of_two_is_told_and_sees_what_is_live_now(office: Office, base: str) -> None:
    client = office.enter("operador")
    assert send(client, "publicar", guion=EDITED, nota="una", base="1").status_code == 303
    mine = SOURCE.replace("Guarde su folio", "Apunte su folio")
    response = send(client, "publicar", guion=mine, nota="otra", base=base)
    assert response.status_code == 409
    page = html.unescape(response.text)
    assert "Otra persona publicó mientras tanto" in page
    assert "Qué cambia contra la revisión 2" in page
    assert 'name="base" value="2"' in page
    assert mine in page
    assert find_live(office).number == 2


def test_languages_stay_where_their_originals_do(office: Office) -> None:
    source, name = read_source("derechos")
    publish(
        office.database,
        source,
        name,
        who="prueba",
        note="",
        now=office.clock(),
        catalogues=read_catalogues("derechos"),
    )
    page, client = "/admin/consultas/derechos/guion", office.enter("operador")
    before = find_live(office, "derechos")
    assert before.texts != "{}"
    commented = f"{source.decode()}# nada\n"
    assert send(client, "publicar", page, guion=commented, nota="a", base="1").status_code == 303
    after = find_live(office, "derechos")
    assert (after.number, after.texts) == (2, before.texts)

    changed = commented.replace("Toda persona", "Cada persona")
    form = {"guion": changed, "nota": "b", "base": "2"}
    response = send(client, "publicar", page, **form)
    assert response.status_code == 400
    assert "nadie recibe un texto sin revisar" in response.text
    assert "Publicar sin esos idiomas" in response.text
    assert send(client, "publicar", page, **form, menos_idiomas="si").status_code == 303
    after = find_live(office, "derechos")
    assert (after.number, after.texts) == (3, "{}")


def test_a_live_script_that_cannot_be_read_any_more_is_replaced(office: Office) -> None:
    client, live, now = office.enter("operador"), find_live(office), office.clock()
    texts = '{"quc": {"p1/text": "x"}}'
    broken = NewRevision(new_id(now), live.consultation_id, live.id, "?", texts, "", "x", now)
    with office.database.unit() as unit:
        unit.consultations.publish(broken)
    assert "Qué cambia" not in send(client, "revisar", guion=SOURCE).text
    form = {"guion": SOURCE, "nota": "de nuevo", "base": "2"}
    assert send(client, "publicar", **form).status_code == 400
    assert send(client, "publicar", **form, menos_idiomas="si").status_code == 303


@pytest.mark.parametrize("slug", ["nada", "a%00b"])
def test_what_nobody_published_has_no_page(office: Office, slug: str) -> None:
    assert office.enter("operador").get(f"/admin/consultas/{slug}/guion").status_code == 404


def test_an_older_revision_comes_back_as_a_new_one(office: Office) -> None:
    client = office.enter("operador")
    send(client, "publicar", guion=EDITED, nota="una", base="1")
    assert "Volver a la revisión 1" in client.get(PAGE).text
    response = send(client, "volver", numero="1", base="2")
    assert response.status_code == 303
    assert "Se publicó la revisión 3." in client.get(response.headers["Location"]).text
    live = find_live(office)
    assert (live.number, live.source, live.who) == (3, SOURCE, "operador@example.org")
    assert live.note == "Vuelve a la revisión 1."


def test_nobody_goes_back_over_what_she_has_not_seen(office: Office) -> None:
    client = office.enter("operador")
    send(client, "publicar", guion=EDITED, nota="una", base="1")
    response = send(client, "volver", numero="1", base="1")
    assert response.status_code == 409
    assert "Otra persona publicó mientras tanto" in response.text
    assert find_live(office).number == 2


@pytest.mark.parametrize("number", ["9", "", "x"])
def test_what_was_never_published_does_not_come_back(office: Office, number: str) -> None:
    response = send(office.enter("operador"), "volver", numero=number, base="1")
    assert response.status_code == 400
    assert "No existe esa revisión." in response.text


def test_what_cannot_be_read_any_more_does_not_come_back(office: Office) -> None:
    client, live, now = office.enter("operador"), find_live(office), office.clock()
    broken = NewRevision(new_id(now), live.consultation_id, live.id, "?", "{}", "", "x", now)
    with office.database.unit() as unit:
        unit.consultations.publish(broken)
    send(client, "publicar", guion=SOURCE, nota="de nuevo", base="2")
    response = send(client, "volver", numero="2", base="3")
    assert response.status_code == 400
    assert "ya no se puede leer" in response.text
