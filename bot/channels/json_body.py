"""A JSON object as the body of a request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.channels.base import Refused
from bot.channels.texts import storable

if TYPE_CHECKING:
    from bot.channels.base import Request


def read_json(request: Request) -> dict[str, object]:
    """Read the body, whatever its content type says: some gateways call JSON plain text.

    Every text in it is `storable`: an id or a number ends in the database as much as a message.

    Raises:
        Refused: 400 for what is not one whole JSON object, or is nested too deep to read.
    """
    try:
        value = _make_storable(json.loads(request.body))
    except (ValueError, RecursionError):
        raise Refused("not_json", 400) from None
    if not isinstance(value, dict):
        raise Refused("not_a_json_object", 400)
    return value


def _make_storable(value: object) -> object:
    match value:
        case str():
            return storable(value)
        case list():
            return [_make_storable(one) for one in value]
        case dict():
            return {storable(key): _make_storable(one) for key, one in value.items()}
        case _:
            return value
