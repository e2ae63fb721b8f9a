"""What browsers may keep: a style sheet for ever, a page of the staff's never."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.office import Office


def test_a_style_sheet_is_kept_for_ever_under_the_name_of_its_content(office: Office) -> None:
    client = office.app.test_client()
    found = re.search(r'href="(/admin/static/admin\.\w+\.css)"', client.get("/admin/entrar").text)
    assert found
    response = client.get(found[1])
    assert response.content_type.startswith("text/css")
    assert response.cache_control.immutable
    assert response.cache_control.public


def test_a_name_of_another_version_gives_what_there_is_and_is_not_kept(office: Office) -> None:
    response = office.app.test_client().get("/admin/static/admin.0123456789.css")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("name", ["nothing.css", "admin", "admin.css.exe", "%00", "..%2fa.py"])
def test_nothing_else_is_served(office: Office, name: str) -> None:
    assert office.app.test_client().get(f"/admin/static/{name}").status_code == 404


@pytest.mark.parametrize("address", ["/admin", "/admin/", "/admin/entrar", "/admin/nada"])
def test_nothing_of_the_staff_s_is_kept_by_anybody(office: Office, address: str) -> None:
    headers = office.app.test_client().get(address).headers
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_citizens_side_keeps_its_own_headers(office: Office) -> None:
    assert "Cross-Origin-Opener-Policy" not in office.app.test_client().get("/healthz").headers
