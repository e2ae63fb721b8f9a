"""`puente users`: who may open the staff's pages."""

from __future__ import annotations

import secrets
import sys

import click

from admin.roles import ROLES
from admin.signin.accounts import BadAccountError, add_account
from puente.console import load_settings, open_database

TOKEN_BYTES = 32
PASSWORD_BYTES = 12
"""16 letters: typed once, by people who then keep it in a safe place."""


@click.group()
def users() -> None:
    """Give people access to the staff's pages."""


@users.command()
@click.argument("email")
@click.option("--role", type=click.Choice(list(ROLES)), required=True)
def add(email: str, role: str) -> None:
    """Give EMAIL access under a role.

    Who has an account keeps her password. At a terminal the password is asked for and not
    shown; leave it empty, or run this without a terminal, and one is made and shown once.
    """
    settings = load_settings()
    password = _ask() if sys.stdin is not None and sys.stdin.isatty() else ""
    made = "" if password else secrets.token_urlsafe(PASSWORD_BYTES)
    try:
        with open_database(settings) as database:
            is_new = add_account(
                database,
                email=email,
                password=password or made,
                role=role,
                who="puente users",
                now=settings.clock(),
                token=secrets.token_hex(TOKEN_BYTES),
            )
    except BadAccountError as error:
        raise click.ClickException(str(error)) from error
    if not is_new:
        click.echo(f"{email} ya tenía acceso; ahora también como {role}.")
    elif made:
        click.echo(f"{email} puede entrar como {role} con la contraseña {made}")
        click.echo("Esta contraseña no se muestra otra vez.")
    else:
        click.echo(f"{email} puede entrar como {role}.")


def _ask() -> str:
    answer: str = click.prompt(
        "Contraseña (vacía: Puente hace una)",
        default="",
        show_default=False,
        hide_input=True,
        confirmation_prompt="Otra vez",
    )
    return answer
