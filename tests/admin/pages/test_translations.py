"""Idiomas: a translation goes out as a file, comes back, is approved by its words, is published."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from admin.translation_files import LARGEST
from bot.publishing import get_revision
from puente.bundled import read_source
from storage.errors import OvertakenError
from storage.repositories.translations import NEW, KeptTranslation
from storage.vocabulary import AuditAction
from tests.support.office import read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from storage.published import Revision
    from tests.support.office import Office

SLUG = "derechos"
LIST = f"/admin/consultas/{SLUG}/idiomas"
PAGE = f"{LIST}/quc"
SOURCE = read_source(SLUG)[0]
KEY = "consentimiento/texto"
_TICK = re.compile(r'name="texto" value="([^"]+)"')


@pytest.fixture
def offering(office: Office) -> Office:
    """A house that offers its consultation in four Mayan languages."""
    office.publish_again(SOURCE, SLUG)
    return office


@pytest.fixture
def offering_on_each(office_on_each: Office) -> Office:
    """The same on each kind of database."""
    office_on_each.publish_again(SOURCE, SLUG)
    return office_on_each


def find_live(office: Office) -> Revision:
    with office.database.reading() as unit:
        return get_revision(unit, SLUG)


def send(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    data = {"csrf_token": read_token(client.get("/admin/").text), **fields}
    boundary, body = encode_multipart(data)
    content_type = f"multipart/form-data; boundary={boundary}"
    return client.post(address, data=body, content_type=content_type)


def bring(client: FlaskClient, raw: bytes, page: str = PAGE, **fields: object) -> TestResponse:
    return send(client, f"{page}/subir", archivo=FileStorage(io.BytesIO(raw), "x"), **fields)


def edit(raw: bytes) -> bytes:
    """Change the last translation of a .po."""
    head, _, tail = raw.rpartition(b'msgstr "')
    return head + b'msgstr "Maltyox ' + tail


def test_a_translation_goes_out_comes_back_and_is_approved_and_published(
    offering_on_each: Office,
) -> None:
    offering = offering_on_each
    translator, reviewer = offering.enter("traductor"), offering.enter("revisor")
    operator = offering.enter("operador")
    assert "Se ofrece" in translator.get(LIST).text
    file = translator.get(f"{PAGE}/archivo.po")
    assert f'filename="quc_{SLUG}_1.po"' in file.headers["Content-Disposition"]
    assert "Aprobar los marcados" not in translator.get(PAGE).text

    response = bring(translator, edit(file.data))
    page = translator.get(response.headers["Location"]).text
    assert "Cambió 1 texto." in page
    assert "cambió después de revisada" in page
    before = find_live(offering)
    send(operator, f"{LIST}/publicar")
    assert find_live(offering) == before  # what nobody has reviewed since reaches nobody

    shown = html.unescape(reviewer.get(PAGE).text)
    ticks = _TICK.findall(shown)
    assert len(ticks) == 1
    assert send(reviewer, f"{PAGE}/aprobar").status_code == 400
    assert send(reviewer, f"{PAGE}/aprobar", texto=f"{ticks[0]}x").status_code == 400
    assert send(reviewer, f"{PAGE}/aprobar", texto=ticks[0]).status_code == 303
    assert "revisor@example.org" in reviewer.get(PAGE).text
    send(operator, f"{LIST}/publicar")
    after = find_live(offering)
    assert (after.number, after.edition) == (before.number, before.edition + 1)
    assert "Maltyox" in after.texts
    (brought,) = offering.read_audit(AuditAction.TRANSLATION_BROUGHT)
    (approved,) = offering.read_audit(AuditAction.TRANSLATION_APPROVED)
    assert (brought["who"], brought["language"], brought["texts"]) == (
        "traductor@example.org",
        "quc",
        1,
    )
    assert (approved["who"], approved["texts"]) == ("revisor@example.org", 1)
    send(operator, f"{LIST}/publicar")
    assert "No hay nada nuevo que publicar." in operator.get(LIST).text


def test_a_workbook_does_as_well_and_an_approval_in_a_file_counts_for_nothing(
    offering: Office,
) -> None:
    client = offering.enter("traductor")
    raw = client.get(f"{PAGE}/archivo.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(raw))
    book.worksheets[0].cell(2, 3).value = "Otra cosa"
    changed = io.BytesIO()
    book.save(changed)
    assert bring(client, changed.getvalue()).status_code == 303
    assert "Otra cosa" in client.get(PAGE).text
    assert "Ese archivo es de otro idioma" in bring(client, raw, f"{LIST}/mam").text

    fresh = client.get(f"{LIST}/ixl/archivo.po").data
    signed = fresh.replace(b'msgstr ""', b'msgstr "x"').replace(
        b"msgctxt", b"# revisado: Nadie; 2026-01-01; 000000000000\nmsgctxt"
    )
    assert bring(client, signed, f"{LIST}/ixl").status_code == 303
    with offering.database.reading() as unit:
        kept = unit.translations.list(find_live(offering).consultation_id)
    assert "revisado: Nadie" not in next(one.text for one in kept if one.language == "ixl")


def test_what_is_no_translation_of_this_is_refused(offering: Office) -> None:
    client, packed = offering.enter("traductor"), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", bytes(9_000_000))
    for raw, status, words in (
        (b"", 400, "Elija un archivo"),
        (b"hola", 400, "No se entiende esta línea"),
        (b"PK\x03\x04", 400, "No es un libro de Excel"),
        (packed.getvalue(), 400, "Es demasiado grande"),
        (b"x" * (LARGEST + 1), 413, "1 MB como mucho"),
        (b'msgid ""\nmsgstr "Project-Id-Version: otra\\n"\n', 409, "de otra consulta"),
    ):
        response = bring(client, raw)
        assert response.status_code == status
        assert words in html.unescape(response.text)
    for address in (f"{LIST}/xx", f"{LIST}/es", "/admin/consultas/nada/idiomas"):
        assert client.get(address).status_code == 404


def test_a_file_of_another_revision_is_refused_unless_she_means_it(offering: Office) -> None:
    client = offering.enter("traductor")
    old = edit(client.get(f"{PAGE}/archivo.po").data)
    offering.publish_again(SOURCE.replace(b"Toda persona", b"Cada persona"), SLUG)
    page = html.unescape(client.get(PAGE).text)
    assert "el original cambió" in page
    assert "Se tradujo de:" in page
    response = bring(client, old)
    assert response.status_code == 409
    assert "se descargó de la revisión 1 y ahora está en vivo la 2" in response.text
    assert "Maltyox" not in client.get(PAGE).text
    assert bring(client, old, aunque="si").status_code == 303
    assert "Maltyox" in client.get(PAGE).text


def test_nobody_s_work_is_written_over(offering_on_each: Office) -> None:
    offering = offering_on_each
    client, live, now = offering.enter("traductor"), find_live(offering), offering.clock()
    offering.publish_again(SOURCE, SLUG)  # nobody has worked on it: files may
    bring(client, edit(client.get(f"{PAGE}/archivo.po").data))
    offering.publish_again(SOURCE, SLUG)  # now they may not
    assert "Maltyox" in client.get(PAGE).text
    new = KeptTranslation("quc", "", 1, "x", now)
    for over in (NEW, 0):
        with pytest.raises(OvertakenError), offering.database.unit() as unit:
            unit.translations.keep(live.consultation_id, over, new)
