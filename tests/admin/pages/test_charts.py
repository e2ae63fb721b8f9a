"""Más cifras: each figure says what it counts, is a file too, and names no small group."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from admin.charts import draw_costs, draw_health, draw_minutes, draw_segments, find_median
from admin.margins import compare, find_traits, read_margins, score
from admin.missing import draw_missing
from admin.tables.disclosure import Crowd
from admin.tables.variables import Variable
from storage.broadcasts import BroadcastRecord, Results
from storage.ids import new_id
from storage.reported import MinuteCount, SegmentCount
from storage.vocabulary import AuditAction
from tests.admin.pages.test_departments import type_sheets
from tests.support.office import SLUG, WHOLE_WAY

if TYPE_CHECKING:
    from flask.testing import FlaskClient

from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}/mas-cifras"
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


def read(client: FlaskClient, name: str) -> list[list[str]]:
    """Give the rows of a figure's file without the consultation."""
    text = client.get(f"{PAGE}/{name}.csv").text.removeprefix("\ufeff")
    return [row[1:] for row in csv.reader(io.StringIO(text))][1:]


def test_every_figure_is_on_the_page_and_in_a_file_that_is_written_down(office: Office) -> None:
    type_sheets(office, office.enter("operador"), "Nebaj", 10)
    office.answer()
    office.answer(*WHOLE_WAY[:4], number="+50255550104")
    office.answer(*WHOLE_WAY[:5], "BAJA", number="+50255550105")
    team, observer = office.enter(), office.enter("observador")
    page = team.get(PAGE).text
    assert "no lleva margen de error" in page
    assert "Falta sobre todo: Guatemala" in page
    assert "participaron 0. " in page.replace("\n", " ")
    assert "Puntaje R: 0 " in page
    assert "a las 09:0" in page
    assert ["Se dio de baja", "1"] in read(team, "estado")
    assert sum(int(row[1]) for row in read(team, "canal")) == 13
    assert read(team, "dia") == [["2026-03-02", "13"]]
    assert [row[1] for row in read(team, "camino")] == ["0", "13", "11", "1"]
    assert read(team, "idioma") == [["Español", "13"]]
    assert read(team, "modalidad") == [
        ["Hoja de papel copiada", "10"], ["Contestó por su cuenta", "3"],
    ]  # fmt: skip
    assert sum(int(row[1]) for row in read(team, "alerta")) == 13
    stops = {row[0].partition(":")[0]: row[2:] for row in read(team, "abandono")}
    assert (stops["p1"], stops["p2"], stops["p3"]) == (["0", "0"], ["1", "1"], ["1", "1"])
    assert ["simulator", "1", "0"] in read(team, "tiempo")
    times = {row[0]: row[4] for row in read(team, "segmentos")}
    assert times["simulator"].startswith("2026-03-02T09:0")
    assert ["simulator", "0", "0", "0", "0"] in read(team, "canales")
    assert read(team, "costo") == read(team, "pedidos") == []
    missing = read(team, "falta-departamento")
    assert (missing[0][1:3], missing[-1][:3]) == (["0", "0.0"], ["Quiché", "11", "100.0"])
    # Who may not export for the team sees what the public tier shows: two would be told.
    assert "Puntaje R" not in observer.get(PAGE).text
    assert observer.get(f"{PAGE}/falta-departamento.csv").status_code == 404
    assert read(observer, "idioma") == [["Otros, o no lo dijo", "13"]]
    told = office.read_audit(AuditAction.EXPORT_TAKEN)
    assert [one["tier"] for one in told].count("publico") == 1
    assert {one["table"] for one in told} >= {"camino", "falta-departamento"}
    assert team.get(f"{PAGE}/nada.csv").status_code == 404
    assert team.get("/admin/consultas/nada/mas-cifras").status_code == 404


def test_a_group_of_fewer_than_ten_is_not_told_to_who_sees_what_is_public() -> None:
    crowd = Crowd()
    crowd.add(("14", "1413", "", "quc"), 40)
    crowd.add(("16", "1601", "", "es"), 4)
    crowd.add(("", "", "", "es"), 20)
    (_place, public) = draw_missing([], crowd, sees_all=False)
    assert [label for label, cells in public.rows if cells[0] is not None] == ["K'iche'"]
    # Who is left of the whole is not known then: nobody is said to be missing.
    assert {cells[3] for _label, cells in public.rows} == {None}
    assert public.gap is None
    (places, _language) = draw_missing([], crowd, sees_all=True)
    assert places.gap
    assert places.gap.score == 0
    assert dict(places.rows)["Alta Verapaz"][0] == 4


def test_traits_are_found_by_what_their_options_say() -> None:
    margins = read_margins()
    assert sum(one.share for one in margins["departamento"]) == pytest.approx(100, abs=0.1)
    options = {"1": "Mujer", "2": "Hombre", "0": "Prefiero no decir"}
    sex = Variable("d1", "choice", "¿?", options, "demografica", 1, is_trait=True)
    other = Variable("d2", "choice", "¿?", {"1": "Mujer"}, "demografica", 1, is_trait=True)
    (*_always, trait) = find_traits([other, sex])
    assert (trait.name, trait.place) == ("sexo", 5)
    parts = compare(trait, {"1": 30, "2": 10})
    assert [(one.value, one.people, round(one.ratio or 0)) for one in parts] == [
        ("2", 10, 52), ("1", 30, 146),
    ]  # fmt: skip
    assert score(parts) == pytest.approx(0.354, abs=0.001)
    assert [one.ratio for one in compare(trait, {"1": 30})] == [None, None]
    assert score(compare(trait, {"1": 30})) is None
    assert score(compare(trait, {"1": 0, "2": 0})) is None


def test_two_options_of_one_group_are_counted_together() -> None:
    options = {"1": "Ladino", "2": "Mestizo", "3": "Maya"}
    pueblo = Variable("d2", "choice", "¿?", options, "demografica", 1, is_trait=True)
    trait = find_traits([pueblo])[-1]
    assert [(one.value, one.people) for one in compare(trait, {"1": 4, "2": 6, "3": 30})] == [
        ("1", 10), ("3", 30),
    ]  # fmt: skip


def test_minutes_segments_costs_and_what_waits_are_drawn() -> None:
    assert find_median([(9, 1), (3, 2), (5, 1)]) == 3
    assert find_median([(9, 2), (3, 1)]) == 9
    with pytest.raises(ValueError, match="no values"):
        find_median([])
    minutes = [MinuteCount("sms", 4, 2), MinuteCount("sms", 50, 1), MinuteCount("ussd", 2, 1)]
    assert draw_minutes(minutes).rows == (("sms", (3, 4)), ("ussd", (1, 2)))
    segments = [SegmentCount("sms", "out", 3, 5, NOW), SegmentCount("sms", "out", 1, 1, NOW)]
    assert draw_segments(segments).rows == (("sms", (0, 4, 6, None)),)
    one = BroadcastRecord(
        new_id(NOW), new_id(NOW), "kannel", "x", 2, 250, 9_000, "done", "", "ana", NOW, NOW
    )
    free = BroadcastRecord(
        new_id(NOW), new_id(NOW), "kannel", "x", 1, 0, None, "done", "", "ana", NOW, NOW
    )
    here = timezone(timedelta(hours=-6))
    assert draw_costs([(one, Results(4, 0, 4, 0)), (free, Results(3, 0, 3, 0))], here).rows == (
        ("2026-03-02, kannel", (4, 8, "Q 2.00", "Q 9.00")),
        ("2026-03-02, kannel", (3, 3, "", "")),
    )
    waits = {("sms", "dead"): 2, ("kannel", "waiting"): 7}
    assert draw_health(["sms"], waits).rows == (("kannel", (7, 0, 0, 0)), ("sms", (0, 0, 2, 0)))
