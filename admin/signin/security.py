"""Flask-Security, with what is needed now and nothing else: sign in, sign out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import request
from flask_security import FormInfo, Security
from flask_wtf import CSRFProtect

from admin.headers import PREFIX
from admin.protection import PUBLIC, SIGN_IN, SIGN_OUT, declare
from admin.signin import passwords
from admin.signin.forms import SignInForm

if TYPE_CHECKING:
    from flask import Flask

    from admin.settings import AdminSettings
    from admin.signin.guard import Guard
    from admin.signin.second_step import SecondDoor
    from storage.staff import StaffDatastore

HASHING = {
    "argon2__type": "ID",
    "argon2__memory_cost": passwords.MEMORY_KB,
    "argon2__time_cost": passwords.PASSES,
    "argon2__parallelism": passwords.LANES,
}


def make_config(settings: AdminSettings) -> dict[str, Any]:
    """Give Flask and its extensions what they read from `app.config`."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "puente",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Providers post to the same application without a token; see `_ask_for_tokens`.
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
        "SECURITY_URL_PREFIX": PREFIX,
        "SECURITY_LOGIN_URL": "/entrar",
        "SECURITY_LOGOUT_URL": "/salir",
        "SECURITY_POST_LOGIN_VIEW": f"{PREFIX}/",
        "SECURITY_POST_LOGOUT_VIEW": f"{PREFIX}/entrar",
        "SECURITY_LOGIN_USER_TEMPLATE": "admin/sign_in.html",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_FRESHNESS": timedelta(days=-1),
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": HASHING,
        "SECURITY_PASSWORD_LENGTH_MIN": passwords.SHORTEST,
        "SECURITY_PASSWORD_NORMALIZE_FORM": passwords.FORM,
    }


def set_up_security(
    app: Flask,
    settings: AdminSettings,
    datastore: StaffDatastore,
    guard: Guard,
    second: SecondDoor,
) -> None:
    """Put Flask-Security's sign-in and sign-out under `/admin`."""
    app.config.from_mapping(make_config(settings))
    _ask_for_tokens(app)
    security = Security()
    security.set_form_info(
        "login_form", FormInfo(lambda _, __, **named: SignInForm(guard, second, **named))
    )
    security.init_app(app, datastore)
    # It would look for a token of its own in the JSON of every request, a webhook's too, before
    # that one's bound and signature are looked at. Nobody is given such tokens.
    security.login_manager.request_loader(lambda _request: None)

    @security.login_context_processor
    def _say_where() -> dict[str, str]:
        # The browser keeps a Secure cookie of a page that came by http from us: nobody gets in.
        is_lost = settings.is_https and not request.is_secure
        return {"secure_url": f"{settings.public_url}{PREFIX}/" if is_lost else ""}

    for endpoint in (SIGN_IN, SIGN_OUT):
        declare(app.view_functions[endpoint], PUBLIC)

    @app.teardown_appcontext
    def _release(_error: BaseException | None) -> None:
        datastore.release()


def _ask_for_tokens(app: Flask) -> None:
    """Refuse what changes something under `/admin` where a form of ours did not send it."""
    tokens = CSRFProtect(app)

    @app.before_request
    def _check() -> None:
        if request.path.startswith(f"{PREFIX}/"):
            tokens.protect()
