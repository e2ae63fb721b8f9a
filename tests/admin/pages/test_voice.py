"""Voz: a note is one coder's at a time, read as an answer is, and some are heard twice."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from admin.pages import capture
from storage.models import Media
from storage.vocabulary import AuditAction
from storage.voice_notes import Understood
from tests.support.office import SLUG, read_token
from tests.support.speaking import SOUND

if TYPE_CHECKING:
    from uuid import UUID

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}/voz"
BEFORE_P1 = ("CONSULTA", "si", "1")
BEFORE_P5 = (*BEFORE_P1, "1", "1", "1 3", "2")


@pytest.fixture
def _every_one_is_heard_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "SECOND_LOOK", 1)


@pytest.fixture
def _none_is_heard_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "SECOND_LOOK", 10**12)


def post(client: FlaskClient, address: str, **form: object) -> TestResponse:
    token = {"csrf_token": read_token(client.get("/admin/").text)}
    return client.post(address, data=token | form, follow_redirects=True)


def take(client: FlaskClient, note_id: UUID) -> str:
    return post(client, f"{PAGE}/{note_id}/tomar").text


def code(client: FlaskClient, note_id: UUID, **form: object) -> str:
    take(client, note_id)
    return post(client, f"{PAGE}/{note_id}/anotar", **form).text


def read_rows(
    reader: FlaskClient, office: Office, question: str = "", table: str = "long"
) -> list[dict[str, str]]:
    """Give what the team's export says of the newest conversation, or one question of it."""
    text = reader.get(f"/admin/consultas/{SLUG}/{table}.csv?nivel=equipo").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    return [
        row
        for row in rows
        if question in {"", row.get("pregunta")}
        and row.get("sesion", "") in {"", str(office.find_session_id())}
    ]


@pytest.mark.usefixtures("_every_one_is_heard_twice")
def test_a_note_goes_from_the_queue_into_the_exports(office_on_each: Office) -> None:
    office = office_on_each
    reader = office.seat("exportador")
    office.answer(*BEFORE_P1)
    note_id = office.speak()
    (row,) = read_rows(reader, office, "p1")
    assert (row["valor"], row["alerta"]) == ("voz", "por_voz")
    first, second, third = (office.seat(who) for who in ("traductor", "revisor", "administrador"))

    # Whoever takes it may listen, and nobody else can take it meanwhile.
    queue = first.get(PAGE).text
    assert "1/5 En el último año" in queue
    assert first.get(f"{PAGE}/{note_id}").status_code == 404
    assert first.get(f"{PAGE}/{note_id}/sonido").status_code == 404
    assert "<audio controls" in take(first, note_id)
    assert "la está escuchando otra persona" in take(second, note_id)
    assert "No hay ninguna nota" in second.get(PAGE).text
    sound = first.get(f"{PAGE}/{note_id}/sonido")
    assert (sound.data, sound.content_type) == (SOUND, "audio/ogg")
    assert sound.headers["Cache-Control"] == "no-store, private"
    part = first.get(f"{PAGE}/{note_id}/sonido", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.data) == (206, SOUND[4:8])
    (told,) = office.read_audit(AuditAction.VOICE_OPENED)
    assert (told["who"], told["question"]) == ("traductor@example.org", "p1")

    # What she writes down counts at once; another listens again without seeing it.
    page = code(first, note_id, respuesta="1", texto="Sí, saqué mi DPI")
    assert "Otra persona la escucha también" in page
    (row,) = read_rows(reader, office, "p1")
    assert (row["valor"], row["etiqueta"]) == ("1", "Sí")
    assert (row["texto"], row["alerta"]) == ("Sí, saqué mi DPI", "por_voz")
    assert "o ya está" in take(first, note_id)
    page = take(second, note_id)
    assert "saqué mi DPI" not in page
    assert "No coincide" in code(second, note_id, respuesta="2")

    # The two differ: a third one, who may decide, sees both.
    assert read_rows(reader, office, "p1")[0]["alerta"] == "voz_distinta por_voz"
    assert "o ya está" in take(first, note_id)
    assert "o ya está" in take(second, note_id)
    page = take(third, note_id)
    assert "Sí, saqué mi DPI" in page
    assert "Lo que entendieron dos personas" in page
    assert "Quedó anotado." in code(third, note_id, respuesta="3")
    (row,) = read_rows(reader, office, "p1")
    assert row["etiqueta"] == "No recuerdo"
    (wide,) = read_rows(reader, office, table="wide")
    assert (wide["p1"], wide["alerta"]) == ("3", "voz_distinta por_voz")
    assert "No hay ninguna nota" in third.get(PAGE).text
    outcomes = {one["outcome"] for one in office.read_audit(AuditAction.VOICE_CODED)}
    assert outcomes == {"second", "split", "done"}
    counted = read_rows(reader, office, table="dispositions")
    assert sum(int(one["conversaciones"]) for one in counted) == 1
    session = first.get(f"/admin/consultas/{SLUG}/respuestas/{office.find_session_id()}")
    assert session.status_code == 403
    page = third.get(f"/admin/consultas/{SLUG}/respuestas/{office.find_session_id()}").text
    assert "por nota de voz" in page


@pytest.mark.usefixtures("_every_one_is_heard_twice")
def test_two_who_write_down_nearly_the_same_words_agree(shared_office: Office) -> None:
    office, number = shared_office, "+50255550201"
    reader, first, second = map(office.seat, ("exportador", "traductor", "revisor"))
    office.answer(*BEFORE_P5, number=number)
    note_id = office.speak(number)
    assert "Escriba o elija" in code(first, note_id, respuesta=" ")
    assert "es una orden" in code(first, note_id, respuesta="baja")
    words = "Que haya internet en mi aldea y en la escuela"
    code(first, note_id, respuesta=words)
    assert "Quedó anotado." in code(second, note_id, respuesta=f"{words.lower()} también.")
    (row,) = read_rows(reader, office, "p5")
    assert (row["valor"], row["alerta"]) == (words, "por_voz")
    office.answer("Nebaj", number=number)  # she goes on as if she had written
    assert read_rows(reader, office, "ub")[0]["valor"] == "1413"
    found = reader.get(f"/admin/consultas/{SLUG}/respuestas?palabras=escuela&columna=p5")
    assert words in found.text


@pytest.mark.usefixtures("_every_one_is_heard_twice")
def test_the_third_may_side_with_the_first(shared_office: Office) -> None:
    office, number = shared_office, "+50255550202"
    first, second, third = map(office.seat, ("traductor", "revisor", "administrador"))
    office.answer(*BEFORE_P5, number=number)
    note_id = office.speak(number)
    code(first, note_id, respuesta="Que haya internet")
    code(second, note_id, no_entiende="si")
    before = read_rows(third, office, "p5")
    code(third, note_id, respuesta="Que haya internet")
    assert read_rows(third, office, "p5") == before


@pytest.mark.usefixtures("_none_is_heard_twice")
def test_what_a_note_answers_has_to_fit_its_question(shared_office: Office) -> None:
    office, number = shared_office, "+50255550203"
    client = office.seat("revisor")
    office.answer(*BEFORE_P1, "1", "1", "1 3", number=number)
    code(client, office.speak(number), respuesta="3")  # p4, whose options turn for each person
    office.answer("Que haya internet", number=number)
    place = office.speak(number)
    assert "¿Quiso decir Momostenango" in code(client, place, respuesta="Momostenago")
    assert "Quedó anotado." in code(client, place, respuesta="Momostenango, Totonicapán")
    permits = office.speak(number)
    assert "No se entiende así." in code(client, permits, respuesta="9")
    assert "Quedó anotado." in code(client, permits, respuesta="1")
    (row,) = read_rows(office.seat("exportador"), office, table="wide")
    assert (row["municipio"], row["p4"], row["p5"]) == ("0805", "3", "Que haya internet")
    with office.database.reading() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation
        listed = unit.dossiers.find(consultation.id, office.find_session_id())
    assert listed
    assert listed.session.publish is True


@pytest.mark.usefixtures("_none_is_heard_twice")
def test_a_note_that_nobody_understands_is_no_answer(shared_office: Office) -> None:
    office, number = shared_office, "+50255550204"
    client = office.seat("revisor")
    office.answer(*BEFORE_P1, number=number)
    note_id = office.speak(number)
    assert str(note_id) not in client.get(f"{PAGE}?idioma=quc").text
    assert str(note_id) in client.get(f"{PAGE}?idioma=es").text
    code(client, note_id, no_entiende="si", respuesta="1")
    (row,) = read_rows(office.seat("exportador"), office, "p1")
    assert (row["valor"], row["etiqueta"]) == ("no_se_entiende", "Nota de voz que no se entiende")
    assert str(note_id) not in client.get(PAGE).text


@pytest.mark.usefixtures("_none_is_heard_twice")
def test_who_says_that_she_is_a_minor_is_forgotten(shared_office: Office) -> None:
    office, number = shared_office, "+50255550205"
    client, reader = office.seat("revisor"), office.seat("exportador")
    office.answer("CONSULTA", "si", number=number)
    note_id = office.speak(number)
    assert "se borró lo que contestó" in code(client, note_id, respuesta="2")
    assert read_rows(reader, office) == []
    assert read_rows(reader, office, table="wide")[0]["estado"] == "menor"


@pytest.mark.usefixtures("_none_is_heard_twice")
def test_what_she_answers_herself_counts(shared_office: Office) -> None:
    office, number = shared_office, "+50255550206"
    client = office.seat("traductor")
    office.answer(*BEFORE_P1, number=number)
    note_id = office.speak(number)
    take(client, note_id)
    with office.database.reading() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation
        note = unit.voice_notes.find(consultation.id, note_id, "traductor@example.org")
    assert note
    office.answer("ATRAS", "2", number=number)  # she goes back and types it
    said, who = Understood("1", "1"), "traductor@example.org"
    with office.database.unit() as unit:
        late = unit.voice_notes.code(note, who, office.clock(), said, is_due=False, is_same=False)
    assert late is None
    page = post(client, f"{PAGE}/{note_id}/anotar", respuesta="1")
    assert page.status_code == 404
    assert read_rows(office.seat("exportador"), office, "p1")[0]["valor"] == "2"
    assert "o ya está" in take(client, note_id)


@pytest.mark.usefixtures("_none_is_heard_twice")
def test_a_note_is_somebody_else_s_after_a_while(shared_office: Office) -> None:
    office, number = shared_office, "+50255550207"
    client, other = office.seat("traductor"), office.seat("revisor")
    office.answer(*BEFORE_P1, number=number)
    note_id = office.speak(number)
    take(client, note_id)
    office.clock.advance(minutes=31)
    assert "<audio controls" in take(other, note_id)
    assert post(client, f"{PAGE}/{note_id}/anotar", respuesta="1").status_code == 404
    for path in (office.settings.data / "media").glob("??/*"):
        path.unlink()  # as after a restore without the data folder
    assert other.get(f"{PAGE}/{note_id}/sonido").status_code == 404


def test_a_note_that_has_not_come_is_counted_and_not_offered(shared_office: Office) -> None:
    office, number = shared_office, "+50255550208"
    office.answer(*BEFORE_P1, number=number)
    note_id = office.speak(number)
    with office.database.session() as session:
        media_id = session.scalars(select(Media.id).where(Media.answer_id == note_id)).one()
    with office.database.unit() as unit:
        unit.media.refuse(media_id, "gone")
    page = office.seat("revisor").get(PAGE).text
    assert "el sonido no ha llegado" in page
    assert str(note_id) not in page
