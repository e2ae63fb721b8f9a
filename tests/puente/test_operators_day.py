"""An operator's day: from her spreadsheet to people's phones, a change, and back again.

Everything as she types it, and people on the real path; the process that serves them is
another than hers, so that only the database stands between the two.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from admin.workbooks import make_file
from puente.app import create_app
from puente.commands import main
from puente.settings import read_settings
from tests.support.forms import make_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

# Three mistakes: a list that is not there, a condition over nothing, a place on a map.
SURVEY = """
type              | name    | label::Español (es)                  | required | relevant
acknowledge       | permiso | ¿Nos ayuda con dos preguntas?        | yes      |
select_one sino   | mayor   | ¿Tiene usted 18 años o más?          | yes      |
select_one agua   | agua    | ¿De dónde toma agua?                 | yes      | ${edad} = 'si'
geopoint          | casa    | ¿Dónde está su casa?                 |          |
note              | fin     | Gracias por contestar.               |          |
"""
MENDED = (
    SURVEY.replace("select_one sino ", "select_one si_no")
    .replace("${edad}", "${mayor}")
    .replace(
        "geopoint          | casa    | ¿Dónde está su casa? ", "text | casa | ¿En qué aldea vive?"
    )
)
CHOICES = """
list_name | name | label::Español (es)
si_no     | si   | Sí
si_no     | no   | No
agua      | 1    | Chorro
agua      | 2    | Pozo
agua      | 3    | Río
"""
SETTINGS = "form_title | form_id\nEl agua | el_agua\n"


class Citizen:
    """Somebody with a phone."""

    def __init__(self, client: FlaskClient, number: str) -> None:
        self._client = client
        self._number = number
        self._claims = itertools.count()

    def send(self, text: str) -> str:
        """Send a text, and give what comes back."""
        message = {
            "id": f"{self._number}-{next(self._claims)}",
            "from": self._number,
            "text": text,
            "as": "sms",
        }
        reply = self._client.post("/channels/simulator/inbound", json=message).get_json()
        return "\n".join(sent["text"] for sent in reply["messages"])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    """Where the operator works."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    return tmp_path


@pytest.fixture
def client(desk: Path, database_url: str) -> Iterator[FlaskClient]:
    app = create_app(read_settings({"DATABASE_URL": database_url}, desk), serve="web")
    yield app.test_client()
    app.extensions["puente.database"].close()


def save(desk: Path, survey: str) -> None:
    tables = {"survey": survey, "choices": CHOICES, "settings": SETTINGS}
    book = tuple(make_sheet(name, table) for name, table in tables.items())
    (desk / "agua.xlsx").write_bytes(make_file(book))


def run(*words: str, sent: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=sent)


def work(*words: str, sent: str | None = None) -> str:
    """Run a command that has to succeed, and give what it says."""
    result = run(*words, sent=sent)
    assert result.exit_code == 0, result.output
    return result.output


def edit(desk: Path, old: str, new: str) -> None:
    script = desk / "el-agua" / "guion.yaml"
    text = script.read_text(encoding="utf-8")
    assert old in text
    script.write_text(text.replace(old, new), encoding="utf-8")


def test_from_a_spreadsheet_to_phones_and_back(desk: Path, client: FlaskClient) -> None:
    # Her form has three mistakes, each told with its cell; she mends them in the spreadsheet.
    save(desk, SURVEY)
    result = run("flows", "import", "agua.xlsx", "--to", "intento")
    assert result.exit_code == 1
    told = [line.split(": ")[1:3] for line in result.output.splitlines() if line[:4] == "agua"]
    assert [row for row in told if "(aviso)" not in row[1]] == [
        ["survey!A3", "lista-desconocida"],
        ["survey!E4", "condicion-sin-equivalente"],
        ["survey!A5", "tipo-sin-equivalente"],
    ]
    save(desk, MENDED)
    work("flows", "import", "agua.xlsx")

    # She writes a conversation down, runs it, and publishes.
    work("chat", "el-agua", "--record", "el-agua/todo.chat", sent="1\n1\n2\nSan Andrés\n")
    assert "1 conversaciones, todas" in work("flows", "test", "el-agua")
    assert work("flows", "publish", "el-agua", "--note", "primera").endswith("revisión 1.0 (es)\n")

    # Somebody begins; meanwhile the operator changes the script.
    early = Citizen(client, "+50255550101")
    assert early.send("hola").startswith("¿Nos ayuda con dos preguntas?")
    assert early.send("1").startswith("¿Tiene usted 18 años")
    assert early.send("1") == "¿De donde toma agua?\n1 Chorro\n2 Pozo\n3 Rio"
    edit(desk, '3: "Río"', '3: "Río o laguna"')
    edit(desk, "Gracias por contestar.", "Gracias. Que tenga buen día.")

    # Her conversation no longer comes out; the difference is what she meant.
    result = run("flows", "test", "el-agua")
    assert result.exit_code == 1
    assert "-   3 Rio\n" in result.output
    assert "+   3 Rio o laguna\n" in result.output
    work("flows", "test", "el-agua", "--update")
    assert work("flows", "diff", "el-agua").splitlines() == [
        ("! agua: la opción 3 decía «Río» y ahora dice «Río o laguna». "
        "Con el mismo número cuentan juntas."),
        ("- fin: cambia el texto: antes «Gracias por contestar.», "
        "ahora «Gracias. Que tenga buen día.»."),
    ]  # fmt: skip
    work("flows", "publish", "el-agua", "--note", "laguna", "--over", "1")

    # Who was in the middle ends on her script; who comes now gets the new one.
    assert early.send("3") == "¿En qué aldea vive?"
    assert early.send("Chuacruz") == "Gracias por contestar."
    late = Citizen(client, "+50255550102")
    said = [late.send(text) for text in ("hola", "1", "1", "3", "Chuacruz")]
    assert said[2].endswith("3 Rio o laguna")
    assert said[-1] == "Gracias. Que tenga buen dia."

    # A colleague who saw the first one is told; the operator goes back herself.
    result = run("flows", "publish", "el-agua", "--over", "1", "--who", "luis@example.org")
    assert "alguien más publicó" in result.output
    middle = Citizen(client, "+50255550103")
    middle.send("hola")
    work("flows", "restore", "el-agua", "1")
    assert [middle.send(text) for text in ("1", "1")][-1].endswith("3 Rio o laguna")
    last = Citizen(client, "+50255550104")
    assert [last.send(text) for text in ("hola", "1", "1")][-1].endswith("3 Rio")
    notes = [line.split("\t")[-1] for line in work("flows", "list").splitlines()[1:]]
    assert notes == ["Vuelve a la revisión 1.", "laguna", "primera"]
