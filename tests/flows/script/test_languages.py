"""The check of translations: what fits in Spanish has to fit in every language that is offered."""

import time

from flows.script.check import check_script
from flows.script.parse import read_script
from tests.support.small_script import CLEAN


def tell(language: str = "quc", **texts: str) -> list[tuple[str, int, str]]:
    parsed = read_script(CLEAN, name="x")
    translations = {language: {key.replace("__", "/"): text for key, text in texts.items()}}
    return [
        (found.code, found.line, found.sentence) for found in check_script(parsed, translations)
    ]


def line_of(text: str) -> int:
    return next(at for at, line in enumerate(CLEAN.split("\n"), 1) if text in line)


def test_a_translation_that_fits_says_nothing() -> None:
    assert tell(p5__texto="¿Jawiʼ katkʼojeʼ wi?") == []


def test_a_translation_that_does_not_fit_is_told_with_its_language() -> None:
    (problem,) = tell(p5__texto="¿Jawiʼ katkʼojeʼ wi? " * 9)
    assert problem[:2] == ("texto-largo", line_of("¿En qué municipio"))
    assert problem[2].startswith("En kʼicheʼ: ") or problem[2].startswith("En K")


def test_labels_of_a_translation_are_checked_as_well() -> None:
    told = tell(**{"p1__opcion.2": "Jun nimalaj tzij chi man kʼo taj"})
    assert [problem[:2] for problem in told] == [("boton-largo", line_of('2: "Luz"'))]


def test_a_sign_is_dear_where_its_language_keeps_it() -> None:
    text = "í" * 80
    assert tell(p5__texto=text) == []
    told = [problem for problem in tell("cab", p5__texto=text) if "«í»" in problem[2]]
    assert ("signo-caro", line_of("¿En qué municipio")) in [problem[:2] for problem in told]


def test_what_is_wrong_in_spanish_is_told_once() -> None:
    long = CLEAN.replace("¿En qué municipio vive?", "¿En qué municipio vive? " * 8)
    parsed = read_script(long, name="x")
    assert [found.code for found in check_script(parsed, {"quc": {}})] == ["texto-largo"]


def test_two_hundred_steps_in_five_languages_are_checked_in_a_second() -> None:
    steps = "".join(
        f"  - pregunta: q{n}\n    tipo: opcion\n    si: p1 == {n % 3 + 1}\n    parte: 2\n"
        f'    texto: "¿Qué dice usted de la cosa número {n}?"\n    opciones:\n'
        '      1: "Que sí"\n      2: "Que no"\n      3: "No sé todavía"\n\n'
        for n in range(188)
    )
    source = CLEAN.replace("  - mensaje: fin\n", f"{steps}  - mensaje: fin\n")
    parsed = read_script(source, name="x")
    assert parsed.draft is not None
    assert len(parsed.draft.steps) == 200
    texts = {key: f"{text} ʼ" for key, text in parsed.draft.texts.items()}
    start = time.process_time()
    parsed = read_script(source, name="x")
    check_script(parsed, dict.fromkeys(("quc", "kek", "mam", "cak", "poc"), texts))
    assert time.process_time() - start < 5  # a second, but for coverage on a busy machine
