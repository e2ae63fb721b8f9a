"""Packages of the real thing, opened by somebody else's reader."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any
from uuid import UUID

import frictionless
import pytest

from admin.tables import TABLES
from storage.vocabulary import AuditAction
from tests.support.office import PROPOSAL, SLUG, WHOLE_WAY

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}"


def take(client: FlaskClient, table: str, name: str, tier: str = "equipo") -> bytes:
    """Download a table."""
    response = client.get(f"{PAGE}/{table}.{name}?nivel={tier}")
    assert response.status_code == 200
    data: bytes = response.data
    return data


def unpack(data: bytes) -> dict[str, bytes]:
    """Give the files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def read_rows(data: bytes) -> list[dict[str, str]]:
    """Read a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.fixture
def answered(office: Office) -> Office:
    """Four conversations: two whole, one refused, one that left."""
    office.answer()
    office.answer(
        *("=1+1" if text == PROPOSAL else text for text in WHOLE_WAY),
        number="+50255550102",
        form="whatsapp",
    )
    office.answer("CONSULTA", "no", number="+50255550103")
    office.answer(*WHOLE_WAY[:4], "BAJA", number="+50255550104")
    return office


def test_every_table_is_a_valid_data_package(answered: Office, tmp_path: Path) -> None:
    client = answered.enter("exportador")
    for tier in ("equipo", "publico"):
        for table, kind in TABLES.items():
            data = take(client, table, "datapackage", tier)
            path = tmp_path / f"{table}-{tier}.zip"
            path.write_bytes(data)
            report = frictionless.validate(str(path))
            assert report.valid, (table, tier, report.flatten(["type", "message"]))
            assert set(unpack(data)) == {
                f"{kind.name}.csv",
                "significados.csv",
                "datapackage.json",
                "LEEME.txt",
            }


def test_a_data_package_says_what_it_is_to_people_too(answered: Office) -> None:
    files = unpack(take(answered.enter("exportador"), "wide", "datapackage"))
    readme = files["LEEME.txt"].decode()
    (entry,) = answered.read_audit(AuditAction.EXPORT_TAKEN)
    assert entry["hash"] in readme
    assert "Personas que han contestado: 3" in readme
    fields = json.loads(files["datapackage.json"])["resources"][0]["schema"]["fields"]
    assert {"name": "p3_1", "type": "integer"}.items() <= next(
        field for field in fields if field["name"] == "p3_1"
    ).items()
    assert files["respuestas_ancho.csv"] == take(answered.enter("exportador"), "wide", "csv")


def test_equal_data_give_equal_packages(answered: Office) -> None:
    client = answered.enter("exportador")
    assert take(client, "long", "datapackage") == take(client, "long", "datapackage")


def test_flow_results_hold_every_answer_with_its_question(answered: Office) -> None:
    client = answered.enter("exportador")
    files = unpack(take(client, "long", "floip"))
    package: dict[str, Any] = json.loads(files["datapackage.json"])
    rows: list[list[Any]] = json.loads(files["responses.json"])
    assert package["profile"] == "flow-results-package"
    assert UUID(package["id"]).version == 4
    (resource,) = package["resources"]
    questions = resource["schema"]["questions"]
    assert questions["p1"]["type"] == "select_one"
    assert questions["p3"]["type"] == "select_many"
    assert questions["p5"]["type"] == "open"
    assert len(rows) == len(read_rows(take(client, "long", "csv")))
    assert {len(row) for row in rows} == {len(resource["schema"]["fields"])}
    assert len({row[1] for row in rows}) == len(rows)
    for _at, _row, _contact, _session, question, response, _more in rows:
        told = questions[question]
        if told["type"] == "select_one" and response is not None:
            assert response in told["type_options"]["choices"]
        if told["type"] == "select_many":
            assert set(response) <= set(told["type_options"]["choices"])
    assert [row[5] for row in rows if row[4] == "p5"] == [PROPOSAL, "=1+1"]


def test_flow_results_are_of_answers_alone(answered: Office) -> None:
    assert answered.enter("exportador").get(f"{PAGE}/wide.floip").status_code == 404


def test_the_totals_of_all_tables_agree(answered: Office) -> None:
    client = answered.enter("exportador")
    wide = read_rows(take(client, "wide", "csv"))
    long = read_rows(take(client, "long", "csv"))
    stand = read_rows(take(client, "dispositions", "csv"))
    sent = read_rows(take(client, "messages", "csv"))
    assert len(wide) == sum(int(row["conversaciones"]) for row in stand) == 4
    by_state = {row["estado"]: int(row["conversaciones"]) for row in stand}
    assert by_state == {state: sum(row["estado"] == state for row in wide) for state in by_state}
    assert {row["sesion"] for row in long} <= {row["sesion"] for row in wide}
    received = sum(int(row["mensajes"]) for row in sent if row["sentido"] == "recibido")
    assert received >= len(WHOLE_WAY) * 2
