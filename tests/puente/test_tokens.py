"""`puente tokens`: made, shown once, listed, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner
from sqlalchemy import text

from puente.commands import main
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from click.testing import Result

    from tests.support.office import Office


def run(office: Office, *arguments: str) -> Result:
    environ = {
        "DATABASE_URL": office.settings.database_url,
        "PUENTE_DATA": str(office.settings.data),
    }
    return CliRunner().invoke(main, ["tokens", *arguments], env=environ)


def ask(office: Office, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    client = office.app.test_client()
    return client.get("/api/v1/consultations", headers=headers).status_code


def test_a_token_is_shown_once_kept_as_a_hash_and_ended(office_on_each: Office) -> None:
    office = office_on_each
    made = run(
        office, "add", "Tablero  de Red", "--scope", "consultations", "--scope", "aggregates"
    )
    assert made.exit_code == 0, made.output
    secret = made.stdout.strip()
    assert secret.startswith("puente_")
    assert "No se muestra otra vez" in made.stderr
    assert ask(office, secret) == 200
    with office.database.engine.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM api_token")).all())
    assert secret not in kept
    listed = run(office, "list").output
    assert secret not in listed
    token_id, state, _, scopes, name = listed.strip().split("\t")
    assert (state, scopes, name) == ("vale", "aggregates consultations", "Tablero de Red")
    assert run(office, "revoke", token_id).exit_code == 0
    assert ask(office, secret) == 401
    assert "\trevocado\t" in run(office, "list").output
    again = run(office, "revoke", token_id)
    assert (again.exit_code, "No hay" in again.output) == (1, True)
    assert office.read_audit(AuditAction.TOKEN_ADDED) == [
        {"who": "puente tokens", "token": "Tablero de Red", "scopes": scopes}
    ]
    assert [entry["token"] for entry in office.read_audit(AuditAction.TOKEN_REVOKED)] == [name]


def test_what_makes_no_token_is_told(office: Office) -> None:
    for arguments in (
        ["add", "x"],
        ["add", "x", "--scope", "todo"],
        ["add", "x", "--scope", "aggregates", "--days", "0"],
        ["add", " ", "--scope", "aggregates"],
        ["add", "a\x07b", "--scope", "aggregates"],
        ["add", "x" * 81, "--scope", "aggregates"],
        ["revoke", "nada"],
    ):
        assert run(office, *arguments).exit_code != 0, arguments
    assert run(office, "list").output == ""
