"""Fifty mistakes in one script: fifty problems, each on its line, and the way back to none."""

from tests.support.small_script import check, mend, spoil

HEAD = """\
puente: 1
consulta: cincuenta
titulo: "Cincuenta"
ejes:
  1: "Agua"
pasos:
  - pregunta: inv
    tipo: consentimiento
    texto: "¿Nos ayuda?"

  - pregunta: edad
    tipo: si_no
    texto: "¿Tiene 18 años o más?"

  - fin: menores
    si: edad == 2
    resultado: menor

"""
STEP = """\
  - pregunta: {name}
    tipo: opcion
    parte: 2
    texto: "¿Qué dice usted?"
    opciones:
      1: "Claro"
      2: "Nunca"
      3: "Quizás"

"""
REST = """\
  - descanso: d{name}
    texto: "¿Sigue ahora?"
    opciones:
      1: "Seguir"
      2: "Luego por SMS"
    luego: "Bien."

"""
LAST = '  - mensaje: fin\n    texto: "Gracias."\n'

# What each mistake does to a step, its code, and the line of the step it is told at, from 0.
TEXT = 'texto: "¿Qué dice usted?"'
MISTAKES = (
    ("tipo: opcion", "tipo: opcin", "tipo-desconocido", 1),
    ("tipo:", "topo:", "palabra-desconocida", 1),
    ("texto:", "testo:", "palabra-desconocida", 3),
    (TEXT, "texto: Diga: qué", "dos-puntos", 3),
    (TEXT, "texto: Diga #1", "almohadilla", 3),
    (TEXT, "texto: @usted", "signo-inicial", 3),
    (TEXT, "texto: % de agua", "signo-inicial", 3),
    (TEXT, "texto: “¿Qué dice?”", "comillas-curvas", 3),
    (TEXT, 'texto: "¿Qué dice?', "comillas", 3),
    (TEXT, 'texto: ¿Qué dice?"', "comillas", 3),
    (TEXT, 'texto: "¿Qué" dice?', "comillas", 3),
    ("    tipo", "\ttipo", "tabulador", 1),
    ("    parte", "     parte", "sangria", 2),
    ("  - pregunta", "   - pregunta", "sangria", 0),
    ("tipo: opcion", "tipo:opcion", "falta-espacio", 1),
    ("- pregunta", "-pregunta", "falta-espacio", 0),
    ("- pregunta", "pregunta", "falta-guion", 0),
    ("tipo: opcion", "tipo opcion", "faltan-dos-puntos", 1),
    ("    opciones", "  y otra cosa\n    opciones", "suelta", 4),
    ("parte: 2", "parte: 2\n    tipo: lugar", "repetida", 3),
    ('2: "Nunca"', '1: "Nunca"\n      2: "No"', "repetida", 6),
    ('2: "Nunca"', 'dos: "Nunca"', "opcion-invalida", 6),
    ('2: "Nunca"', '2: "CLARO"', "etiqueta-repetida", 6),
    ('2: "Nunca"', '2: "Basta"', "etiqueta-de-servicio", 6),
    ('2: "Nunca"', '2: "Nunca en la vida lo diría"', "boton-largo", 6),
    ('2: "Nunca"', '2: " | No"', "opcion-vacia", 6),
    (f"    {TEXT}\n", "", "falta-texto", 0),
    ("    tipo: opcion\n", "", "falta-tipo", 0),
    ('      2: "Nunca"\n      3: "Quizás"\n', "", "falta-opciones", 4),
    ("parte: 2", "parte:", "falta-valor", 2),
    ("parte: 2", "parte: dos", "numero-invalido", 2),
    ("parte: 2", "parte: 2\n    saltar: sí", "si-o-no", 3),
    ("parte: 2", "parte: 2\n    maximo: 2", "palabra-fuera-de-lugar", 3),
    ("parte: 2", "parte: 2\n    orden: rotad", "valor-desconocido", 3),
    ("parte: 2", "parte: 2\n    eje: 9", "eje-desconocido", 3),
    ("parte: 2", "parte: 2\n    delicada: si", "sin-salida", 0),
    ("parte: 2", "parte: &a 2", "alias", 2),
    ("parte: 2", "parte: 2\n    🎉: si", "palabra-desconocida", 3),
    ("pregunta: ", "pregunta: Q", "nombre-invalido", 0),
    ("parte: 2", "parte: 2\n    si: edad = 1", "condicion", 3),
    ("parte: 2", "parte: 2\n    si: edat == 1", "condicion-pregunta", 3),
    ("parte: 2", "parte: 2\n    si: ultima == 1", "condicion-despues", 3),
    ("parte: 2", "parte: 2\n    si: edad == 7", "condicion-opcion", 3),
    ("parte: 2", "parte: 2\n    si: edad contiene 1", "condicion-tipo", 3),
    ("parte: 2", "parte: 2\n    si: edad == 0", "condicion-salto", 3),
    ("parte: 2", "parte: 2\n    si: edad == 1 y edad == 2", "condicion-imposible", 3),
    ("¿Qué dice usted?", "Su folio es {folo}.", "marcador-desconocido", 3),
    ("¿Qué dice usted?", "Su folio es {folio.", "marcador-abierto", 3),
    ("¿Qué dice usted?", "¿Qué dice usted? " * 10, "texto-largo", 3),
    ("¿Qué dice usted?", "¿Qué dice usted? 🙂" * 3, "signo-caro", 3),
)


def write(spoilt: frozenset[int]) -> tuple[str, list[tuple[int, str]]]:
    """Write the script with these mistakes in it, and where each should be told."""
    source, wanted = HEAD, []
    for number, (old, new, code, below) in enumerate(MISTAKES):
        step = STEP.format(name=f"q{number}")
        if number % 5 == 0:
            source += REST.format(name=number)
        if number in spoilt:
            wanted.append((source.count("\n") + 1 + below, code))
            step = spoil(old, new, step)
        source += step
    return source + STEP.format(name="ultima") + LAST, wanted


def test_fifty_mistakes_are_fifty_problems_each_on_its_line() -> None:
    source, wanted = write(frozenset(range(len(MISTAKES))))
    assert [(problem.line, problem.code) for problem in check(source)] == wanted
    assert len(wanted) == 50


def test_doing_what_each_problem_says_leads_to_a_clean_script() -> None:
    """Where a line is proposed it is taken as it is; else the sentence is done by hand."""
    source, _ = write(frozenset(range(len(MISTAKES))))
    problems = check(source)
    by_hand = [number for number, problem in enumerate(problems) if problem.mended is None]
    assert len(by_hand) <= 25
    left = [problem.code for problem in check(mend(source, problems))]
    assert left == [MISTAKES[number][2] for number in by_hand]
    assert check(write(frozenset())[0]) == ()
