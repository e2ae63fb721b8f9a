"""Playing a golden conversation: where it differs, and writing it anew."""

from flows.flow import Flow
from flows.golden.chat import read_chat
from flows.golden.playing import Difference, compare, pick_up, rewrite
from tests.support.small_flow import make_small_flow

FLOW = make_small_flow()
GOOD = """\
> hola
< inv
  1 Si
  2 No
> (voz)
< error1
  inv
  1 Si
  2 No
> 1
< edad
  1 Si
  2 No
= inv: 1
= edad:
= resultado:

# Ahora no.
> 2
< menores
= inv:
= resultado: ineligible
"""


def compare_on(flow: Flow, source: str) -> Difference | None:
    chat = read_chat(source, "x.chat")
    return compare(chat, pick_up(flow, chat))


def compare_edited(old: str, new: str) -> Difference | None:
    assert GOOD.count(old) == 1
    return compare_on(FLOW, GOOD.replace(old, new))


def test_a_conversation_that_comes_out_as_written_does_not_differ() -> None:
    assert compare_on(FLOW, GOOD) is None


def test_a_difference_is_shown_as_a_conversation_with_its_line() -> None:
    assert compare_edited("< menores", "< adiós") == Difference(
        20,
        (
            "  > 1",
            "  < edad",
            "    1 Si",
            "    2 No",
            "  > 2",
            "- < adiós",
            "+ < menores",
        ),
        0,
    )


def test_what_is_missing_is_told_where_it_should_stand() -> None:
    difference = compare_edited("< error1\n  inv\n", "< inv\n")
    assert difference is not None
    assert difference.line == 6
    assert difference.lines[4:] == ("  > (voz)", "- < inv", "+ < error1", "+   inv", "    1 Si", "    2 No")  # fmt: skip  # noqa: E501


def test_what_nobody_expected_is_told_at_the_message() -> None:
    difference = compare_edited("< menores\n", "")
    assert difference is not None
    assert difference.line == 19
    assert difference.lines[-2:] == ("  > 2", "+ < menores")


def test_a_wrong_record_is_told_at_its_line() -> None:
    difference = compare_edited("= inv: 1\n= edad:\n", "= inv: 2\n= edad: 1\n")
    assert difference is not None
    assert difference.line == 14
    assert difference.lines[-4:] == ("- = inv: 2", "+ = inv: 1", "- = edad: 1", "+ = edad:")


def test_later_differences_are_counted() -> None:
    source = GOOD.replace("< menores", "< adiós").replace("< edad", "< años")
    difference = compare_on(FLOW, source)
    assert difference is not None
    assert (difference.line, difference.more) == (11, 1)


def test_writing_anew_mends_what_differs_and_keeps_the_rest() -> None:
    wrong = (
        GOOD.replace("< menores", "< adiós\n  para siempre")
        .replace("= inv: 1", "= inv: 2")
        .replace("= resultado: ineligible", "= resultado:")
        .replace("< inv\n", "", 1)
    )
    chat = read_chat(GOOD, "x.chat")
    assert rewrite(GOOD, chat, pick_up(FLOW, chat)) == GOOD
    wrong_chat = read_chat(wrong.replace("> hola\n  1 Si\n  2 No\n", "> hola\n"), "x.chat")
    source = wrong.replace("> hola\n  1 Si\n  2 No\n", "> hola\n")
    assert rewrite(source, wrong_chat, pick_up(FLOW, wrong_chat)) == GOOD


def test_a_conversation_may_begin_in_another_language() -> None:
    source = "idioma: quc\n> hola\n< [quc] inv\n  1 Si\n  2 No\n"
    assert compare_on(make_small_flow("quc"), source) is None
