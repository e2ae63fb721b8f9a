"""`puente simulate`: synthetic citizens take part in a consultation on a running server."""

from __future__ import annotations

import ipaddress
import secrets
from urllib.parse import urlsplit

import click

from puente.bundled import UnknownScriptError
from puente.citizens.crowd import ServerError, Summary
from puente.citizens.crowd import simulate as run
from puente.console import load_settings

MOST_CITIZENS = 1_000_000


@click.command()
@click.argument("slug")
@click.option("--citizens", type=click.IntRange(1, MOST_CITIZENS), required=True, help="How many.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=None,
    help="Draws who they are; the same crowd for the same seed, another one without it.",
)
@click.option("--url", help="The web process; this machine's, at PORT or 8000, by default.")
def simulate(slug: str, citizens: int, seed: int | None, url: str | None) -> None:
    """Let synthetic citizens answer the consultation SLUG by SMS, WhatsApp and USSD.

    They read only the text on their phones. The server must be this machine, or the one
    PUENTE_PUBLIC_URL names, and have the channel `simulator`.
    """
    url = url or f"http://127.0.0.1:{load_settings().port}"
    _check(url)
    if seed is None:
        seed = secrets.randbelow(1_000_000)
    try:
        summary = run(url, slug, citizens, seed)
    except UnknownScriptError as error:
        raise click.ClickException(str(error)) from error
    except ServerError as error:
        raise click.ClickException(f"{error}; does Puente run there? see --url") from error
    click.echo(describe(summary, seed))


def describe(summary: Summary, seed: int) -> str:
    """Say in a few lines what became of a crowd."""
    endings = ", ".join(
        f"{name.replace('_', ' ')} {count}" for name, count in sorted(summary.endings.items())
    )
    forms = ", ".join(f"{form} {count}" for form, count in sorted(summary.forms.items()))
    return "\n".join(
        [
            f"{summary.people} people (seed {seed}): {endings}",
            f"by phone: {forms}",
            f"{summary.messages} messages in {summary.seconds:.1f} s, {summary.rate:.0f}/s",
        ]
    )


def _check(url: str) -> None:
    """Refuse any server but ours: a crowd let loose on another is an attack."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise click.BadParameter("is not an address like http://127.0.0.1:8000", param_hint="--url")
    if _is_loopback(parts.hostname):
        return
    own = urlsplit(load_settings().public_url)
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        raise click.BadParameter(
            "is neither this machine nor PUENTE_PUBLIC_URL", param_hint="--url"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
