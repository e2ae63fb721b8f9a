"""What `puente doctor` looks at, beside the channels: each check gives findings in Spanish."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from bot.channels.diagnosis import Finding, diagnose
from bot.refusals import RefusalMemory
from bot.spool import QUOTA_BYTES, RESERVE_BYTES
from puente.channels import make_channels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from puente.settings import Settings

    Check = Callable[[Settings], Iterator[Finding]]

GIGABYTE = 10**9

REFUSALS = "refusals"
"""The folder, below the data folder, of what `bot.refusals` remembers."""


def check_data(settings: Settings) -> Iterator[Finding]:
    """Look at the data folder."""
    if os.access(settings.data, os.W_OK | os.X_OK):
        yield Finding("ok", f"la carpeta de datos se puede escribir: {settings.data}")
    else:
        yield Finding("problem", f"la carpeta de datos no se puede escribir: {settings.data}")


def check_database(settings: Settings) -> Iterator[Finding]:
    """Look whether the database answers and has the migrations of this version."""
    # Imported here, as in the next one: a doctor of one channel needs neither.
    from puente.house import make_database  # noqa: PLC0415
    from storage.errors import DatabaseAwayError  # noqa: PLC0415
    from storage.migrate import is_current  # noqa: PLC0415

    database = make_database(settings)
    try:
        current = is_current(database.engine)
    except DatabaseAwayError as error:
        why = getattr(error.__cause__, "orig", "")
        yield Finding("problem", f"la base de datos no responde: {why}")
    else:
        if current:
            yield Finding("ok", "la base de datos responde y está al día")
        else:
            yield Finding("problem", "la base de datos no está al día: ejecute puente db upgrade")
    finally:
        database.close()


def check_spool(settings: Settings) -> Iterator[Finding]:
    """Tell of messages on this host that could not be taken; where there are none, nothing."""
    from puente.house import make_spool  # noqa: PLC0415 - as above

    count = make_spool(settings).count_set_aside()
    if count:
        yield Finding(
            "problem",
            f"mensajes apartados por una falla nuestra: {count}. Corregida la falla"
            " (message_failed en el registro), ejecute puente spool retake",
        )


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Look how much room there is for what comes in while the database is away."""
    try:
        free = shutil.disk_usage(settings.data).free
    except OSError:
        return  # `check_data` has said so
    room = f"al disco de la carpeta de datos le quedan {free / GIGABYTE:.1f} GB"
    if free < RESERVE_BYTES:
        yield Finding("problem", f"{room}: así no se reciben mensajes si la base de datos cae")
    elif free < QUOTA_BYTES:
        yield Finding("warning", f"{room}; haga lugar antes de que se llene")
    else:
        yield Finding("ok", room)


def check_running(settings: Settings) -> Iterator[Finding]:
    """Look which processes live, whether clocks agree, and whether answers go out."""
    from puente.house import make_database  # noqa: PLC0415 - as above
    from puente.running import look_at_running  # noqa: PLC0415
    from storage.errors import DatabaseAwayError  # noqa: PLC0415
    from storage.migrate import is_current  # noqa: PLC0415

    database = make_database(settings)
    try:
        if is_current(database.engine):
            yield from database.read(lambda unit: list(look_at_running(unit, settings.clock())))
    except DatabaseAwayError:
        return  # `check_database` has said so
    finally:
        database.close()


def check_redis(settings: Settings) -> Iterator[Finding]:
    """Look whether Redis answers; without it everything goes on, a little later."""
    import redis  # noqa: PLC0415

    with redis.Redis.from_url(settings.redis_url, socket_connect_timeout=2) as client:
        try:
            client.ping()
        except redis.RedisError:
            hint = ": arranca con puente up o puente worker" if settings.is_redis_embedded else ""
            yield Finding(
                "warning",
                f"Redis no responde{hint}; los avisos salen hasta un segundo más tarde",
            )
        else:
            yield Finding("ok", "Redis responde")


def say_where_to_enter(public_url: str) -> str:
    """Say by which address staff enter, where the one they see here will not let them in."""
    return (
        f"La entrada del personal está en {public_url}/admin/ y por http no funciona: "
        "PUENTE_PUBLIC_URL dice https. Sin https (pruebas), quítela o escríbala con http"
    )


def check_entrance(settings: Settings) -> Iterator[Finding]:
    """Say what https in PUENTE_PUBLIC_URL asks of whoever enters; with http all is well."""
    if settings.is_https:
        yield Finding("ok", say_where_to_enter(settings.public_url))


def check_channels(settings: Settings) -> Iterator[Finding]:
    """Look whether there is a way in, and whether every channel can be made."""
    channels = make_channels(settings.channels)
    if channels:
        names = ", ".join(f"{name} ({channel.kind})" for name, channel in channels.items())
        yield Finding("ok", f"canales: {names}; revise uno con --channel NOMBRE")
    else:
        yield Finding("problem", "no hay ningún canal: escriba channels.yaml")


CHECKS: tuple[Check, ...] = (
    check_data,
    check_database,
    check_disk,
    check_spool,
    check_running,
    check_redis,
    check_channels,
    check_entrance,
)


def check_channel(settings: Settings, name: str) -> list[Finding] | None:
    """Look at one channel from all sides, asking its provider; None if there is no such one."""
    entry = next((entry for entry in settings.channels if entry.name == name), None)
    if entry is None:
        return None
    channel = make_channels([entry])[name]
    memory = RefusalMemory(settings.data / REFUSALS, settings.clock)
    return diagnose(channel, entry, memory.find(name), memory.find_accepted(name))
