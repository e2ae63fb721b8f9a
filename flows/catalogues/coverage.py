"""How far a translation has come, text by text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.catalogues.extraction import list_texts
from flows.catalogues.offering import differs, find_missing
from flows.script.placeholders import write_longest
from flows.text.alphabet import is_gsm7
from flows.text.paging import USSD_SEPTETS, USSD_UNITS
from flows.text.segments import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.catalogues.entries import Catalogue, Entry
    from flows.script.model import Script


_FILE = "@voz"
"""What ends the key of a recording's file name."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stands of one language, as keys in the order of the script.

    Attributes:
        total: how many texts there are; the name of a recording's file is none.
        translated: with words in them, whatever their state.
        approved: which may be sent, with who approved each and when.
        outdated, edited, drafts, unreviewed: translated and not approved, and why.
        too_long: more than one SMS.
        paged: more than one USSD screen.
        different: whose placeholders are not those of the original.
        missing: what keeps the language from being offered.
        recorded: read aloud into a file, which an entry `…@voz` names.
    """

    language: str
    total: int
    translated: tuple[str, ...]
    approved: tuple[str, ...]
    reviewers: tuple[tuple[str, str, int], ...]
    outdated: tuple[str, ...]
    edited: tuple[str, ...]
    drafts: tuple[str, ...]
    unreviewed: tuple[str, ...]
    too_long: tuple[str, ...]
    paged: tuple[str, ...]
    different: tuple[str, ...]
    missing: tuple[str, ...]
    recorded: tuple[str, ...]

    @property
    def is_offered(self) -> bool:
        """Tell whether people can choose it."""
        return not self.missing


def measure_coverage(script: Script, catalogue: Catalogue) -> Coverage:
    """Measure a catalogue that is up to date with its script."""
    keys = list_texts(script)
    names = {key for key in keys if key.endswith(_FILE)}
    texts = [key for key in keys if key not in names]
    entries = [catalogue.entries[key] for key in texts if key in catalogue.entries]
    words = {entry.key: entry.translation for entry in entries if entry.translation}
    sizes = {
        key: write_longest(script, words, key, catalogue.language)
        for key in words
        if key.endswith("/texto") or key.startswith("servicio/")
    }
    return Coverage(
        language=catalogue.language,
        total=len(texts),
        translated=tuple(words),
        approved=_in_state(entries, "approved"),
        reviewers=_count_reviewers(entries),
        outdated=_in_state(entries, "outdated"),
        edited=_in_state(entries, "edited"),
        drafts=_in_state(entries, "draft"),
        unreviewed=_in_state(entries, "unreviewed"),
        too_long=tuple(key for key, text in sizes.items() if measure(text).segments > 1),
        paged=tuple(key for key, text in sizes.items() if _is_paged(text)),
        different=tuple(entry.key for entry in entries if entry.translation and differs(entry)),
        missing=tuple(find_missing(script, catalogue)),
        recorded=tuple(_list_named(catalogue, names)),
    )


def _list_named(catalogue: Catalogue, names: Iterable[str]) -> Iterator[str]:
    for key, entry in catalogue.entries.items():
        if key in names and entry.translation:
            yield key.removesuffix(_FILE)


def _in_state(entries: Iterable[Entry], state: str) -> tuple[str, ...]:
    return tuple(entry.key for entry in entries if entry.state == state)


def _is_paged(text: str) -> bool:
    return measure(text).units > (USSD_SEPTETS if is_gsm7(text) else USSD_UNITS)


def _count_reviewers(entries: Iterable[Entry]) -> tuple[tuple[str, str, int], ...]:
    """Give who approved how many texts on which day."""
    counts: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.state == "approved" and entry.review is not None:
            who = (entry.review.who, entry.review.on)
            counts[who] = counts.get(who, 0) + 1
    return tuple((who, on, count) for (who, on), count in sorted(counts.items()))
