"""A translation survives whatever becomes of its script, and says when it no longer fits."""

from __future__ import annotations

from dataclasses import replace

from flows.catalogues.entries import Catalogue, Entry
from flows.catalogues.extraction import list_texts
from flows.catalogues.merging import approve, bring_in, make_catalogue, update
from tests.support.translations import edit, make_script, translate_whole

SCRIPT = make_script()
TEXTS = list_texts(SCRIPT)
WHOLE = translate_whole(SCRIPT)


def test_a_script_that_did_not_change_changes_nothing() -> None:
    assert update(WHOLE, "agua", TEXTS) == WHOLE


def test_a_changed_original_marks_its_translation_and_keeps_it() -> None:
    new = update(WHOLE, "agua", {**TEXTS, "fin/texto": "Muchas gracias."})
    entry = new.entries["fin/texto"]
    assert (entry.translation, entry.before, entry.state) == ("[Gracias.]", "Gracias.", "outdated")
    again = update(new, "agua", {**TEXTS, "fin/texto": "Mil gracias."}).entries["fin/texto"]
    assert (again.source, again.before) == ("Mil gracias.", "Gracias.")


def test_an_original_that_changes_back_is_approved_again() -> None:
    changed = update(WHOLE, "agua", {**TEXTS, "fin/texto": "Muchas gracias."})
    assert update(changed, "agua", TEXTS) == WHOLE


def test_an_empty_entry_takes_its_new_original() -> None:
    empty = make_catalogue("quc", "agua", TEXTS)
    new = update(empty, "agua", {**TEXTS, "fin/texto": "Muchas gracias."})
    assert new.entries["fin/texto"] == Entry("fin/texto", "Muchas gracias.")


def test_a_text_that_is_gone_is_set_aside_and_taken_up_again() -> None:
    without = {key: text for key, text in TEXTS.items() if not key.startswith("b1/")}
    new = update(WHOLE, "agua", without)
    assert [entry.key for entry in new.gone if entry.key.startswith("b1/")] == [
        key for key in TEXTS if key.startswith("b1/")
    ]
    assert update(new, "agua", TEXTS) == WHOLE


def test_what_a_translator_sends_back_is_taken_over() -> None:
    empty = make_catalogue("quc", "agua", TEXTS)
    brought, problems = bring_in(empty, WHOLE)
    assert (brought, problems) == (WHOLE, ())


def test_an_empty_translation_takes_nothing_away() -> None:
    brought, _ = bring_in(WHOLE, make_catalogue("quc", "agua", TEXTS))
    assert brought == WHOLE


def test_an_edit_that_comes_without_a_review_has_to_be_approved_again() -> None:
    theirs = edit(WHOLE, "fin/texto", translation="[Gracias, pues.]", review=None)
    brought, _ = bring_in(WHOLE, theirs)
    assert brought.entries["fin/texto"].state == "edited"
    assert brought.entries["a1/texto"].state == "approved"


def test_a_translation_of_another_revision_comes_as_outdated() -> None:
    theirs = edit(WHOLE, "fin/texto", source="Gracias por todo.", line=77)
    theirs = replace(theirs, entries={**theirs.entries, "x/texto": Entry("x/texto", "X", "Y")})
    brought, problems = bring_in(WHOLE, theirs)
    assert brought.entries["fin/texto"].state == "outdated"
    assert brought.entries["fin/texto"].source == "Gracias."
    assert [(problem.code, problem.line) for problem in problems] == [
        ("original-distinto", 77),
        ("texto-ajeno", 0),
    ]


def test_a_file_of_another_consultation_is_refused_whole() -> None:
    brought, problems = bring_in(WHOLE, replace(WHOLE, slug="tierra"))
    assert brought == WHOLE
    assert [problem.code for problem in problems] == ["po-ajeno"]


def test_a_file_that_does_not_say_its_consultation_is_taken() -> None:
    brought, problems = bring_in(make_catalogue("quc", "agua", TEXTS), replace(WHOLE, slug=""))
    assert brought.entries == WHOLE.entries
    assert problems == ()


def test_only_what_is_translated_is_approved() -> None:
    catalogue = edit(WHOLE, "a1/texto", translation="", review=None)
    catalogue = edit(catalogue, "fin/texto", is_draft=True, before="x")
    new = approve(catalogue, frozenset({"a1/texto", "fin/texto"}), "ALMG", "2026-11-02")
    assert new.entries["a1/texto"].state == "empty"
    assert new.entries["fin/texto"].state == "approved"
    assert isinstance(new, Catalogue)
