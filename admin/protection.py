"""Every route says who may use it: `@public`, or `@permission(…)`.

The decorators leave the word in `view.protection`, and a test walks all routes: one that says
nothing fails it.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import abort, redirect, request, url_for
from flask_security import current_user

from admin.roles import Permission, permissions_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    View = Callable[..., ResponseReturnValue]

AnyView = TypeVar("AnyView", bound="Callable[..., Any]")

PUBLIC = "public"
SIGN_IN = "security.login"
SIGN_OUT = "security.logout"
"""The endpoints of Flask-Security's pages."""


def declare(view: AnyView, protection: str) -> AnyView:
    """Note down who may use a view, without guarding it."""
    cast("Any", view).protection = protection
    return view


def public(view: View) -> View:
    """Let anybody use this view."""
    return declare(view, PUBLIC)


def permission(needed: Permission) -> Callable[[View], View]:
    """Let those use this view who hold a permission.

    Who has not signed in is sent to do so, and comes back; who may not gets a 403.
    """

    def _guard(view: View) -> View:
        @wraps(view)
        def _guarded(*arguments: Any, **named: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                back = request.full_path.rstrip("?") if request.method == "GET" else None
                return redirect(url_for(SIGN_IN, next=back))
            if needed not in held_permissions():
                abort(403)
            return view(*arguments, **named)

        return declare(_guarded, needed.value)

    return _guard


def held_permissions() -> frozenset[Permission]:
    """Give what the person who has signed in may do."""
    return permissions_of(role.name for role in current_user.roles)


def add_may(blueprint: Blueprint) -> None:
    """Give templates `admin_may("answers:read")`, so that nobody is offered what she may not."""

    @blueprint.app_template_global("admin_may")
    def _may(needed: str) -> bool:
        return Permission(needed) in held_permissions()
