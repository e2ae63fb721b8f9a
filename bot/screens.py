"""USSD dialogs: what was typed since the last screen, and screens of several pages.

A gateway that accumulates sends the whole path each time (`1*2*hola`). A person may type a
`*` herself, and our own pages are inputs too, so a position is never computed from the path:
what is new is the difference to the path kept from the request before.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from bot.messages import SessionEvent
from flows.text.paging import page_keys, paginate

if TYPE_CHECKING:
    from bot.messages import Inbound
    from flows.text.render import Rendered


@dataclass(frozen=True, slots=True)
class Screen:
    """What is kept of a dialog between two requests.

    Attributes:
        path: the accumulated text so far.
        pages: the pages of the screen that is shown; `at` is the one in view.
        more, back: the words that turn them. They belong to the screen and are never
            digits where the answer is a number.
        open: whether the dialog goes on after the last page.
    """

    path: str = field(default="", repr=False)
    pages: tuple[str, ...] = field(default=(), repr=False)
    at: int = 0
    more: str = ""
    back: str = ""
    open: bool = False

    @classmethod
    def from_json(cls, text: str) -> Screen | None:
        """Read a kept screen; None where nothing was kept."""
        if not text:
            return None
        data = json.loads(text)
        return cls(**{**data, "pages": tuple(data["pages"])})

    def to_json(self) -> str:
        """Write the screen for the next request."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @property
    def text(self) -> str:
        """Give the page in view."""
        return self.pages[self.at] if self.pages else ""

    @property
    def keeps_open(self) -> bool:
        """Tell whether the session must stay open: for an answer, or for a further page."""
        return self.open or self.at < len(self.pages) - 1

    def turn(self, typed: str) -> Screen | None:
        """Give the screen after a page word; None where `typed` is no page word."""
        word = typed.strip().casefold()
        if word == self.more.casefold() and self.at < len(self.pages) - 1:
            return replace(self, at=self.at + 1)
        if word == self.back.casefold() and self.at > 0:
            return replace(self, at=self.at - 1)
        return None


def find_input(kept: Screen | None, inbound: Inbound) -> str | None:
    """Find what the person typed since the last screen; None where she only dialled.

    What stands in the first request is the dialled code (`*384*17#`), not an answer.
    """
    if not inbound.path:
        return None if inbound.session is SessionEvent.NEW else inbound.text
    if kept is None or not inbound.text:
        return None
    if kept.path and inbound.text.startswith(f"{kept.path}*"):
        return inbound.text[len(kept.path) + 1 :]
    return inbound.text if not kept.path else inbound.text.rpartition("*")[2]


def show(rendered: Rendered, path: str, *, is_open: bool) -> Screen:
    """Lay a rendered turn out as pages of one screen each."""
    more, back = page_keys(rendered.awaits)
    pages = paginate("\n".join(rendered.texts), more=f"{more} Mas", back=f"{back} Atras")
    return Screen(path=path, pages=tuple(pages), more=more, back=back, open=is_open)
