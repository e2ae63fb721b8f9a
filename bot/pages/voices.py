"""`/voces/…`: recordings, for providers and browsers to fetch. Who has not the address has none.

Served on both sides of the house: staff listen to them too.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import flask

from bot.assets import public
from bot.messages import VOICES_PATH

if TYPE_CHECKING:
    from storage.database import Database
    from storage.files import MediaFiles

A_DAY = 24 * 3600
"""No longer: what is taken back is to be gone."""

_NAME = re.compile("[0-9a-f]+")

TYPES = {"audio/ogg": "audio/ogg; codecs=opus"}
"""As Meta asks for: it takes no other OGG."""


def make_voices(database: Database, files: MediaFiles) -> flask.Blueprint:
    """Make what serves recordings by their random names, and nothing else of the media folder."""
    blueprint = flask.Blueprint("voices", __name__)

    @blueprint.get(f"{VOICES_PATH}<name>.<extension>")
    @public
    def voice(name: str, extension: str) -> flask.Response:  # noqa: ARG001 - for whoever saves it
        kind = None
        if _NAME.fullmatch(name):  # PostgreSQL takes not every sign, not even to look for it
            with database.reading() as unit:
                kind = unit.recordings.find_kind(name)
        if kind is None:
            flask.abort(404)
        try:
            content = files.read(name)
        except FileNotFoundError:
            flask.abort(404)
        # Answers parts too: without them some telephones play nothing.
        response = flask.send_file(
            io.BytesIO(content), mimetype=kind, conditional=True, etag=name, max_age=A_DAY
        )
        response.headers["Content-Type"] = TYPES.get(kind, kind)
        response.cache_control.public = True
        return response

    return blueprint
