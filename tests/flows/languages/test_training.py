"""The training: from sentences to a table, the same one each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.languages.detect import Detector, detect
from flows.languages.letters import Letters, read_letters
from flows.languages.profiles import pack
from tools.languages.corpus import Sentence, read_corpus, read_telling
from tools.languages.spellings import MODERN, OLDER, SPELLINGS, UNMARKED
from tools.languages.train import train

if TYPE_CHECKING:
    from pathlib import Path

QUC = ["Konojel ri winaq ke'alaxik", "Ronojel winaq ya'tal chech", "Ri ixoq xub'ij chech ri achi"]
ES = ["Todos los seres humanos nacen libres", "La mujer le dijo al hombre", "Aquí no hay agua"]
SENTENCES = [
    Sentence(code, text, "ours") for code, own in (("quc", QUC), ("es", ES)) for text in own
]


def test_the_order_of_the_sentences_changes_nothing() -> None:
    lists = {"cab": ["lun", "idan", "dios", "a"]}
    assert pack(train(SENTENCES, lists)) == pack(train(SENTENCES[::-1], lists))
    assert train(SENTENCES, lists).telling == {"cab": frozenset({" lun", "lun ", "idan"})}


def test_spanish_under_a_mayan_name_is_left_out() -> None:
    many = [Sentence("es", f"{text} {other}", "ours") for text in ES for other in ES]
    stray = Sentence("quc", "La mujer no hay agua aquí", "ours")
    table = train([*SENTENCES, *many, stray], {})
    assert detect("la mujer no hay agua aquí", detector=Detector(table)).language == "es"
    assert len(table.entries["=mujer"]) == 1


def test_each_spelling_is_counted_as_people_write_it() -> None:
    text = read_letters("Ri k'iche' q'ab' kej")
    assert [c.words for c in SPELLINGS[MODERN](text)] == [("ri", "kʼicheʼ", "qʼabʼ", "kej")]
    assert [c.words for c in SPELLINGS[UNMARKED](text)] == [
        ("ri", "kiche", "qab", "kej"),
        ("ri", "k", "iche", "q", "ab", "kej"),
    ]
    assert [c.words for c in SPELLINGS[OLDER](text)] == [
        ("ri", "qʼuicheʼ", "kʼab", "quej"),
        ("ri", "quiche", "kab", "quej"),
    ]
    assert list(SPELLINGS[MODERN](Letters((), ("a\u0308",)))) == [Letters((), ("a\u0308",))]


def test_a_corpus_folder_is_read_once_each(tmp_path: Path) -> None:
    (tmp_path / "quc.tsv").write_text("Ri winaq\tmayanv:x\tCC0\nri winaq\tother\tCC0\n", "utf-8")
    (tmp_path / "fun_langid_4grams.json").write_text('{"lists": {"cab": ["lun"]}}', "utf-8")
    assert read_corpus(tmp_path) == [Sentence("quc", "Ri winaq", "mayanv")]
    assert read_telling(tmp_path) == {"cab": ["lun"]}
