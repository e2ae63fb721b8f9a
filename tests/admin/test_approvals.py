"""What takes a second person: asked for by one, approved by another, done once and exactly so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import update

from admin.approvals import ACTS
from admin.approvals.desk import LASTS, ApprovalDesk
from bot.publishing import get_revision, publish
from storage.approvals import RequestState
from storage.ids import new_id
from storage.models import ApprovalRequest
from storage.published import NewEdition
from storage.vocabulary import AuditAction
from tests.admin.pages.test_scripts import EDITED, PAGE, SOURCE, find_live, send
from tests.support.office import SLUG, Office, read_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from storage.approvals import Request
    from tests.support.clock import Clock

LIST = "/admin/por-aprobar"
OPERATOR, CHIEF = "operador@example.org", "administrador@example.org"


@pytest.fixture
def office(tmp_path: Path, sqlite_url: str, clock: Clock) -> Iterator[Office]:
    """A house that asks for a second person."""
    office = Office(tmp_path, sqlite_url, clock, PUENTE_SECOND_PERSON="yes")
    yield office
    office.database.close()


@pytest.fixture
def office_on_each(tmp_path: Path, database_url: str, clock: Clock) -> Iterator[Office]:
    """The same on each kind of database."""
    office = Office(tmp_path, database_url, clock, PUENTE_SECOND_PERSON="yes")
    yield office
    office.database.close()


def ask(client: FlaskClient, base: str = "1") -> str:
    """Ask for a script to be published; give the address of what waits."""
    response = send(client, "publicar", guion=EDITED, nota="Más claro", base=base)
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def find(office: Office, page: str) -> Request:
    with office.database.reading() as unit:
        found = unit.approvals.find(UUID(page.rpartition("/")[2]))
    assert found
    return found


def press(client: FlaskClient, page: str, act: str, **form: str) -> TestResponse:
    data = {"csrf_token": read_token(client.get(page).text), **form}
    return client.post(f"{page}/{act}", data=data)


def test_a_script_goes_live_once_somebody_else_has_approved_just_that(
    office_on_each: Office,
) -> None:
    office = office_on_each
    asker = office.enter("operador")
    page = ask(asker)
    assert ask(asker) == page  # pressed twice, it waits once
    assert find_live(office).number == 1
    shown = asker.get(page).text
    assert "Ahora nadie más puede aprobarlo" in shown
    assert "PUENTE_SECOND_PERSON=no" in shown
    digest = find(office, page).digest
    assert press(asker, page, "aprobar", hash=digest).status_code == 409

    second = office.enter("administrador")
    assert CHIEF in asker.get(page).text
    assert "Más claro" in second.get(LIST).text
    shown = second.get(page).text
    assert "Guarde bien su folio" in shown
    assert digest in shown
    assert press(second, page, "aprobar", hash="0" * 64).status_code == 409
    assert find_live(office).number == 1

    response = press(second, page, "aprobar", hash=digest)
    assert response.status_code == 303
    assert "Se publicó la revisión 2." in second.get(LIST).text
    live = find_live(office)
    assert (live.number, live.source, live.note) == (2, EDITED, "Más claro")
    assert live.who == OPERATOR
    assert press(second, page, "aprobar", hash=digest).status_code == 409
    assert find_live(office).number == 2
    (asked,) = office.read_audit(AuditAction.APPROVAL_ASKED)
    (given,) = office.read_audit(AuditAction.APPROVAL_GIVEN)
    assert (asked["who"], asked["hash"], asked["act"]) == (OPERATOR, digest, "script:publish")
    assert (given["who"], given["user"], given["hash"]) == (CHIEF, OPERATOR, digest)
    assert "aprobado y hecho" in asker.get(LIST).text


def test_going_back_takes_two_as_well(office: Office) -> None:
    publish(office.database, EDITED.encode(), "x", who="x", note="", now=office.clock())
    asker, second = office.enter("operador"), office.enter("administrador")
    page = send(asker, "volver", numero="1", base="2").headers["Location"]
    assert find_live(office).number == 2
    assert "Vuelve a la revisión 1.0." in second.get(page).text
    press(second, page, "aprobar", hash=find(office, page).digest)
    assert (find_live(office).number, find_live(office).source) == (3, SOURCE)


def test_of_two_who_approve_at_once_one_does_it(office_on_each: Office) -> None:
    office = office_on_each
    wanted = find(office, ask(office.enter("operador")))
    desk = ApprovalDesk(office.database, office.clock, new_id, ACTS, asks=True)
    gate = Barrier(2)

    def approve(who: str) -> str | None:
        gate.wait()
        return desk.approve(wanted, wanted.digest, who)

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(approve, ("a@example.org", "b@example.org")))
    assert sorted(map(bool, said)) == [False, True]
    assert find_live(office).number == 2
    assert len(office.read_audit(AuditAction.APPROVAL_GIVEN)) == 1


def test_what_it_was_asked_over_has_to_be_live_still(office: Office) -> None:
    asker, second = office.enter("operador"), office.enter("administrador")
    page, back = ask(asker), f"{LIST}/{office.ask_to_restore(who=OPERATOR)}"
    live = find_live(office)
    with office.database.unit() as unit:
        texts = NewEdition(live.id, live.edition, '{"quc": {}}', "x", office.clock())
        unit.consultations.publish_edition(texts)
    publish(office.database, EDITED.encode(), "x", who="x", note="", now=office.clock())
    older = f"{LIST}/{office.ask_to_restore(who=OPERATOR)}"
    with office.database.unit() as unit:
        texts = NewEdition(live.id, 1, '{"mam": {}}', "x", office.clock())
        unit.consultations.publish_edition(texts)
    for one in (page, back, older):
        assert "ya no se puede hacer" in second.get(one).text
        response = press(second, one, "aprobar", hash=find(office, one).digest)
        assert response.status_code == 409
        assert "no se hizo nada" in response.text
        assert find(office, one).state is RequestState.VOID
    assert find_live(office).number == 2
    assert len(office.read_audit(AuditAction.APPROVAL_VOID)) == 3


def test_it_is_refused_with_a_reason_taken_back_or_too_late(office: Office) -> None:
    asker, second = office.enter("operador"), office.enter("administrador")
    page = ask(asker)
    assert press(second, page, "no-aprobar", motivo=" ").status_code == 400
    assert press(asker, page, "no-aprobar", motivo="x").status_code == 409
    assert press(second, page, "retirar").status_code == 409
    assert press(second, page, "no-aprobar", motivo="Falta el año").status_code == 303
    assert "Falta el año" in asker.get(page).text
    assert office.read_audit(AuditAction.APPROVAL_REFUSED)[0]["reason"] == "Falta el año"

    page = ask(asker)
    assert press(asker, page, "retirar").status_code == 303
    assert find(office, page).state is RequestState.WITHDRAWN

    page = ask(asker)
    office.clock.advance(seconds=LASTS.total_seconds())
    # Both browsers have slept for longer than a session: in again.
    second = office.enter("administrador")
    assert "venció sin aprobarse" in second.get(page).text
    assert press(second, page, "aprobar", hash=find(office, page).digest).status_code == 409
    assert find_live(office).number == 1


def test_what_was_changed_in_the_database_is_not_what_was_asked_for(office: Office) -> None:
    page, second = ask(office.enter("operador")), office.enter("administrador")
    wanted = find(office, page)
    with office.database.session() as session:
        text = wanted.content.replace("Más claro", "Otra cosa")
        session.execute(update(ApprovalRequest).values(content=text))
        session.commit()
    for digest in (wanted.digest, find(office, page).digest):
        assert press(second, page, "aprobar", hash=digest).status_code == 409
    assert find_live(office).number == 1


def test_a_house_that_asks_nobody_says_so(tmp_path: Path, sqlite_url: str, clock: Clock) -> None:
    office = Office(tmp_path, sqlite_url, clock)
    client = office.enter("operador")
    assert "no se pide una segunda persona" in client.get(LIST).text
    assert send(client, "publicar", guion=EDITED, nota="a", base="1").headers["Location"] == PAGE
    assert find_live(office).number == 2
    with office.database.reading() as unit:
        assert get_revision(unit, SLUG).who == OPERATOR
    office.database.close()


def test_each_sees_only_what_she_may_do_herself(office: Office) -> None:
    page = ask(office.enter("operador"))
    assert office.enter("revisor").get(LIST).status_code == 403
    with office.database.session() as session:
        session.execute(update(ApprovalRequest).values(kind="script:unheard-of"))
        session.commit()
    second = office.enter("administrador")
    assert second.get(page).status_code == 403
    assert "Más claro" not in second.get(LIST).text
    assert second.get(f"{LIST}/{new_id(office.clock())}").status_code == 404
