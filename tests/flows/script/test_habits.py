"""What people write who know Word, Excel, Kobo or another language: told once, and mended."""

import pytest

from tests.support.small_script import CLEAN, LANGUAGE, check, find_line, mend, spoil

P5 = "- pregunta: p5"
REST = (
    '- descanso: d\n    texto: "¿Sigue?"\n    opciones:\n      1: "Seguir"\n'
    '      2: "Luego por SMS"\n'
)
HABITS = (
    # lists and letters of a word processor
    ("faltan-dos-puntos", '2: "Luz"', '2. "Luz"'),
    ("faltan-dos-puntos", '2: "Luz"', "2) Luz"),
    ("faltan-dos-puntos", '2: "Luz"', "2 - Luz"),
    ("faltan-dos-puntos", '2: "Luz"', "2 = Luz"),
    ("falta-guion", P5, P5.replace("-", "*")),
    ("falta-guion", P5, P5.replace("-", "–")),
    ("falta-guion", P5, P5.replace("-", "•")),
    ("signo-invisible", "    tipo: lugar", "\u00a0   tipo: lugar"),
    ("signo-invisible", "tipo: lugar", "tipo:\u00a0lugar"),
    ("lista-suelta", "[PRUEBA, ALDEA]", "PRUEBA, ALDEA"),
    ("lista-suelta", "[PRUEBA, ALDEA]", "PRUEBA; ALDEA]"),
    # conditions
    ("condicion", "si: edad == 2", "si: ${edad} = 2"),
    ("condicion", "si: edad == 2", "si: edad es 2"),
    ("condicion", "contiene 3", "incluye 3"),
    ("condicion", "si: p4 contestada", "si: p4 contestado"),
    ("condicion", "si: p4 contestada", "si: p4 no contestada"),
    ("condicion-opcion", "si: edad == 2", "si: edad == 'No'"),
    ("condicion-opcion", "contiene 3", 'contiene "nada de eso"'),
    ("condicion-tipo", "p2 contiene 3", "p2 == 3"),
    ("condicion-tipo", "p2 contiene 3", "p2 != 3"),
    ("condicion-tipo", "edad == 2", "edad contiene 2"),
    ("condicion-salto", "p3 >= 4", "p3 == 0"),
    ("condicion-salto", "p3 >= 4", "p3 > 0"),
    ("condicion-salto", "p2 contiene 3", "p2 contiene 0"),
    ("faltan-dos-puntos", "tipo: lugar", "tipo = lugar"),
    ("faltan-dos-puntos", "tipo: lugar", "tipo;lugar"),
    # what is missing, or badly called
    ("nombre-invalido", P5, "- pregunta: Mi municipio"),
    # labels where numbers belong
    ("excluye-desconocida", "excluye: 3", "excluye: nada de eso"),
    ("eje-desconocido", "eje: 1", "eje: agua y luz"),
    ("maximo-excesivo", "maximo: 2", "maximo: 3"),
    ("marcador-abierto", "{oficina}", "${oficina}"),
    ("version-desconocida", "puente: 1", "puente: 3"),
    ("palabra-desconocida", "    largo: 20", "    lago: 20"),
)
BELOW = (
    ("falta-hasta", "    hasta: mañana 10:00\n", "", -2),
    ("marcador-sin-largo", "    largo: 20\n", "", -1),
    ("sin-salida", "    saltar: si\n\n  - mensaje", "\n  - mensaje", -3),
    ("falta-luego", P5, f"{REST}\n  {P5}", 0),
)
"""What is missing is written below the line that needs it; how far above it is told."""
GONE = (
    ("condicion-imposible", "si: p3 >= 4", "si: edad == 2"),
    ("condicion-imposible", "si: p1 == 1", "si: inv == 2 y p2 contiene 1"),
    ("condicion-imposible", P5, f"{P5}\n    si: p3 == 5 y edad == 2"),
)
"""Who could take these steps has ended before."""
SAID = ("condicion-tipo", "p2 contiene 3", "p2 == 3")
FURTHER = (
    ("lista-suelta", "[salud, escuela]", "salud y escuela"),
    ("palabra-desconocida", "segun: d1", "según: d1"),
    ("cuota-pregunta", "segun: d1", "segun: dl1"),
    ("condicion-opcion", "tema == salud", "tema == saluud"),
    ("condicion", "f1 >= 2026-01-01", "f1 >= 1/1/2026"),
    ("seccion-desconocida", "- seccion: contacto", "- seccion: contato"),
)
"""In the script that has what the small one has not."""
ALONE = (
    ("etiqueta-numero", '2: "Luz"', '2: "3"', CLEAN),
    ("etiqueta-numero", '2: "Luz"', '2: "Luz | tres"', CLEAN),
    ("etiqueta-repetida", '2: "Luz"', '2: "¡Agua!"', CLEAN),
    ("condicion", "f1 >= 2026-01-01", "f1 >= 31/2/2026", LANGUAGE),
    ("condicion", "edad == 2", " or ".join(["edad = 2"] * 8), CLEAN),
    ("condicion-opcion", "edad == 2", "edad == tal_vez", CLEAN),
    ("condicion-opcion", "edad == 2", "edad == 22", CLEAN),
    ("condicion-salto", "p2 contiene 3", "p2 CONTIENE 0", CLEAN),
    ("nombre-invalido", P5, "- pregunta: P1", CLEAN),
    ("condicion-tipo", "p2 contiene 3", "p2 > 3", CLEAN),
    ("condicion-tipo", "edad == 2", "edad contiene 9", CLEAN),
    ("eje-desconocido", "eje: 1", "eje: zzz", CLEAN),
    ("tipo-desconocido", "tipo: opciones", "tipo: zzz", CLEAN),
    ("azar-corto", "[salud, escuela]", "[escuela]", LANGUAGE),
    ("nombre-invalido", "[salud, escuela]", "[la salud, escuela]", LANGUAGE),
)
"""What cannot be guessed, and what else it must not be blamed for."""


@pytest.mark.parametrize(
    ("code", "old", "new", "source"),
    [*((*habit, CLEAN) for habit in HABITS), *((*habit, LANGUAGE) for habit in FURTHER), *ALONE],
)
def test_a_habit_is_told_once_and_mended(code: str, old: str, new: str, source: str) -> None:
    spoilt = spoil(old, new, source)
    problems = check(spoilt)
    assert [(one.code, one.line) for one in problems] == [(code, find_line(source, spoilt))]
    mended = mend(spoilt, problems)
    assert (check(mended) == ()) == ((code, old, new, source) not in ALONE), mended


@pytest.mark.parametrize(("code", "old", "new", "below"), BELOW)
def test_what_is_missing_is_written_below(code: str, old: str, new: str, below: int) -> None:
    spoilt = spoil(old, new)
    problems = check(spoilt)
    assert [(one.code, one.line) for one in problems] == [(code, find_line(CLEAN, spoilt) + below)]
    assert check(mend(spoilt, problems)) == ()


@pytest.mark.parametrize(("code", "old", "new"), GONE)
def test_a_step_whose_people_have_left_is_told_once(code: str, old: str, new: str) -> None:
    spoilt = spoil(old, new)
    line = find_line(CLEAN, spoilt)
    assert [(one.code, one.line) for one in check(spoilt)] == [(code, line)]


@pytest.mark.parametrize("tab", [2, 4])
def test_tabs_of_any_width_are_only_tabs(tab: int) -> None:
    tabbed = CLEAN.replace(" " * tab, "\t")
    problems = check(tabbed)
    assert {one.code for one in problems} == {"tabulador"}
    assert check(mend(tabbed, problems)) == ()


def test_what_a_condition_should_say_is_said_with_its_own_numbers() -> None:
    said = [check(spoil(old, new))[0].sentence for _, old, new in HABITS[HABITS.index(SAID) :][:6]]
    assert [one.partition("riba ")[2] for one in said] == [
        "«p2 contiene 3».",
        "«no p2 contiene 3».",
        "«edad == 2».",
        "«no p3 contestada».",
        "«p3 contestada».",
        "«no p2 contestada».",
    ]
