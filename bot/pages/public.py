"""The public page: what is open, how to take part, and how to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask

from bot.assets import public
from flows.languages.catalogue import find_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.pages.ways import Way
    from flows.flow import Flow


def add_public_page(
    blueprint: flask.Blueprint,
    find_open: Callable[[], Sequence[Flow]],
    ways: Sequence[Way],
    *,
    has_simulator: bool,
) -> None:
    """Serve `/`; see `bot.pages.make_pages`."""

    @blueprint.get("/")
    @public
    def home() -> str:
        return flask.render_template(
            "pages/public.html",
            flows=find_open(),
            ways=ways,
            words=find_language("es").service,
            name_language=lambda code: find_language(code).autonym,
            has_simulator=has_simulator,
        )
