"""Mapa: where people take part, and nothing that fewer than ten of them share."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from admin.map import find_shade, make_shades, read_drawing
from flows.reading.places import places
from storage.ids import new_id
from storage.vocabulary import AuditAction
from tests.support.office import SLUG, read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}/mapa"
CAPTURE = f"/admin/consultas/{SLUG}/captura"
DRAWN = re.compile(r'<path class="(s\d)" d="[^"]+"><title>([^:]+): ([^<]+)</title>')
SHEET = {"modo": "papel", "idioma": "es", "acepta": "si", "r-edad": "1", "r-p1": "2", "r-mas": "3"}


def test_every_department_is_drawn_and_the_file_stays_small() -> None:
    drawing = read_drawing()
    assert set(drawing.paths) == {code for code in places() if len(code) == 2}
    assert all(re.fullmatch(r"[Mlz\d -]+", path) for path in drawing.paths.values())
    assert sum(map(len, drawing.paths.values())) < 40_000


def test_shades_hold_every_number_once() -> None:
    shades = make_shades(10, 47)
    assert [(one.low, one.high) for one in shades] == [(10, 19), (20, 29), (30, 39), (40, 47)]
    assert [find_shade(shades, people) for people in (10, 19, 20, 47)] == [1, 1, 2, 4]
    assert [(one.low, one.high) for one in make_shades(10, 11)] == [(10, 10), (11, 11)]
    assert [(one.low, one.high) for one in make_shades(12, 12)] == [(12, 12)]


def type_sheets(office: Office, client: FlaskClient, place: str, number: int) -> None:
    """Have so many people answer from a place, on paper: a sheet is quickly typed."""
    form = {"csrf_token": read_token(client.get(CAPTURE).text), **SHEET, "r-ub": place}
    for _ in range(number):
        form["hoja"] = str(new_id(office.clock()))
        assert client.post(f"{CAPTURE}/guardar", data=form).status_code == 303


def test_the_map_shows_from_ten_people_on(office: Office) -> None:
    client, clerk = office.enter("observador"), office.enter("operador")
    assert "Todavía no han tomado parte" in client.get(PAGE).text
    type_sheets(office, clerk, "Nebaj", 10)
    type_sheets(office, clerk, "Cobán", 3)
    office.clock.advance(minutes=6)
    assert "<svg viewBox" not in client.get(PAGE).text
    text = client.get(f"{PAGE}.csv").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    # Three alone would be told by subtracting: they take the ten with them.
    assert [(row["nombre"], row["personas"]) for row in rows] == [("Otros, o no lo dijo", "13")]
    type_sheets(office, clerk, "", 12)
    office.clock.advance(minutes=6)
    page = client.get(PAGE).text
    assert "<title>Alta Verapaz: no se muestra</title>" in page
    assert "Alta Verapaz</th>" not in page
    assert re.search(r'<path class="s1" d="[^"]+"><title>Quiché: 10</title>', page)
    assert re.search(r"Otros, o no lo dijo</th><td class=\"n\">15<", page)
    assert re.search(r"a las \d\d:\d\d", page)
    assert client.get(f"{PAGE}.csv").text.count("\n") == 3
    assert [one["rows"] for one in office.read_audit(AuditAction.EXPORT_TAKEN)] == [1, 2]
    assert client.get("/admin/consultas/nada/mapa").status_code == 404
    type_sheets(office, clerk, "Cobán", 12)
    type_sheets(office, clerk, "Mixco", 12)
    office.clock.advance(minutes=6)
    page = client.get(PAGE).text
    drawn = {name: (shade, told) for shade, name, told in DRAWN.findall(page)}
    assert len(drawn) == 22
    assert {name: one for name, one in drawn.items() if one != ("s0", "no se muestra")} == {
        "Quiché": ("s1", "10"),
        "Guatemala": ("s2", "12"),
        "Alta Verapaz": ("s3", "15"),
    }
    key = re.findall(r'<rect class="(s\d)"[^>]*/></svg> (.+?)</li>', page)
    assert key[1:] == [("s1", "10–11"), ("s2", "12–13"), ("s3", "14–15")]
    assert re.findall(r'<th scope="row">([^<]+)</th><td class="n">(\d+)</td>', page) == [
        ("Alta Verapaz", "15"),
        ("Guatemala", "12"),
        ("Quiché", "10"),
        ("Otros, o no lo dijo", "12"),
        ("Total", "49"),
    ]
