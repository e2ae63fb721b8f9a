"""XLSForms become scripts; what cannot is told with its cell."""

# ruff: noqa: E501 - tables of cells

from __future__ import annotations

import pytest

from flows.exchange.xlsform_in import read_xlsform
from flows.script.check import check_script
from flows.script.model import Comparison, Message, Question
from flows.script.parse import read_script
from flows.script.print import to_yaml
from tests.support.forms import CHOICES, SETTINGS, list_problems, make_sheet, read_survey

HEAD = "type | name | label::Español (es) | required | relevant | constraint | parameters | hint"
SURVEY = f"""
{HEAD}
acknowledge            | inv  | ¿Nos ayuda?             | yes |                      |                       | |
select_one si_no       | edad | ¿Tiene 18 años?         | yes |                      |                       | |
select_multiple tramite| p1   | ¿Qué trámites hizo?     |     | ${{edad}} = 'si'     | count-selected(.) <= 2 and not(selected(., '7') and count-selected(.) > 1) | |
select one tramite     | p2   | ¿Cuál fue peor?         | yes | selected(${{p1}},'1') |                      | randomize=true |
range                  | s1   | ¿Qué tan fácil fue?     | no  |                      |                       | start=1 end=5 step=1 |
text                   | p3   | ¿Qué pide usted?        |     |                      | string-length(.) < 161 | |
note                   | fin  | Gracias.                |     |                      |                       | |
"""


def find_question(survey: str, name: str, choices: str = CHOICES) -> Question:
    imported = read_survey(survey, choices)
    assert list_problems(imported) in ([], [("choices!B2", "opciones-numeradas")])
    return next(one for one in imported.script.questions if one.id == name)


def test_a_whole_form_becomes_a_script_without_a_mistake() -> None:
    imported = read_survey(SURVEY)
    assert list_problems(imported) == [("choices!B2", "opciones-numeradas")]
    script = imported.script
    assert (script.slug, script.title) == ("una-consulta", "Una consulta")
    assert [step.id for step in script.steps] == ["inv", "edad", "p1", "p2", "s1", "p3", "fin"]
    found = check_script(read_script(to_yaml(script), name="x"))
    assert {problem.code for problem in found} <= {"falta-mayoria", "lectura-dificil"}


def test_each_question_keeps_what_was_asked_of_it() -> None:
    inv, edad, p1, p2, s1, p3 = read_survey(SURVEY).script.questions
    assert (inv.kind, inv.options, inv.part) == ("consent", ("1", "2"), 0)
    assert (edad.kind, edad.options, edad.skippable) == ("choice", ("1", "2"), False)
    assert (p1.kind, p1.options, p1.limit, p1.exclusive) == ("choices", ("1", "2", "7"), 2, "7")
    assert (p1.condition, p1.skippable) == (Comparison("edad", "==", "1"), True)
    assert (p2.rotate, p2.kind) == (True, "choice")
    assert (s1.kind, s1.low, s1.high, s1.skippable) == ("rating", 1, 5, True)
    assert (p3.kind, p3.low, p3.high) == ("text", 1, 160)


def test_marks_of_a_tablet_do_not_reach_a_phone() -> None:
    imported = read_survey(
        "type | name | label | label::K'iche' (quc)\n"
        'note | m | # **Hola**, <b style="x">vecina</b> del *lote* 2_3 | __Maltyox__\n',
        choices="",
    )
    where = ["survey!C2", "survey!D2"]
    assert list_problems(imported) == [(cell, "marcas-de-formato") for cell in where]
    assert imported.script.texts["m/texto"] == "Hola, vecina del *lote* 2_3"
    assert imported.translations["quc"]["m/texto"] == "Maltyox"


def test_groups_give_their_condition_to_what_is_inside() -> None:
    survey = f"""
{HEAD}
select_one si_no | a | ¿A? | yes | | | |
begin group      | g |     |     | ${{a}} = 'si' | | |
begin_group      | h |     |     |               | | |
text             | b | ¿B? | yes | ${{a}} != ''  | | |
end group        |   |     |     |               | | |
end_group        |   |     |     |               | | |
text             | c | ¿C? | yes |               | | |
"""
    assert find_question(survey, "c").condition is None
    inside = find_question(survey, "b").condition
    assert inside is not None
    assert "a == 1" in to_yaml(read_survey(survey).script)


def test_questions_that_one_message_asks_are_a_group_of_ours() -> None:
    survey = """
type             | name | label      | relevant   | puente_tipo
select_one si_no | a    | ¿A?        |            | si_no
begin group      | g    | Conteste.  | ${a} = 'si' | juntas
integer          | b    | ¿B?        |            |
integer          | c    | ¿C?        | ${b} > 1   |
end group        |      |            |            |
begin group      | h    | Y también. |            | juntas
integer          | d    | ¿D?        |            |
note             | e    | Sigue.     |            |
end group        |      |            |            |
"""
    imported = read_survey(survey)
    assert list_problems(imported)[1:] == [("survey!C7", "titulo-de-grupo")]
    printed = to_yaml(imported.script)
    assert (
        """
  - juntas: g
    si: a == 1
    texto: "Conteste."
    pasos:
      - pregunta: b
"""
        in printed
    )
    assert "juntas: h" not in printed
    assert [step.id for step in imported.script.steps] == ["a", "g", "b", "c", "d", "e"]


def test_a_rest_without_its_list_is_a_rest_that_the_check_tells_of() -> None:
    survey = """
type | name | label  | puente_tipo | puente_luego
text | a    | ¿A?    | texto       |
note | d    | ¿Ya?   | descanso    | Bien.
text | b    | ¿B?    | texto       |
"""
    imported = read_survey(survey, "")
    assert list_problems(imported) == []
    found = check_script(read_script(to_yaml(imported.script), name="x"))
    assert "opcion-vacia" in {problem.code for problem in found}


def test_translations_come_along_and_blank_ones_are_told() -> None:
    survey = """
type             | name | label::Español (es) | label::K'iche' (quc) | label::q'eqchi'
select_one si_no | a    | ¿A?                 | ¿A quc?              |
note             | fin  | Gracias.            | Maltyox.             | Bantiox.
"""
    choices = """
list_name | name | label::Español (es) | label::K'iche' (quc)
si_no     | 1    | Sí                  | Je'
si_no     | 2    | No                  |
"""
    imported = read_survey(survey, choices)
    assert list_problems(imported) == [
        ("survey!E2", "falta-traduccion"),
        ("choices!D3", "falta-traduccion"),
    ]
    assert imported.translations == {
        "quc": {"a/texto": "¿A quc?", "a/opcion.1": "Je'", "fin/texto": "Maltyox."},
        "kek": {"fin/texto": "Bantiox."},
    }


def test_a_form_in_one_language_needs_no_column_for_it() -> None:
    survey = "type | name | label\ntext | p | ¿Qué pide?\n"
    imported = read_survey(survey, "")
    assert list_problems(imported) == []
    assert imported.script.texts == {"p/texto": "¿Qué pide?"}


def test_names_that_would_not_do_are_changed_and_told() -> None:
    survey = """
type | name               | label
text | ¿Cuántos Años?     | ¿Cuántos?
text | 1er-trámite        | ¿Cuál?
text | no                 | ¿No?
note |                    | Sigue.
note |                    | Sigue.
"""
    imported = read_survey(survey, "")
    assert [step.id for step in imported.script.steps] == [
        *("cuantos_anos", "p_1er_tramite", "p_no", "fila_5", "fila_6"),
    ]
    assert list_problems(imported) == [(f"survey!B{row}", "nombre-cambiado") for row in (2, 3, 4)]


def test_without_settings_the_file_gives_the_name() -> None:
    script = read_survey("type | name | label\nnote | a | Hola.\n", "", "").script
    assert (script.slug, script.title) == ("archivo", "archivo")


def test_notes_are_messages() -> None:
    script = read_survey("type | name | label\nnote | a | Hola.\n", "").script
    assert script.steps == (Message("a", 2),)


@pytest.mark.parametrize(
    ("survey", "where", "code"),
    [
        # the sheet
        ("typo | name | label\ntext | p | ¿P?\n", "survey!A1", "columna-desconocida"),
        ("type | name | labl\ntext | p | ¿P?\n", "survey!C1", "columna-desconocida"),
        ("type | etiqueta\ntext | ¿P?\n", "survey!A1", "falta-columna"),
        ("type | name | label | label\ntext | p | ¿P? | ¿Q?\n", "survey!D1", "columna-repetida"),
        ("type | name | label::Quiché\ntext | p | ¿P?\n", "survey!C1", "idioma-desconocido"),
        ("type | name | label::X (zz)\ntext | p | ¿P?\n", "survey!C1", "idioma-desconocido"),
        ("type | name | label::K'iche' (quc)\ntext | p | ¿P?\n", "survey!A1", "falta-idioma"),
        ("type | name | label\n", "survey!A1", "hoja-vacia"),
        (" | | \n", "survey!A1", "falta-columna"),
        ("type | name | label\ntext | p | #REF!\n", "survey!C2", "celda-con-error"),
        # rows
        ("type | name | label\ntext | | ¿P?\n", "survey!B2", "falta-nombre"),
        ("type | name | label\ntext | p | ¿P?\ntext | p | ¿Q?\n", "survey!B3", "nombre-repetido"),
        ("type | name | label\ntext | p |\n", "survey!C2", "falta-etiqueta"),
        ("type | name | label\ntxt | p | ¿P?\n", "survey!A2", "tipo-desconocido"),
        ("type | name | label\ngeopoint | p | ¿P?\n", "survey!A2", "tipo-sin-equivalente"),
        ("type | name | label\ncalculate | p |\n", "survey!A2", "calculo"),
        ("type | name | label\nstart | inicio |\n", "survey!A2", "dato-de-sistema"),
        ("type | name | label\nbegin repeat | r |\n", "survey!A2", "repeticion"),
        ("type | name | label\nbegin group | g | Casa\n", "survey!C2", "titulo-de-grupo"),
        ("type | name | label\nbegin group | g |\n", "survey!A2", "grupo-abierto"),
        ("type | name | label\nend group | |\n", "survey!A2", "grupo-de-mas"),
        ("type | name | label | hint\ntext | p | ¿P? | Piense\n", "survey!D2", "ayuda-aparte"),
        (
            "type | name | label | default\ntext | p | ¿P? | nada\n",
            "survey!D2",
            "valor-por-defecto",
        ),
        ("type | name | label | media::image\ntext | p | ¿P? | a.png\n", "survey!D2", "medio"),
        (
            "type | name | label | choice_filter\nselect_one si_no | p | ¿P? | x=1\n",
            "survey!D2",
            "filtro-de-opciones",
        ),
        ("type | name | label\ntext | p | Hola ${q}\n", "survey!C2", "expresion"),
        # lists
        (
            "type | name | label\nselect_one si_no or_other | p | ¿P?\n",
            "survey!A2",
            "otra-opcion",
        ),
        ("type | name | label\nselect_one sino | p | ¿P?\n", "survey!A2", "lista-desconocida"),
        # logic
        (
            "type | name | label | relevant\ntext | p | ¿P? | ${q} = 1\n",
            "survey!D2",
            "condicion-sin-equivalente",
        ),
        (
            "type | name | label | relevant\ntext | p | ¿P? | today() > 1\n",
            "survey!D2",
            "condicion-sin-equivalente",
        ),
        (
            "type | name | label | constraint\ntext | p | ¿P? | regex(., 'x')\n",
            "survey!D2",
            "restriccion-sin-equivalente",
        ),
        (
            "type | name | label | constraint\nselect_one si_no | p | ¿P? | . = 1\n",
            "survey!D2",
            "restriccion-sin-equivalente",
        ),
        (
            "type | name | label | constraint\ntext | p | ¿P? | . = = 1\n",
            "survey!D2",
            "restriccion-sin-equivalente",
        ),
        (
            "type | name | label\nrange | p | ¿P?\n",
            "survey!A2",
            "restriccion-sin-equivalente",
        ),
    ],
)
def test_what_cannot_be_brought_across_is_told_with_its_cell(
    survey: str, where: str, code: str
) -> None:
    assert (where, code) in list_problems(read_survey(survey))


@pytest.mark.parametrize(
    ("choices", "where", "code"),
    [
        ("list_name | name | label\nsi_no | 1 | Sí\nsi_no | 1 | No\n", "choices!B3", "opcion-repetida"),
        ("list_name | name | label\nsi_no | 1 | Sí\nsi_no | 2 |\n", "choices!C3", "falta-etiqueta"),
        ("list name | name | label\nsi_no | 1 | Sí\nsi_no | x | No\n", "choices!B2", "opciones-numeradas"),
        ("", "choices", "falta-hoja"),
    ],
)  # fmt: skip
def test_lists_that_will_not_do_are_told(choices: str, where: str, code: str) -> None:
    survey = "type | name | label\nselect_one si_no | p | ¿P?\n"
    assert (where, code) in list_problems(read_survey(survey, choices))


def test_a_row_of_no_list_is_passed_over() -> None:
    survey = "type | name | label\nselect_one si_no | p | ¿P?\n"
    choices = "list_name | name | label\nsi_no | 1 | Sí\n | 9 | de nadie\nsi_no | 2 | No\n"
    assert find_question(survey, "p", choices).options == ("1", "2")


def test_options_that_are_numbers_stay_what_they_are() -> None:
    survey = "type | name | label\nselect_one tramite | p | ¿P?\n"
    choices = "list_name | name | label\ntramite | 07 | A\ntramite | 0 | No digo\ntramite | 3 | B\n"
    assert find_question(survey, "p", choices).options == ("7", "3", "0")


def test_what_repeats_is_left_out_whole() -> None:
    survey = """
type         | name | label
begin repeat | r    | Hijos
text         | a    | ¿Nombre?
end repeat   |      |
text         | b    | ¿Otra?
"""
    imported = read_survey(survey)
    assert [step.id for step in imported.script.steps] == ["b"]


def test_a_survey_under_another_name_is_found_and_told() -> None:
    book = (
        make_sheet("Surveys", "type | name | label\ntext | p | ¿P?\n"),
        make_sheet("settings", SETTINGS),
    )
    imported = read_xlsform(book, "x")
    assert list_problems(imported) == [("survey", "falta-hoja")]
    assert "¿Quiso decir «Surveys»?" in imported.problems[0].sentence
    assert len(imported.script.steps) == 1


def test_a_workbook_without_a_survey_is_told() -> None:
    imported = read_xlsform((make_sheet("Hoja1", "a | b\n"),), "x")
    assert list_problems(imported) == [("survey", "falta-hoja")]
    assert imported.script.steps == ()


def test_merged_cells_are_told() -> None:
    book = (make_sheet("survey", "type | name | label\ntext | p | ¿P?\n", "B2:B4"),)
    assert ("survey!B2", "celdas-unidas") in list_problems(read_xlsform(book, "x"))


def test_blank_rows_and_rows_above_the_header_are_passed_over() -> None:
    survey = " | | \ntype | name | label\n | | \ntext | p | ¿P?\n | p9 | sin tipo\n"
    imported = read_survey(survey, "")
    assert [step.line for step in imported.script.steps] == [4]


def test_columns_of_ones_own_are_no_mistake() -> None:
    survey = "type | name | label | comentarios del equipo | Unnamed\ntext | p | ¿P? | ok | x\n"
    assert list_problems(read_survey(survey, "")) == []


def test_an_own_sheet_that_means_nothing_is_passed_over() -> None:
    own = "clave | valor\npalabras | PLAN, , Consulta\nmarcadores/x/largo | mucho\nnada\n"
    book = (
        make_sheet("survey", "type | name | label\nnote | p | Hola.\n"),
        make_sheet("puente", own),
    )
    script = read_xlsform(book, "x").script
    assert (script.keywords, script.markers) == (("plan", "consulta"), ())


def test_numbers_and_dates_keep_their_bounds() -> None:
    survey = """
type    | name | label | constraint
integer | a    | ¿A?   | . > 2 and . < 40
integer | b    | ¿B?   |
integer | c    | ¿C?   | . >= 0
date    | d    | ¿D?   | . <= today()
range   | e    | ¿E?   | . >= 0 and . <= 10
"""
    imported = read_survey(survey, "")
    told = [(one.kind, one.low, one.high, one.latest) for one in imported.script.questions]
    assert told == [
        ("number", 3, 39, ""),
        ("number", 1, 9999, ""),
        ("number", 1, 9999, ""),
        ("date", None, None, "hoy"),
        ("rating", 1, 5, ""),
    ]
    assert list_problems(imported) == [
        ("survey!D4", "restriccion-sin-equivalente"),
        ("survey!D6", "restriccion-sin-equivalente"),
    ]


def test_an_end_is_not_repeated_in_what_follows_it() -> None:
    survey = """
type             | name | label    | relevant                          | puente_tipo | puente_resultado
select_one si_no | edad | ¿Mayor?  |                                   |             |
note             | fuera| Adiós.   | ${edad} = 'no'                    | fin         | menor
text             | p    | ¿P?      | not(${edad} = 'no')               |             |
note             | ya   | Ya.      |                                   | fin         |
"""
    _, fuera, p, ya = read_survey(survey).script.steps
    assert fuera.condition == Comparison("edad", "==", "2")
    assert p.condition is None
    assert ya.condition is None
