"""A script made ready to run: its own texts over the stock sentences."""

from flows.catalogues import stock_texts
from flows.script.compile import make_flow
from flows.script.parse import read_script
from tests.support.small_script import CLEAN


def test_its_own_texts_stand_over_the_stock_sentences() -> None:
    script = read_script(CLEAN, name="x").script
    assert script is not None
    flow = make_flow(script)
    texts = flow.texts["es"]
    assert texts["servicio/ayuda"].startswith("Es la consulta del agua")
    assert texts["servicio/baja"] == stock_texts()["servicio/baja"]
    assert texts["menores/texto"] == stock_texts()["servicio/menores"]
    assert texts["edad/opcion.1"] == "Sí"
    assert flow.values == {"oficina": "la municipalidad"}


def test_a_sentence_of_its_own_is_said_on_every_channel() -> None:
    script = read_script(CLEAN.replace("ayuda:", "error1:", 1), name="x").script
    assert script is not None
    said = make_flow(script).text("es", "servicio/error1", "ussd")
    assert said.startswith("Es la consulta del agua")
    assert make_flow(script).text("es", "servicio/error2", "ussd") != said
