"""Su cuenta: what one may do oneself, and in which browsers one is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import ngettext
from flask_security import current_user

from admin.protection import held_permissions, permission
from admin.roles import PERMISSION_WORDS, ROLES, Permission

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.signin.visits import VisitKeeper
    from storage.database import Database

SEE_OTHER = 303


def add_account(blueprint: Blueprint, database: Database, keeper: VisitKeeper) -> None:
    """Serve the page and its one form."""

    @blueprint.get("/cuenta")
    @permission(Permission.SEE_FIGURES)
    def account() -> ResponseReturnValue:
        with database.reading() as unit:
            visits = unit.visits.list(current_user.id)
        return render_template(
            "admin/account.html",
            roles=[ROLES[one.name].label for one in current_user.roles if one.name in ROLES],
            may=[PERMISSION_WORDS[one] for one in Permission if one in held_permissions()],
            visits=visits,
            own=keeper.find_own(),
        )

    @blueprint.post("/cuenta/cerrar-las-demas")
    @permission(Permission.SEE_FIGURES)
    def end_others() -> ResponseReturnValue:
        own = keeper.find_own() or abort(400)
        with database.unit() as unit:
            ended = unit.visits.end_others(own, current_user.id)
        flash(ngettext("Se cerró %(num)d sesión.", "Se cerraron %(num)d sesiones.", ended))
        return redirect(url_for("admin.account"), SEE_OTHER)
