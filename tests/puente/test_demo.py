"""`make run` for real: a newcomer sees a consultation that people have answered."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.support.office import read_token
from tests.support.processes import PuenteRun

if TYPE_CHECKING:
    from pathlib import Path


def find_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def enter(panel: str, email: str, password: str) -> str:
    """Sign in as the printed line says, and give the consultation's page."""
    browser = build_opener(HTTPCookieProcessor())
    token = read_token(browser.open(panel).read().decode())
    form = {"email": email, "password": password, "csrf_token": token}
    browser.open(f"{panel}entrar", urlencode(form).encode())
    page: str = browser.open(f"{panel}consultas/plan-digital").read().decode()
    return page


def test_a_newcomer_sees_that_people_have_answered(tmp_path: Path) -> None:
    with PuenteRun(tmp_path, "demo", PORT=find_port()) as run:
        url = run.wait_for_line("Puente: ")
        assert run.wait_for_line("Teléfonos: ") == f"{url}simulator/"
        panel, email, password = run.wait_for_line("Panel: ").split(" · ")
        assert (panel, email) == (f"{url}admin/", "demo@example.org")
        assert len(password) >= 12
        assert "Descargar Excel" in enter(panel, email, password)
        answered = run.wait_for_line("Han contestado: ")
        assert 30 <= int(answered.removesuffix(" personas")) <= 40


def test_a_demonstration_is_not_for_production(tmp_path: Path) -> None:
    environ = {
        "PUENTE_ENV": "production",
        "PUENTE_SECRET_KEY": "k" * 32,
        "PUENTE_PHONE_KEYS": "k1:" + "A" * 43 + "=",
    }
    with PuenteRun(tmp_path, "demo", **environ) as run:
        assert run.process.wait(30) == 1
        assert "PUENTE_ENV says production" in run.output()


def test_a_database_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/nowhere/puente.sqlite3"
    with PuenteRun(tmp_path, "demo", DATABASE_URL=url) as run:
        assert run.process.wait(30) == 1
        assert "The database cannot be used: unable to open database file" in run.output()
        assert "Traceback" not in run.output()
