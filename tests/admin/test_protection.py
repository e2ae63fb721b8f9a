"""Every page × every role: who may, sees it; who may not, is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from admin.broadcasts.desk import BroadcastDesk, Wanted
from admin.roles import ROLES, permissions_of
from storage.repositories.leaders import NewLeader
from tests.support.office import SLUG, read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.routing import Rule

    from tests.support.office import Office

CODE = "L555H"
VALUES = {
    "slug": SLUG,
    "code": CODE,
    "table": "wide",
    "extension": "csv",
    "name": "admin.css",
    "figure": "camino",
    "token": "x",
    "number": 1,
    "language": "quc",
    "form": "po",
}


def add_a_leader(office: Office) -> None:
    with office.database.unit() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation
        unit.leaders.add(NewLeader(consultation.id, CODE, "Una aldea"), office.clock(), "prueba")


def add_an_invitation(office: Office) -> UUID:
    desk = BroadcastDesk(office.database, office.clock)
    wanted = Wanted("simulator", "", 0, None)
    return desk.prepare(SLUG, wanted, ["+50255550102"], "prueba")[0].id


def find_contact_id(office: Office) -> UUID | None:
    with office.database.reading() as unit:
        return unit.contacts.find("tel", "+50255550101")


def list_pages(office: Office, who: str = "") -> list[tuple[str, str, str]]:
    """Give method, address and protection of every page of the staff's side.

    Args:
        office: where somebody has answered.
        who: whose file stands ready.
    """
    office.answer()
    add_a_leader(office)
    values = VALUES | {
        "session_id": str(office.find_session_id()),
        "job_id": str(office.prepare_file(who)),
        "message_id": str(UUID(int=1)),
        "contact_id": str(find_contact_id(office)),
        "request_id": str(office.ask_to_restore()),
        "broadcast_id": str(add_an_invitation(office)),
        "note_id": str(office.hold_note(who)),
    }

    def address(rule: Rule) -> str:
        built = rule.build({name: values[name] for name in rule.arguments})
        assert built is not None
        return built[1]

    return [
        (
            method,
            address(rule),
            str(getattr(office.app.view_functions[rule.endpoint], "protection", None)),
        )
        for rule in office.app.url_map.iter_rules()
        if rule.rule.startswith("/admin")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def ask(client: FlaskClient, method: str, address: str) -> int:
    """Ask for a page as a browser does, with the token of a form of ours."""
    if method == "GET":
        return client.get(address).status_code
    token = read_token(client.get("/admin/").text)
    return client.open(address, method=method, data={"csrf_token": token}).status_code


def test_who_has_not_signed_in_is_sent_to_the_door(office: Office) -> None:
    for method, address, protection in list_pages(office):
        response = office.app.test_client().open(address, method=method)
        if protection == "public":
            assert "next=" not in response.headers.get("Location", ""), address
        elif method == "GET":
            assert response.status_code == 302, address
            assert response.headers["Location"].startswith("/admin/entrar?next="), address
        else:
            assert response.status_code == 400, address  # no form of ours sent it


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_may_and_nothing_else(office: Office, role: str) -> None:
    client = office.enter(role)
    held = {permission.value for permission in permissions_of([role])}
    seen = set()
    for method, address, protection in list_pages(office, f"{role}@example.org"):
        if protection == "public":
            continue
        status = ask(client, method, address)
        if protection in held:
            assert status == 200 if method == "GET" else status not in {302, 403, 500}, address
        else:
            assert status == 403, address
        seen.add(protection)
    assert seen >= {"figures:see", "proposals:review", "numbers:see"}


def test_a_person_without_any_role_sees_nothing(office: Office) -> None:
    client = office.enter("observador")
    with office.database.unit() as unit:
        unit.staff.remove_role("observador@example.org", "observador")
    for method, address, protection in list_pages(office):
        if method == "GET" and protection != "public":
            assert client.get(address).status_code == 403, address


def test_a_role_taken_away_counts_from_the_next_page_on(office_on_each: Office) -> None:
    office = office_on_each
    client = office.enter("exportador")
    link = f"/admin/consultas/{SLUG}/wide.csv?nivel=equipo"
    assert client.get(link).status_code == 200
    office.add_staff("observador")
    with office.database.unit() as unit:
        unit.staff.remove_role("exportador@example.org", "exportador")
    response = client.get(link)
    assert response.status_code == 403
    assert "Su cuenta no tiene este permiso" in response.text


def test_somebody_else_s_link_opens_only_what_one_may_oneself(office: Office) -> None:
    link = f"/admin/consultas/{SLUG}/long.xlsx?nivel=equipo"
    assert office.enter("exportador").get(link).status_code == 200
    assert office.enter("observador").get(link).status_code == 403
    assert office.app.test_client().get(link).status_code == 302
