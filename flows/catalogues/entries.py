"""A catalogue as we work with it: one entry for each text of a consultation, in one language."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

State = Literal["empty", "outdated", "draft", "unreviewed", "edited", "approved"]
"""What is to be done with a translation; only an `approved` one is ever sent.

`outdated`: its original has changed; `draft`: marked fuzzy; `unreviewed`: nobody's name stands
by it; `edited`: the name stands by other words than these.
"""

REVIEWED = "revisado:"
_REVIEW = re.compile(r"revisado: *(.+?) *; *(\d{4}-\d\d-\d\d) *; *([0-9a-f]{12})$")


@dataclass(frozen=True, slots=True)
class Review:
    """Who approved a translation and when; `words` is the fingerprint of what she read."""

    who: str
    on: str
    words: str

    def __str__(self) -> str:
        return f"{REVIEWED} {self.who}; {self.on}; {self.words}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A text and its translation.

    Attributes:
        key: `<step>/<part>[@channel]`, the msgctxt.
        source: the original, in the script's language.
        translation: empty where there is none.
        is_draft: marked fuzzy.
        review: who approved it, if anybody did.
        notes: what translators wrote beside it, such as where each word comes from.
        before: the original that was translated, where the original is another now.
        line: where it stands in the file it was read from.
    """

    key: str
    source: str
    translation: str = ""
    is_draft: bool = False
    review: Review | None = None
    notes: tuple[str, ...] = ()
    before: str = ""
    line: int = field(default=0, compare=False)

    @property
    def state(self) -> State:
        """Tell what is to be done with it."""
        if not self.translation:
            return "empty"
        if self.before:
            return "outdated"
        if self.is_draft:
            return "draft"
        if self.review is None:
            return "unreviewed"
        is_same = self.review.words == fingerprint(self.source, self.translation)
        return "approved" if is_same else "edited"

    def approve(self, who: str, on: str) -> Entry:
        """Give it as approved by somebody on a day, as it now stands."""
        review = Review(who, on, fingerprint(self.source, self.translation))
        return replace(self, review=review, is_draft=False, before="")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one consultation into one language.

    Attributes:
        language: a code of `languages.toml`.
        slug: of which consultation; empty where the file does not say.
        entries: by key, in the order of the script.
        gone: entries whose text the script no longer has, kept should it come back.
    """

    language: str
    slug: str
    entries: Mapping[str, Entry]
    gone: tuple[Entry, ...] = ()


def fingerprint(source: str, translation: str) -> str:
    """Give what tells two wordings apart: an edit of either changes it."""
    return hashlib.sha256(f"{source}\0{translation}".encode()).hexdigest()[:12]


def parse_review(comment: str) -> Review | None:
    """Read `revisado: <who>; <date>; <fingerprint>`; None where a comment is none."""
    found = _REVIEW.match(comment.strip())
    return Review(*found.groups()) if found else None
