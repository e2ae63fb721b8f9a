"""Between a preset and the bytes: the fields of a request, the reply to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.channels.base import Refused, Response
from bot.channels.json_body import read_json
from bot.channels.texts import storable
from bot.channels.ussd_presets import Echo, IfOpen, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.channels.base import Request
    from bot.channels.ussd_presets import Preset

    Fields = Mapping[str, object]

_PATH_PARTS = 3


def read_fields(request: Request, preset: Preset) -> dict[str, object]:
    """Read all fields of a request, those of nested JSON under dotted names.

    Raises:
        Refused: 400 where they are not in the form the provider uses, 404 where the
            provider does not call this path.
    """
    fields: dict[str, object] = dict(_read_path(request, preset))
    if preset.encoding == "form":
        if not request.form:
            raise Refused("not_a_form", 400)
        return fields | dict(request.form)
    if preset.encoding == "query":
        return fields | dict(request.query)
    return fields | dict(_flatten(read_json(request)))


def word(value: object) -> str:
    """Write a field's value as a word; anything but text, a number or yes/no is none."""
    if isinstance(value, bool):
        return str(value).lower()
    return storable(str(value)) if isinstance(value, str | int) else ""


def write_reply(preset: Preset, fields: Fields, screen: str, *, goes_on: bool) -> Response:
    """Write one screen as the provider wants it."""
    if isinstance(preset.reply, IfOpen):
        return Response(f"{preset.reply.choose(goes_on=goes_on)}{screen}")
    body = _fill(preset.reply, fields, screen, goes_on=goes_on)
    return Response(
        json.dumps(body, ensure_ascii=False), content_type="application/json; charset=utf-8"
    )


def _fill(template: object, fields: Fields, screen: str, *, goes_on: bool) -> object:
    match template:
        case Slot.SCREEN:
            return screen
        case IfOpen():
            return template.choose(goes_on=goes_on)
        case Echo(name):
            return fields.get(name)
        case dict():
            return {
                key: _fill(value, fields, screen, goes_on=goes_on)
                for key, value in template.items()
            }
        case constant:
            return constant


def _flatten(value: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _flatten(inner, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", inner


def _read_path(request: Request, preset: Preset) -> Iterator[tuple[str, str]]:
    parts = request.path.split("/")
    has_session = len(parts) == _PATH_PARTS and parts[0] == "session"
    if has_session is not preset.session.startswith("path."):
        raise Refused("wrong_path", 404)
    if has_session:
        yield "path.session", parts[1]
        yield "path.step", parts[2]
