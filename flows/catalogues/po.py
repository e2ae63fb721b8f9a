"""Catalogues as gettext files (.po), which translators open in the tools they know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import normalize, unescape

from flows.catalogues.entries import REVIEWED, Catalogue, Entry, parse_review
from flows.catalogues.problems import CatalogueProblem, make_catalogue_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 1_000_000
"""Bytes; a consultation of 60 questions has 60 KB."""
LONGEST_LINE: Final = 100

_WORD = re.compile(r'(msgctxt|msgid|msgstr)? *("(?:[^"\\]|\\[ntr"\\])*")$')
_BEFORE = re.compile(r'\| *(?:msgid *)?("(?:[^"\\]|\\.)*")$')
_PROJECT = re.compile(r"^Project-Id-Version: *(\S*)", re.MULTILINE)
_ORDER = ("msgctxt", "msgid", "msgstr")


def read_catalogue(raw: bytes, language: str) -> Catalogue | tuple[CatalogueProblem, ...]:
    """Read a .po file.

    Args:
        raw: the file.
        language: the code its name says; the header's is for other programmes.

    Returns:
        The catalogue, or everything that keeps it from being one.
    """
    if len(raw) > LARGEST:
        return (make_catalogue_problem("po-grande", 1, limit=LARGEST // 1000),)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        return (make_catalogue_problem("po-no-utf8", raw.count(b"\n", 0, error.start) + 1),)
    reader = _Reader()
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(number, line.strip())
    reader.close()
    if reader.problems:
        return tuple(reader.problems)
    entries = {block.key: _make_entry(block) for block in reader.blocks if not block.is_gone}
    gone = tuple(_make_entry(block) for block in reader.blocks if block.is_gone)
    project = _PROJECT.search(reader.header)
    return Catalogue(language, project[1] if project else "", entries, gone)


@dataclass
class _Block:
    """One entry as it stands in the file."""

    line: int = 0
    is_gone: bool = False
    comments: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.texts["msgctxt"]


class _Reader:
    """Reads line by line, and tells every line that is none of a .po file."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.header = ""
        self.problems: list[CatalogueProblem] = []
        self._block = _Block()
        self._word = ""
        self._lines: dict[str, int] = {}

    def take(self, number: int, line: str) -> None:
        """Take the next line."""
        is_gone = line.startswith("#~")
        line = line.removeprefix("#~").strip() if is_gone else line
        if not line or line.startswith(("#", "|")):
            self._comment(line)
            return
        found = _WORD.match(line)
        if line.startswith(("msgid_plural", "msgstr[")):
            self._report("po-plural", number)
        elif found is None or not (found[1] or self._word):
            self._report("po-ilegible", number)
        elif found[1] is None:
            self._block.texts[self._word] += unescape(found[2])
        else:
            self._begin(number, found[1], unescape(found[2]), is_gone=is_gone)

    def close(self) -> None:
        """End an entry; one that lacks a part is told."""
        block, self._block, self._word = self._block, _Block(), ""
        if not block.texts:
            self._block.comments = block.comments
        elif missing := [word for word in _ORDER[1:] if word not in block.texts]:
            self._report("po-incompleto", block.line, word=missing[0])
        elif "msgctxt" in block.texts:
            self._keep(block)
        elif not block.texts["msgid"]:
            self.header = block.texts["msgstr"]
        else:
            self._report("po-sin-clave", block.line)

    def _comment(self, line: str) -> None:
        if self._block.texts:
            self.close()
        elif not line:
            self._block.comments.clear()
        if line:
            self._block.comments.append(line)

    def _begin(self, number: int, word: str, text: str, *, is_gone: bool) -> None:
        if word in self._block.texts or (self._word and _place(word) < _place(self._word)):
            self.close()
        if not self._block.texts:
            self._block.line, self._block.is_gone = number, is_gone
        self._block.texts[word] = text
        self._word = word

    def _keep(self, block: _Block) -> None:
        first = self._lines.setdefault(block.key, block.line)
        if first != block.line and not block.is_gone:
            self._report("po-repetido", block.line, word=block.key, first=first)
        self.blocks.append(block)

    def _report(self, code: str, line: int, **words: object) -> None:
        self.problems.append(make_catalogue_problem(code, line, **words))


def _place(word: str) -> int:
    return _ORDER.index(word)


def _make_entry(block: _Block) -> Entry:
    flags = [line for line in block.comments if line.startswith("#,")]
    notes = [line.removeprefix("#").strip() for line in block.comments if line[:2] in {"#", "# "}]
    before = [found[1] for line in block.comments if (found := _BEFORE.match(line.lstrip("#")))]
    reviews = [review for note in notes if (review := parse_review(note))]
    return Entry(
        key=block.key,
        source=block.texts["msgid"],
        translation=block.texts["msgstr"],
        is_draft=any("fuzzy" in line for line in flags),
        review=reviews[-1] if reviews else None,
        notes=tuple(note for note in notes if note and not note.startswith(REVIEWED)),
        before="".join(map(unescape, before)),
        line=block.line,
    )


def write_catalogue(catalogue: Catalogue) -> str:
    """Write a .po file: the same catalogue always gives the same file."""
    language = catalogue.language.partition("-")[0]  # what Babel can read
    header = [
        f"# {catalogue.language}: traducción de la consulta {catalogue.slug}.",
        "# Una traducción solo se manda si no es «fuzzy» y lleva la línea «# revisado:» que",
        "# le pone «puente flows translate approve»; si se cambia, hay que revisarla otra vez.",
        'msgid ""',
        'msgstr ""',
        f'"Project-Id-Version: {catalogue.slug}\\n"',
        f'"Language: {language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
    ]
    blocks = ["\n".join(header)]
    blocks += ["\n".join(_write_entry(entry)) for entry in catalogue.entries.values()]
    blocks += ["\n".join(_write_entry(entry, mark="#~ ")) for entry in catalogue.gone]
    return "\n\n".join(blocks) + "\n"


def _write_entry(entry: Entry, mark: str = "") -> Iterator[str]:
    yield from (f"# {note}" for note in entry.notes)
    if entry.review is not None:
        yield f"# {entry.review}"
    if entry.is_draft or entry.before:
        yield "#, fuzzy"
    if entry.before:
        yield from (f"#| {line}" for line in _write_text("msgid", entry.before))
    for word, text in (
        ("msgctxt", entry.key),
        ("msgid", entry.source),
        ("msgstr", entry.translation),
    ):
        yield from (f"{mark}{line}" for line in _write_text(word, text))


def _write_text(word: str, text: str) -> list[str]:
    return f"{word} {normalize(text, width=LONGEST_LINE)}".split("\n")
