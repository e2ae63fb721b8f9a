"""`puente try understand`, `text` and `language`: the contract, one object for each line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from puente.commands import main


def run(*arguments: str, lines: str | bytes) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["try", *arguments], input=lines)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "line", "found"),
    [
        (["yes_no"], "si pues", {"accepted": True, "value": "yes", "certain": True}),
        (["consent"], "ok", {"accepted": True, "value": "yes", "certain": False}),
        (["yes_no"], "0", {"accepted": False, "reason": "cannot_skip", "candidates": []}),
        (
            ["choice", "--options", "Agua|Luz|Salud"],
            "la segunda",
            {"accepted": True, "value": "2", "certain": True},
        ),
        (
            ["choice", "--options", "Agua|Luz"],
            "1 o 2",
            {"accepted": False, "reason": "ambiguous", "candidates": ["1", "2"]},
        ),
        (["choice", "--options", "A|B"], "0", {"accepted": True, "value": "0", "certain": True}),
        (
            ["choices", "--options", "Agua|Luz|Salud"],
            "3 y 1",
            {"accepted": True, "value": ["1", "3"], "certain": True},
        ),
        (
            ["rating", "--low", "0", "--high", "10"],
            "7/10",
            {"accepted": True, "value": "7", "certain": True},
        ),
        (["number"], "mil doscientos", {"accepted": True, "value": "1200", "certain": True}),
        (["place"], "Xela", {"accepted": True, "value": "0901", "certain": True}),
        (
            ["place", "--level", "department"],
            "nebaj",
            {"accepted": True, "value": "14", "certain": True},
        ),
        (
            ["place", "--within", "12"],
            "San Pedro Sacatepéquez",
            {"accepted": True, "value": "1202", "certain": True},
        ),
        (
            ["place"],
            "san pedro sac.",
            {"accepted": False, "reason": "ambiguous", "candidates": ["0109", "1202"]},
        ),
        (["date"], "15/1/2020", {"accepted": True, "value": "2020-01-15", "certain": True}),
        (["phone"], "5555-1234", {"accepted": True, "value": "+50255551234", "certain": True}),
        (["text"], " agua ", {"accepted": True, "value": "agua", "certain": True}),
        (
            ["text", "--low", "5"],
            "agua",
            {"accepted": False, "reason": "too_short", "candidates": []},
        ),
    ],
)
def test_an_answer_is_one_object(arguments: list[str], line: str, found: dict[str, Any]) -> None:
    assert run("understand", *arguments, lines=line + "\n") == [found]


def test_blank_lines_and_lines_that_are_no_utf8_have_their_object_too() -> None:
    found = run("understand", "number", lines=b"5\n\n\xff\xfe\n7")
    assert [each["accepted"] for each in found] == [True, False, False, True]


def test_a_line_of_json_may_hold_line_ends() -> None:
    options = ["--options", "Agua|Luz|Salud", "--json"]
    found = run("understand", "choices", *options, lines='"1\\n3"\n"2"\nno json\n7\n')
    assert [each.get("value") for each in found] == [["1", "3"], ["2"], None, None]
    assert found[-1]["reason"] == "out_of_range"


@pytest.mark.parametrize(
    ("arguments", "line", "found"),
    [
        (
            [],
            "¿Cuánto? Kʼicheʼ",
            {
                "text": "¿Cuanto? K'iche'",
                "encoding": "gsm7",
                "segments": 1,
                "units": 16,
                "replaced": ["á", "ʼ"],
            },
        ),
        (
            ["--as-is"],
            "¿Cuánto?",
            {"text": "¿Cuánto?", "encoding": "ucs2", "segments": 1, "units": 8, "replaced": []},
        ),
        (
            ["--language", "cak"],
            "toʼïk",
            {"text": "to'ïk", "encoding": "ucs2", "segments": 1, "units": 5, "replaced": ["ʼ"]},
        ),
        ([], "", {"text": "", "encoding": "gsm7", "segments": 1, "units": 0, "replaced": []}),
        (
            [],
            "€" * 81,
            {"text": "€" * 81, "encoding": "gsm7", "segments": 2, "units": 162, "replaced": []},
        ),
    ],
)
def test_a_text_is_one_object(arguments: list[str], line: str, found: dict[str, Any]) -> None:
    assert run("text", *arguments, lines=line + "\n") == [found]


def test_a_lone_surrogate_comes_out_as_it_went_in() -> None:
    assert run("text", "--as-is", "--json", lines='"\\ud83d"\n')[0]["text"] == "\ud83d"


@pytest.mark.parametrize(
    "arguments", [["choice"], ["place", "--within", "99"], ["place", "--within", "x"], ["poem"]]
)
def test_a_question_that_cannot_be_asked_is_refused(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["try", "understand", *arguments], input="1\n")
    assert result.exit_code == 2


def test_language_answers_every_line_with_what_it_is_in() -> None:
    found = run("language", lines="Konojel ri winaq ya'tal chech\n\nsi\nvivo en Totonicapán\n")
    assert [answer["language"] for answer in found] == ["quc", None, None, "es"]
    assert [answer["mayan"] for answer in found] == [True, None, None, False]
    assert found[1] == {"language": None, "score": 0.0, "second": None, "mayan": None}
    assert all(list(answer) == ["language", "score", "second", "mayan"] for answer in found)


def test_language_reads_json_strings_line_ends_and_lone_surrogates_included() -> None:
    lines = '"Konojel ri winaq\\nya\'tal chech"\n"\\ud800"\nno json\n'
    assert [answer["language"] for answer in run("language", "--json", lines=lines)] == [
        "quc",
        None,
        None,
    ]
