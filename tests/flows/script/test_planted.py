"""Twelve mistakes in one script, and scripts that would choke a reader."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.data import read_bytes
from tests.support.small_script import CLEAN, check, mend, spoil

Q3 = "Del 1 al 5, ¿qué tal le atiende {oficina}?"
PLANTED = (
    ("condicion", "si: edad == 2", "si: edad = 2"),
    ("palabra-desconocida", 'texto: "¿Qué falta en su aldea?"', 'testo: "¿Qué falta en su aldea?"'),
    ("etiqueta-repetida", '2: "Luz"', '2: "AGUA"'),
    ("tabulador", "    tipo: opciones", "\ttipo: opciones"),
    ("excluye-desconocida", "excluye: 3", "excluye: 8"),
    ("dos-puntos", f'texto: "{Q3}"', "texto: Nota: ¿qué tal le atiende {oficina}?"),
    ("sangria", "        largo: 3-200", "         largo: 3-200"),
    ("si-o-no", "saltar: si", "saltar: sí"),
    ("salto-desconocido", "- ir_a: fin", "- ir_a: final"),
    ("condicion-pregunta", "si: p3 >= 4", "si: p9 >= 4"),
    ("tipo-desconocido", "tipo: lugar", "tipo: municipio"),
    ("comillas", 'texto: "Gracias por participar."', 'texto: "Gracias por participar.'),
)

TOP = "puente: 1\nconsulta: prueba\ntitulo: x\n"
PASOS = TOP + "pasos:\n"
MONSTERS = {
    "ten megabytes": CLEAN + "# x\n" * 2_500_000,
    "a thousand steps with traps": CLEAN
    + "".join(f"  - mensaje: m{n}\n    texto: hola: que\n" for n in range(1000)),
    "a thousand unknown words": CLEAN + "".join(f"palabro{n}: hola\n" for n in range(1500)),
    "quotes that never close": CLEAN + "".join(f'a{n}: "hola\n' for n in range(4000)),
    "lines that belong nowhere": CLEAN + "".join(f"suelta {n}\n" for n in range(4000)),
    "broken brackets": PASOS + "".join(f"  - [{n}\n" for n in range(1500)),
    "a text of half a megabyte": spoil('"¿En', '"' + "a: " * 80_000 + "¿En"),
    "nested a thousand deep": PASOS
    + "".join(f"{' ' * n}- si: p\n{' ' * n}  pasos:\n" for n in range(0, 1000, 2)),
    "brackets a thousand deep": PASOS + "  - " + "[" * 1000 + "]" * 1000,
    "braces a thousand deep": TOP + "pasos: " + "{a: " * 1000 + "}" * 1000,
    "dashes a thousand deep": PASOS + "- " * 1000,
    "keys a thousand deep": "\n".join(" " * n + "a:" for n in range(700)),
    "aliases that explode": "a: &a [x, x]\n"
    + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 40)),
    "a label of 5,000 digits": spoil('2: "Luz"', f'2: "{"9" * 5000} a {"9" * 5000} mil"'),
    "conflicts without end": CLEAN + "=======\n" * 4000,
}


def plant() -> tuple[str, list[tuple[int, str]]]:
    """Give a script with every mistake in it, and where each stands."""
    source = CLEAN
    for _, old, new in PLANTED:
        source = spoil(old, new, source)
    lines = source.split("\n")
    wanted = [
        (next(at for at, line in enumerate(lines, 1) if line == new or new in line), code)
        for code, _, new in PLANTED
    ]
    return source, sorted(wanted)


def test_twelve_mistakes_are_twelve_problems_on_the_right_lines() -> None:
    source, wanted = plant()
    assert [(found.line, found.code) for found in check(source)] == wanted
    assert len(wanted) == 12


def test_doing_what_is_proposed_leaves_only_what_cannot_be_guessed() -> None:
    source, _ = plant()
    problems = check(source)
    unknown = {found.code for found in problems if found.mended is None}
    assert unknown == {
        *("condicion-pregunta", "etiqueta-repetida", "excluye-desconocida", "tipo-desconocido")
    }
    assert {found.code for found in check(mend(source, problems))} <= unknown


def test_the_flagship_is_clean() -> None:
    assert check(read_bytes("scripts", "plan-digital", "guion.yaml")) == ()


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_is_told_within_two_seconds(name: str) -> None:
    start = time.process_time()
    problems = check(MONSTERS[name])
    assert time.process_time() - start < 10  # two seconds, but for coverage on a busy machine
    assert problems


SPOILT = st.tuples(
    st.integers(0, len(CLEAN)),
    st.integers(0, 30),
    st.sampled_from(["", ":", "#", "-", '"', "'", "{", "}", "[", "|", "&", "*", "\t", "\n", "  ",
                     "? ", "\0", "🎉", "si", "0", ">", "%", "---\n", "<<<<<<<\n", ">>>>>>>\n"]),
)  # fmt: skip


@settings(max_examples=100)
@given(st.lists(SPOILT, min_size=1, max_size=4))
def test_whatever_is_done_to_a_script_its_check_never_raises(
    cuts: list[tuple[int, int, str]],
) -> None:
    source = CLEAN
    for start, length, put in cuts:
        source = source[:start] + put + source[start + length :]
    last = source.count("\n") + 1
    for problem in check(source):
        assert 1 <= problem.line <= last
        assert problem.sentence


@settings(max_examples=200)
@given(st.text() | st.binary())
def test_any_text_at_all_can_be_checked(source: str | bytes) -> None:
    assert check(source)
