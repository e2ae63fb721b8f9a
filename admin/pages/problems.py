"""Pages for what went wrong, each with what to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError

if TYPE_CHECKING:
    from flask import Blueprint, Flask
    from flask.typing import ResponseReturnValue
    from werkzeug.exceptions import HTTPException


_SCRIPTS = (
    lazy_gettext("Un guion puede pesar 512 KB como mucho. No se guardó ni se publicó nada."),
    lazy_gettext("Vuelva atrás y divida la consulta en dos."),
)
_LISTS = (
    lazy_gettext("Una lista puede pesar 2 MB como mucho. No se guardó nada."),
    lazy_gettext("Vuelva atrás y divídala, o deje en ella solo la columna de los números."),
)
_FORMS = (
    lazy_gettext("Lo que se mandó no cabe en este formulario. No se guardó nada."),
    lazy_gettext("Vuelva atrás y mande menos texto de una vez."),
)
_TRANSLATIONS = (
    lazy_gettext("Un archivo de traducciones puede pesar 1 MB como mucho. No se cambió nada."),
    lazy_gettext("Vuelva atrás y suba solo el archivo que descargó de aquí."),
)
_TOO_LARGE = {"/guion/": _SCRIPTS, "/invitaciones/": _LISTS, "/idiomas/": _TRANSLATIONS}
"""Where -> what was too large, and what to do now."""


def add_problem_pages(app: Flask, blueprint: Blueprint) -> None:
    """Show our own pages for a stale form, for what is not allowed and for what is not there."""

    # Flask-Security's own form is outside the blueprint, hence for the whole application.
    @app.errorhandler(CSRFError)
    def _stale(_error: CSRFError) -> ResponseReturnValue:
        return _page(
            400,
            _("Esta página ya no sirve"),
            _("Estuvo abierta mucho tiempo o el navegador no guarda cookies."),
            _("No se hizo ningún cambio. Vuelva atrás, cargue la página otra vez y repita."),
        )

    @blueprint.errorhandler(403)
    def _forbidden(_error: HTTPException) -> ResponseReturnValue:
        return _page(
            403,
            _("Su cuenta no tiene este permiso"),
            _("Si lo necesita para su trabajo, pídalo a quien administra el sistema."),
        )

    @blueprint.errorhandler(404)
    def _missing(_error: HTTPException) -> ResponseReturnValue:
        return _page(
            404,
            _("No encontramos esa página"),
            _("Puede que la dirección tenga un error o que la consulta tenga otro nombre."),
        )

    @blueprint.errorhandler(413)
    def _large(_error: HTTPException) -> ResponseReturnValue:
        return _page(
            413,
            _("Es demasiado grande"),
            *next((said for at, said in _TOO_LARGE.items() if at in request.path), _FORMS),
        )


def _page(status: int, title: str, *sentences: str) -> ResponseReturnValue:
    return render_template("admin/problem.html", title=title, sentences=sentences), status
