"""Catalogues go into .po files and come back, and a file that is none says where and why."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from flows.catalogues.entries import Catalogue, Entry, Review
from flows.catalogues.po import LARGEST, read_catalogue, write_catalogue
from flows.catalogues.problems import SENTENCES
from flows.data import find_catalogues, find_scripts, read_bytes
from tests.support.translations import edit, make_script, translate_whole

SCRIPT = make_script()
WHOLE = translate_whole(SCRIPT)
HEADER = b'msgid ""\nmsgstr ""\n"Project-Id-Version: agua\\n"\n\n'
GOOD = b'msgctxt "a/texto"\nmsgid "A"\nmsgstr "B"\n'

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
ENTRIES = st.builds(
    Entry,
    key=st.from_regex(r"[a-z]{1,6}/[a-z]{1,6}(@sms)?", fullmatch=True),
    source=TEXTS.filter(bool),
    translation=TEXTS,
    is_draft=st.booleans(),
    review=st.none() | st.just(Review("ALMG", "2026-11-01", "0123456789ab")),
    notes=st.lists(st.from_regex(r"[a-z][a-z .:ʼ]{0,20}[a-z]", fullmatch=True), max_size=2).map(
        tuple
    ),
    before=st.just(""),
)


def say(raw: bytes) -> list[tuple[str, int]]:
    read = read_catalogue(raw, "quc")
    assert isinstance(read, tuple)
    return [(problem.code, problem.line) for problem in read]


@given(entries=st.lists(ENTRIES, max_size=5, unique_by=lambda entry: entry.key))
def test_what_is_written_is_read_back(entries: list[Entry]) -> None:
    entries = [e for e in entries if not any(n.startswith("revisado:") for n in e.notes)]
    catalogue = Catalogue("quc", "agua", {entry.key: entry for entry in entries})
    assert read_catalogue(write_catalogue(catalogue).encode(), "quc") == catalogue


def test_a_whole_catalogue_with_what_is_outdated_and_gone_is_read_back() -> None:
    catalogue = edit(WHOLE, "fin/texto", before='Gracias por\ntodo, "señor".', is_draft=True)
    gone = Entry("z/texto", "Z", "[Z]", review=WHOLE.entries["fin/texto"].review)
    catalogue = replace(catalogue, gone=(gone,))
    read = read_catalogue(write_catalogue(catalogue).encode(), "quc")
    assert read == catalogue
    assert isinstance(read, Catalogue)
    assert read.gone == (gone,)


def test_other_programmes_read_our_files_too() -> None:
    chalchiteko = replace(WHOLE, language="agu-x-chalchi")
    parsed = read_po(BytesIO(write_catalogue(chalchiteko).encode()), abort_invalid=True)
    assert str(parsed.locale_identifier) == "agu"
    found = {message.context: message.string for message in parsed if message.id}
    assert found == {key: entry.translation for key, entry in WHOLE.entries.items()}


def test_a_file_that_poedit_saved_is_read() -> None:
    raw = (
        b'\xef\xbb\xbf# Translators\r\nmsgid ""\r\nmsgstr ""\r\n"Language: quc\\n"\r\n'
        b'"X-Generator: Poedit 3.4\\n"\r\n\r\n#. from the script\r\n#: guion.yaml:12\r\n'
        b'# note\r\n#, fuzzy, c-format\r\n#| msgctxt "a/texto"\r\n#| msgid "An"\r\n#| "tes"\r\n'
        b'msgctxt "a/texto"\r\nmsgid ""\r\n"A"\r\nmsgstr "B"\r\n'
        b'msgctxt "b/texto"\r\nmsgid "C"\r\nmsgstr ""\r\n'
        b'\r\n#~ msgctxt "old/texto"\r\n#~ msgid "D"\r\n#~ msgstr "E"\r\n'
    )
    read = read_catalogue(raw, "quc")
    assert isinstance(read, Catalogue)
    assert read.slug == ""
    assert read.entries == {
        "a/texto": Entry("a/texto", "A", "B", is_draft=True, notes=("note",), before="Antes"),
        "b/texto": Entry("b/texto", "C"),
    }
    assert read.gone == (Entry("old/texto", "D", "E"),)


def test_an_edit_in_a_po_un_approves_that_text_alone() -> None:
    written = write_catalogue(WHOLE).replace('msgstr "[Gracias.]"', 'msgstr "[Gracias!]"')
    read = read_catalogue(written.encode(), "quc")
    assert isinstance(read, Catalogue)
    states = {key: entry.state for key, entry in read.entries.items()}
    assert states.pop("fin/texto") == "edited"
    assert {*states.values()} == {"approved"}


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        (b'msgctxt "a/texto"\nmsgid "A"\nmsgstr "B\n', [("po-ilegible", 3), ("po-incompleto", 1)]),
        (b"hola\n" + GOOD, [("po-ilegible", 1)]),
        (b'"suelta"\n' + GOOD, [("po-ilegible", 1)]),
        (b'msgctxt "a/texto"\nmsgid "A"\n', [("po-incompleto", 1)]),
        (b'msgctxt "a/texto"\nmsgstr "A"\n', [("po-incompleto", 1)]),
        (b'msgid "A"\nmsgstr "B"\n', [("po-sin-clave", 1)]),
        (GOOD + b"\n" + GOOD, [("po-repetido", 5)]),
        (
            b'msgid "A"\nmsgid_plural "As"\nmsgstr[0] "B"\n',
            [("po-plural", 2), ("po-plural", 3), ("po-incompleto", 1)],
        ),
        (HEADER + b"\xff\xfe", [("po-no-utf8", 5)]),
        (b"PK\x03\x04 not a po \x9d", [("po-no-utf8", 1)]),
        (b"<<<<<<< HEAD\n" + GOOD + b"=======\n", [("po-ilegible", 1), ("po-ilegible", 5)]),
        (b"#" * (LARGEST + 1), [("po-grande", 1)]),
        (
            b'msgctxt "a/texto"\nmsgid "A\\q"\nmsgstr "B"\n',
            [("po-ilegible", 2), ("po-incompleto", 1)],
        ),
    ],
)
def test_a_file_that_does_not_parse_says_which_line_and_what_to_do(
    raw: bytes, problems: list[tuple[str, int]]
) -> None:
    assert say(raw) == problems


def test_an_empty_file_is_an_empty_catalogue() -> None:
    assert read_catalogue(b"", "quc") == Catalogue("quc", "", {})


@given(
    raw=st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_a_catalogue_or_problems_of_the_table(raw: bytes) -> None:
    read = read_catalogue(raw, "quc")
    if isinstance(read, tuple):
        assert read
        assert all(problem.code in SENTENCES for problem in read)


@pytest.mark.parametrize(
    ("slug", "name"), [(slug, name) for slug in find_scripts() for name in find_catalogues(slug)]
)
def test_the_catalogues_that_come_with_puente_are_as_puente_writes_them(
    slug: str, name: str
) -> None:
    raw = read_bytes("scripts", slug, name)
    read = read_catalogue(raw, name.removesuffix(".po"))
    assert isinstance(read, Catalogue)
    assert write_catalogue(read).encode() == raw
