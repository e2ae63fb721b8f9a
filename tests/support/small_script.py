"""A small script that has nothing wrong, and ways to spoil it."""

from datetime import date

from flows.script.check import check_script
from flows.script.parse import read_script
from flows.script.problems import Problem
from tests.support.code import ROOT

CLEAN = """\
puente: 1
consulta: prueba
titulo: "Una prueba"
idioma: es
palabras: [PRUEBA, ALDEA]

ejes:
  1: "Agua y luz"

marcadores:
  oficina:
    largo: 20
    valor: "la municipalidad"

servicio:
  ayuda: "Es la consulta del agua. {costo} Conteste con un número. BAJA: no seguir."

pasos:
  - pregunta: inv
    tipo: consentimiento
    texto: "¿Nos ayuda? Usted decide."
    opciones:
      1: "Sí"
      2: "No"

  - pregunta: edad
    tipo: si_no
    parte: 0
    texto: "¿Tiene 18 años o más?"

  - fin: menores
    si: edad == 2
    resultado: menor

  - pregunta: p1
    tipo: opcion
    eje: 1
    texto: "¿Qué falta en su aldea?"
    opciones:
      1: "Agua"
      2: "Luz"
      3: "Camino"

  - pregunta: p2
    tipo: opciones
    texto: "¿Qué cosas tiene?"
    maximo: 2
    excluye: 3
    opciones:
      1: "Radio"
      2: "Teléfono"
      3: "Nada de eso"

  - pregunta: p3
    tipo: escala
    texto: "Del 1 al 5, ¿qué tal le atiende {oficina}?"
    rango: 1-5

  - si: p1 == 1
    pasos:
      - pregunta: p4
        tipo: texto
        texto: "¿Qué pide usted?"
        largo: 3-200
        saltar: si
        propuesta: si

      - pregunta: seg
        tipo: permisos
        si: p4 contestada
        texto: "¿La publicamos sin su nombre?"

  - ir_a: fin
    si: p2 contiene 3

  - pausa: manana
    si: p3 >= 4
    hasta: mañana 10:00

  - pregunta: p5
    tipo: lugar
    texto: "¿En qué municipio vive?"
    saltar: si

  - mensaje: fin
    texto: "Gracias por participar."
"""


LANGUAGE = (ROOT / "tests" / "conversations" / "lenguaje" / "guion.yaml").read_text(
    encoding="utf-8"
)
"""A script with what the small one does not have."""


PAST = CLEAN.replace(
    "  - mensaje: fin",
    """  - pregunta: f1
    tipo: fecha
    texto: "¿Qué día puede venir?"
    desde: hoy
    hasta: 31/1/2020

  - mensaje: fin""",
)
"""A script that asks for a day from today on, and before long ago."""


def spoil(old: str, new: str, source: str = CLEAN) -> str:
    """Put `new` for the first `old` in a script."""
    assert old in source, old
    return source.replace(old, new, 1)


def find_line(source: str, spoilt: str) -> int:
    """Give the first line, from 1, at which two scripts differ."""
    pairs = zip(source.split("\n"), spoilt.split("\n"), strict=False)
    return next(line for line, (one, other) in enumerate(pairs, 1) if one != other)


TODAY = date(2026, 11, 27)


def check(source: str | bytes) -> tuple[Problem, ...]:
    """Give every problem of a script."""
    return check_script(read_script(source, name="guion.yaml"), today=TODAY)


def mend(source: str, problems: tuple[Problem, ...]) -> str:
    """Do to each line what its first problem proposes, once."""
    lines: list[str | None] = list(source.split("\n"))
    done: set[int] = set()
    for problem in problems:
        first, last = problem.span or (problem.line, problem.line)
        if problem.mended is not None and not done & set(range(first, last + 1)):
            done.update(range(first, last + 1))
            lines[first - 1 : last] = [problem.mended, *[None] * (last - first)]
    return "\n".join(line for line in lines if line is not None)
