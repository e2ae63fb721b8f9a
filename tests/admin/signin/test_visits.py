"""Visits: each browser ends by itself, from another one, and when nobody uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admin.signin.visits import describe_device
from tests.support.office import PASSWORD, read_token, sign_in, sign_out

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.support.office import Office

ACCOUNT = "/admin/cuenta"


def is_in(client: FlaskClient) -> bool:
    return client.get("/admin/").status_code == 200


def end_others(client: FlaskClient) -> str:
    token = read_token(client.get(ACCOUNT).text)
    client.post(f"{ACCOUNT}/cerrar-las-demas", data={"csrf_token": token})
    return client.get(ACCOUNT).text


def test_the_other_browsers_are_shown_and_ended_from_this_one(office_on_each: Office) -> None:
    office = office_on_each
    here, there = office.enter("observador"), office.app.test_client()
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0"}
    there.environ_base["HTTP_USER_AGENT"] = agent["User-Agent"]
    sign_in(there, "observador@example.org", PASSWORD)
    page = here.get(ACCOUNT).text
    assert "Firefox en Windows" in page
    assert page.count('<tr><th scope="row">') == 2
    assert "Se cerró 1 sesión." in end_others(here)
    assert is_in(here)
    assert not is_in(there)


def test_ending_the_others_leaves_other_people_alone(office: Office) -> None:
    somebody, other = office.enter("observador"), office.enter("revisor")
    end_others(somebody)
    assert is_in(other)


def test_signing_out_in_one_browser_leaves_the_other_signed_in(office: Office) -> None:
    here, there = office.enter("observador"), office.enter("observador")
    sign_out(there)
    assert is_in(here)
    assert not is_in(there)


def test_an_hour_without_use_ends_a_visit_and_use_keeps_it(office_on_each: Office) -> None:
    office = office_on_each
    used, left = office.enter("observador"), office.enter("revisor")
    for _ in range(3):
        office.clock.advance(minutes=30)
        assert is_in(used)
    assert not is_in(left)
    office.clock.advance(minutes=60)
    assert not is_in(used)


@pytest.mark.parametrize("visit", [None, "x", "00000000-0000-0000-0000-000000000000"])
def test_a_cookie_without_its_visit_opens_nothing(office: Office, visit: str | None) -> None:
    client = office.enter("observador")
    with client.session_transaction() as session:
        if visit is None:
            del session["visita"]
        else:
            session["visita"] = visit
    assert not is_in(client)


def test_somebody_else_s_visit_keeps_nobody_in(office: Office) -> None:
    client, other = office.enter("observador"), office.enter("revisor")
    with other.session_transaction() as session:
        visit = session["visita"]
    with client.session_transaction() as session:
        session["visita"] = visit
    assert not is_in(client)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit Chrome/140 Safari/537", "Chrome en Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge en Windows"),
        ("Mozilla/5.0 (iPhone; CPU like Mac OS X) Version/18 Safari/604", "Safari en iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Firefox/145.0", "Firefox en Android"),
        ("", "Otro navegador"),
        ("<script>", "Otro navegador"),
    ],
)
def test_a_browser_is_called_what_its_owner_calls_it(agent: str, words: str) -> None:
    assert describe_device(agent) == words
