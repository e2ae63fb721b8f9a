"""Wrong passwords as they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passwords in a row; an attempt counts as wrong until it is known to be right."""

    wrong: int
    since_at: datetime
    locked_until: datetime | None = None
