"""A revision on a page of its own: its script, and its picture with the same told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template

from admin.pages.giving import give_file
from admin.protection import permission
from admin.roles import Permission
from bot.publishing import UnknownRevisionError, get_revision
from flows.script.graph import LEGEND, draw, list_steps
from flows.script.parse import read_script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint, Response
    from flask.typing import ResponseReturnValue

    from flows.script.model import Script
    from storage.database import Database
    from storage.published import Revision


class RevisionPages:
    """Shows what was published once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def show(self, slug: str, number: int) -> ResponseReturnValue:
        """Show a revision; one that can no longer be read is shown as it was written."""
        revision = self._find(slug, number)
        script = read_script(revision.source, name=slug).script
        return render_template(
            "admin/revision.html",
            slug=slug,
            title=script.title if script else slug,
            revision=revision,
            graph=script and picture(script),
        )

    def picture(self, slug: str, number: int) -> ResponseReturnValue:
        """Give the picture as a file."""
        script = read_script(self._find(slug, number).source, name=slug).script or abort(404)
        return make_file(script, f"{slug}_{number}.svg")

    def _find(self, slug: str, number: int) -> Revision:
        with self._database.reading() as unit:
            try:
                return get_revision(unit, slug, number)
            except UnknownRevisionError:
                abort(404)


def picture(script: Script) -> Mapping[str, object]:
    """Give what `admin/graph.html` shows: the picture, how to read it, and its steps as rows."""
    return {"picture": draw(script), "legend": LEGEND, "steps": list_steps(script)}


def make_file(script: Script, name: str) -> Response:
    """Give the picture of a script as a file to keep."""
    return give_file(draw(script), "image/svg+xml; charset=utf-8", name)


def add_revisions(blueprint: Blueprint, pages: RevisionPages) -> None:
    """Serve the page and the picture to who may publish."""
    write = permission(Permission.WRITE_SCRIPTS)
    address = "/consultas/<slug>/guion/<int:number>"
    blueprint.add_url_rule(address, "revision", write(pages.show))
    blueprint.add_url_rule(f"{address}/dibujo.svg", "revision_picture", write(pages.picture))
