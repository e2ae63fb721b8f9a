"""The button at every page's foot that changes its language."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for

from admin.headers import PREFIX
from admin.language import COOKIE, LANGUAGES, find_language
from admin.pages.confirming import read_next
from admin.protection import public

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

KEPT = timedelta(days=365)
SEE_OTHER = 303


def add_language(blueprint: Blueprint, *, is_https: bool) -> None:
    """Take the choice, before the door too; give templates the other languages and where one is.

    Args:
        blueprint: of the pages.
        is_https: whether the cookie goes by https alone.
    """

    @blueprint.post("/idioma")
    @public
    def choose_language() -> ResponseReturnValue:
        chosen = request.form.get("idioma", "")
        if chosen not in LANGUAGES:
            abort(400)
        response = redirect(read_next(), SEE_OTHER)
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=KEPT,
            path=PREFIX,
            secure=is_https,
            httponly=True,
            samesite="Lax",
        )
        return response

    @blueprint.app_template_global("admin_other_languages")
    def _list_others() -> dict[str, str]:
        return {code: name for code, name in LANGUAGES.items() if code != find_language()}

    @blueprint.app_template_global("admin_here")
    def _say_here() -> str:
        # What came by a form has no address to come back to.
        is_page = request.method == "GET"
        return request.full_path.rstrip("?") if is_page else url_for("admin.consultations")
