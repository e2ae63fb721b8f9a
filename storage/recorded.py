"""Texts of consultations read aloud, in plain records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

EXTENSIONS = {
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
}
"""The kinds of sound that can be kept, each with the ending of its address."""


@dataclass(frozen=True, slots=True)
class RecordedText:
    """One text of a consultation read aloud in a language.

    Attributes:
        key: of the text, `p1/texto`.
        name: of the file in the media folder.
        kind: its content type, one of `EXTENSIONS`.
        size: in bytes.
        mark: of what was read; storage does not look inside.
    """

    language: str
    key: str
    name: str
    kind: str
    size: int
    mark: str
    who: str
    at: datetime

    @property
    def file(self) -> str:
        """What it is called in addresses, which nobody guesses."""
        return f"{self.name}.{EXTENSIONS[self.kind]}"
