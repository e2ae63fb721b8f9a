"""The pages that anybody may see: what is open, and phones to try it with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import flask

from bot.assets import add_assets
from bot.pages.public import add_public_page
from bot.pages.simulator import add_simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.pages.simulator import Play
    from bot.pages.ways import Way
    from flows.flow import Flow

FOLDER = Path(__file__).parent


def make_pages(
    find_open: Callable[[], Sequence[Flow]], ways: Sequence[Way], play: Play | None = None
) -> flask.Blueprint:
    """Make `/`, and `/simulator/` where there is something to play with.

    Args:
        find_open: gives the live flow of each open consultation.
        ways: how people can write in, in the order to show them.
        play: what the simulator needs; None for a house without one, as in production.
    """
    blueprint = flask.Blueprint("pages", __name__, template_folder=str(FOLDER / "templates"))
    add_assets(blueprint, FOLDER / "static", "/pages")
    add_public_page(blueprint, find_open, ways, has_simulator=play is not None)
    if play is not None:
        add_simulator(blueprint, play, find_open)
    return blueprint
