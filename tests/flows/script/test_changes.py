"""What changed between two scripts, in an operator's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.data import read_bytes
from flows.script.changes import Change, list_changes
from flows.script.parse import read_script
from tests.support.small_script import LANGUAGE, spoil

if TYPE_CHECKING:
    from flows.script.model import Script

FLAGSHIP = read_bytes("scripts", "plan-digital", "guion.yaml").decode()


def read(source: str) -> Script:
    script = read_script(source, name="guion.yaml").script
    assert script is not None
    return script


def compare(old: str, new: str) -> tuple[Change, ...]:
    assert old in FLAGSHIP
    return list_changes(read(FLAGSHIP), read(FLAGSHIP.replace(old, new, 1)))


S4 = FLAGSHIP[FLAGSHIP.index("  - pregunta: s4") : FLAGSHIP.index("  - descanso: respiro_2")]


def test_nothing_changes_nothing() -> None:
    assert list_changes(read(FLAGSHIP), read(FLAGSHIP)) == ()


def test_a_change_inside_a_group_is_told_of_its_question() -> None:
    was, now = '2: "Hombre"', '2: "Varón"'
    assert list_changes(read(LANGUAGE), read(spoil(was, now, LANGUAGE))) == (
        Change(
            "d1: la opción 2 decía «Hombre» y ahora dice «Varón». "
            "Con el mismo número cuentan juntas.",
            is_grave=True,
        ),
    )


def test_a_question_that_leaves_its_group_is_a_change_of_the_group() -> None:
    start = LANGUAGE.index("      - pregunta: d2\n")
    end = LANGUAGE.index("\n\n", start)
    alone = LANGUAGE[start:end].replace("\n    ", "\n")[4:]
    found = list_changes(read(LANGUAGE), read(LANGUAGE[:start] + alone + LANGUAGE[end:]))
    assert found == (Change("sobre_usted: cambia «pasos»: antes «d1, n1, d2», ahora «d1, n1»."),)


def test_comments_quotes_and_blocks_are_no_change() -> None:
    asked, block = "      - pregunta: p2\n", "      - si: p1 == 1\n        pasos:\n"
    old = FLAGSHIP[FLAGSHIP.index(asked) : FLAGSHIP.index("  - pregunta: p3\n")]
    inner = old.replace("        si: p1 == 1\n", "").replace("\n    ", "\n        ")
    new = f"{block}    {inner}"
    assert compare(old, f"# otra cosa\n{new}") == ()


@pytest.mark.parametrize(
    ("old", "new", "sentence", "is_grave"),
    [
        (
            'titulo: "Plan de Gobierno Digital 2021-2026"',
            'titulo: "Plan digital"',
            "Cambia «titulo»: antes «Plan de Gobierno Digital 2021-2026», ahora «Plan digital».",
            False,
        ),
        (
            "palabras: [CONSULTA, PLAN]",
            "palabras: [CONSULTA]",
            "Cambia «palabras»: antes «consulta, plan», ahora «consulta».",
            False,
        ),
        (
            '  4: "Educación Digital"',
            '  4: "Educación Digital"\n  5: "Salud"',
            "Se agrega «ejes · 5»: «Salud».",
            False,
        ),
        ('  4: "Educación Digital"\n', "", "Se quita «ejes · 4»: «Educación Digital».", False),
        (
            "¿Tiene usted 18 años o más?",
            "¿Ya tiene 18 años?",
            (
                "edad: cambia el texto: antes «¿Tiene usted 18 años o más?», "
                "ahora «¿Ya tiene 18 años?»."
            ),
            False,
        ),
        ("    maximo: 3\n", "", "p3: se quita «maximo»: «3».", False),
        ("    maximo: 3\n", "    maximo: 2\n", "p3: cambia «maximo»: antes «3», ahora «2».", False),
        (
            '    texto: "2/6',
            '    voz: si\n    texto: "2/6',
            "s2: se agrega «voz»: «si».",
            False,
        ),
        (
            "        si: p1 == 1\n",
            "        si: p1 != 2\n",
            "p2: antes solo si p1 == 1, ahora solo si p1 != 2.",
            False,
        ),
        ("        si: p1 == 1\n", "", "p2: antes solo si p1 == 1, ahora siempre.", False),
        (
            '      3: "No recuerdo"',
            '      3: "No sé"',
            (
                "p1: la opción 3 decía «No recuerdo» y ahora dice «No sé». "
                "Con el mismo número cuentan juntas."
            ),
            True,
        ),
        (
            '          3: "No recuerdo"',
            '          3: "No recuerdo"\n          4: "Otra cosa"',
            "p1: opción nueva 4, «Otra cosa».",
            False,
        ),
        ('          3: "No recuerdo"\n', "", "p1: se quita la opción 3, «No recuerdo».", True),
        (
            "    tipo: opcion\n    parte: 2\n    eje: 4",
            "    tipo: opciones\n    parte: 2\n    eje: 4",
            "s4: cambia «tipo»: antes «opcion», ahora «opciones».",
            True,
        ),
        (
            "  - mensaje: fin\n",
            "  - fin: fin\n",
            "fin: era «mensaje» y ahora es «fin».",
            False,
        ),
        (
            S4,
            "",
            (
                "s4: se quita la pregunta, «4/6 ¿Qué quiere aprender primero?». "
                "Lo ya contestado queda en las tablas."
            ),
            True,
        ),
        ("  - ir_a: fin\n    si: mas == 3\n", "", "«ir_a fin»: se quita.", False),
        (
            "  - juntas: tramite\n",
            '  - mensaje: aviso\n    si: edad == 1\n    texto: "Empezamos."\n  - juntas: tramite\n',
            "aviso: paso nuevo después de menores, si edad == 1: «Empezamos.».",
            False,
        ),
    ],
)
def test_each_change_is_a_sentence(old: str, new: str, sentence: str, *, is_grave: bool) -> None:
    found = compare(old, new)
    assert Change(sentence, is_grave) in found


def test_a_new_question_at_the_start_is_told_so() -> None:
    first = '  - pregunta: hola\n    tipo: si_no\n    texto: "¿Empezamos?"\n'
    changes = compare("  - pregunta: inv\n", f"{first}  - pregunta: inv\n")
    assert changes == (Change("hola: pregunta nueva al principio: «¿Empezamos?»."),)


def test_a_step_that_moved_is_told_once() -> None:
    moved = FLAGSHIP.replace(S4, "").replace("  - pregunta: s3", f"{S4}  - pregunta: s3")
    changes = list_changes(read(FLAGSHIP), read(moved))
    assert [change.sentence for change in changes] in (
        ["s4: pasa a estar después de s2."],
        ["s3: pasa a estar después de s4."],
    )


def test_two_jumps_to_one_place_are_told_apart() -> None:
    jump = "  - ir_a: fin\n    si: mas == 3\n"
    changes = compare(jump, f"{jump}  - ir_a: fin\n    si: p1 == 3\n")
    assert [one.sentence for one in changes] == [
        "«ir_a fin»: paso nuevo después de «ir_a fin», si p1 == 3."
    ]
