"""One module drawn per person."""

from flows.effects import Record
from flows.script.compile import make_flow
from flows.script.parse import read_script
from tests.support.engine_phone import Phone

SCRIPT = """
puente: 1
consulta: sorteo
titulo: "Sorteo"
idioma: es
palabras: [SORTEO]
secciones:
  salud:
    - pregunta: h1
      tipo: si_no
      texto: "¿Hay puesto de salud?"
  escuela:
    - pregunta: e1
      tipo: si_no
      texto: "¿Hay escuela?"
pasos:
  - pregunta: inv
    tipo: consentimiento
    parte: 0
    texto: "¿Nos ayuda?"
  - pregunta: p1
    tipo: si_no
    texto: "¿Hay agua?"
  - azar: tema
    entre: [salud, escuela]
  - mensaje: fin
    texto: "Gracias."
"""


def test_who_changes_her_answers_keeps_the_module_drawn_for_her() -> None:
    script = read_script(SCRIPT, name="sorteo").script
    assert script is not None
    phone = Phone(make_flow(script)).arrive().say("1", "1")
    drawn = phone.state.answers["tema"]
    phone.say("1", "SORTEO", "1")
    assert phone.said == ["p1/texto"]
    phone.say("2")
    assert phone.state.answers["tema"] == drawn
    assert [record.question for record in phone.did(Record)] == ["p1"]  # type: ignore[attr-defined]
