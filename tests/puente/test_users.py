"""`puente users add`: access for somebody, without a password in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from puente.commands import main, users
from storage.vocabulary import AuditAction
from tests.support.office import sign_in

if TYPE_CHECKING:
    from tests.support.office import Office

MINE = "caballo correcto batería"


def add(office: Office, *arguments: str, typed: str | None = None) -> tuple[int, str]:
    environ = {
        "DATABASE_URL": office.settings.database_url,
        "PUENTE_DATA": str(office.settings.data),
    }
    result = CliRunner().invoke(main, ["users", "add", *arguments], input=typed, env=environ)
    return result.exit_code, result.output


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there and types."""

    class Terminal:
        class stdin:  # noqa: N801 - stands for sys.stdin
            @staticmethod
            def isatty() -> bool:
                return True

    monkeypatch.setattr(users, "sys", Terminal)


def test_a_password_made_for_her_is_shown_once_and_opens_the_door(office_on_each: Office) -> None:
    status, output = add(office_on_each, "Ana@example.org", "--role", "revisor")
    assert status == 0
    password = output.splitlines()[0].rpartition(" ")[2]
    assert len(password) >= 16
    assert sign_in(office_on_each.app.test_client(), "ana@example.org", password).status_code == 302
    (entry,) = office_on_each.read_audit(AuditAction.USER_ADDED)
    assert entry == {"who": "puente users", "user": "ana@example.org", "role": "revisor"}


@pytest.mark.usefixtures("terminal")
def test_a_password_typed_twice_is_never_shown(office: Office) -> None:
    status, output = add(office, "a@example.org", "--role", "revisor", typed=f"{MINE}\n{MINE}\n")
    assert status == 0
    assert MINE not in output
    assert sign_in(office.app.test_client(), "a@example.org", MINE).status_code == 302


def test_a_second_role_leaves_the_password_as_it_is(office: Office) -> None:
    _, output = add(office, "a@example.org", "--role", "observador")
    password = output.splitlines()[0].rpartition(" ")[2]
    for _ in range(2):
        status, output = add(office, "a@example.org", "--role", "exportador")
        assert (status, "ya tenía acceso" in output) == (0, True)
    client = office.app.test_client()
    assert sign_in(client, "a@example.org", password).status_code == 302
    assert client.get("/admin/consultas/plan-digital/wide.csv?nivel=equipo").status_code == 200


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(
    ("email", "typed", "words"),
    [
        ("a@example.org", "corta", "de 12 a 200 signos"),
        ("a@example.org", "x" * 201, "de 12 a 200 signos"),
        ("nadie", MINE, "no existe o no sirve"),
        ("a@localhost", MINE, "no existe o no sirve"),
    ],
)
def test_an_account_that_cannot_be_made_is_told_without_its_password(
    office: Office, email: str, typed: str, words: str
) -> None:
    status, output = add(office, email, "--role", "revisor", typed=f"{typed}\n{typed}\n")
    assert status == 1
    assert words in output
    assert typed not in output
    assert office.read_audit(AuditAction.USER_ADDED) == []


def test_a_role_that_is_none_is_told_with_those_there_are(office: Office) -> None:
    status, output = add(office, "a@example.org", "--role", "root")
    assert status == 2
    assert "administrador" in output
