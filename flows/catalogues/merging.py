"""Bringing catalogues up to a script, and into them what translators send back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.catalogues.entries import Catalogue, Entry
from flows.catalogues.problems import CatalogueProblem, make_catalogue_problem

if TYPE_CHECKING:
    from collections.abc import Mapping


def make_catalogue(language: str, slug: str, texts: Mapping[str, str]) -> Catalogue:
    """Make an empty catalogue of a consultation's texts."""
    return Catalogue(language, slug, {key: Entry(key, text) for key, text in texts.items()})


def update(catalogue: Catalogue, slug: str, texts: Mapping[str, str]) -> Catalogue:
    """Bring a catalogue up to the texts of a script, by their keys.

    A translation is never thrown away: where its original has changed it stays, marked as
    outdated with the original that was translated; where the text is gone it is set aside,
    and taken up again should the text come back.
    """
    known = {entry.key: entry for entry in catalogue.gone} | dict(catalogue.entries)
    entries = {
        key: _renew(known[key], text) if key in known else Entry(key, text)
        for key, text in texts.items()
    }
    gone = [entry for key, entry in known.items() if key not in texts and entry.translation]
    return Catalogue(catalogue.language, slug, entries, tuple(gone))


def _renew(entry: Entry, source: str) -> Entry:
    if entry.source == source:
        return entry
    if not entry.translation:
        return replace(entry, source=source)
    if entry.before == source:  # it has changed back
        return replace(entry, source=source, before="")
    return replace(entry, source=source, before=entry.before or entry.source)


def bring_in(
    catalogue: Catalogue, brought: Catalogue
) -> tuple[Catalogue, tuple[CatalogueProblem, ...]]:
    """Take over the translations that a translator sends back.

    Args:
        catalogue: ours, up to date with the script.
        brought: what she sends; a translation of an original that is another now is taken
            over as outdated, a text that we do not have is left out.

    Returns:
        Our catalogue with her translations in it, and what did not go as she meant it.
    """
    if brought.slug and catalogue.slug and brought.slug != catalogue.slug:
        words = {"word": brought.slug, "slug": catalogue.slug}
        return catalogue, (make_catalogue_problem("po-ajeno", 1, **words),)
    entries, problems = dict(catalogue.entries), []
    for key, theirs in brought.entries.items():
        line = theirs.line
        ours = entries.get(key)
        if ours is None:
            problems.append(make_catalogue_problem("texto-ajeno", line, word=key))
        elif theirs.translation:
            review = theirs.review or ours.review
            entries[key] = _renew(replace(theirs, review=review), ours.source)
            if theirs.source != ours.source:
                problems.append(make_catalogue_problem("original-distinto", line, word=key))
    return replace(catalogue, entries=entries), tuple(problems)


def approve(catalogue: Catalogue, keys: frozenset[str], who: str, on: str) -> Catalogue:
    """Put somebody's name to the translations of some texts, as they now stand."""
    entries = {
        key: entry.approve(who, on) if key in keys and entry.translation else entry
        for key, entry in catalogue.entries.items()
    }
    return replace(catalogue, entries=entries)
