"""The settings: the only place that reads the environment."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from puente.channels_file import default_channels, read_channels
from puente.clock import Clock, parse_offset
from puente.secret_files import keep_secret
from puente.valkey import make_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.settings import ChannelSettings
    from storage.sealing import PhoneKeys

KEY_BYTES = 32
SECRET_KEY_LENGTH = 32  # signs; below that an attacker may guess
HIGHEST_PORT = 65535


class SettingsError(Exception):
    """Settings that Puente cannot start with.

    Attributes:
        problems: one sentence for each variable or line, all at once, without values.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, checked. Nothing secret shows in its repr.

    Attributes:
        data: the folder for everything that is kept on this machine; absolute.
        database_url: SQLAlchemy's form; PostgreSQL always by psycopg 3.
        is_redis_embedded: whether `redis_url` is the valkey in the data folder.
        channels: of channels.yaml, or the default ones.
        public_url: what providers call and sign, without a slash at its end; this machine's
            own address where PUENTE_PUBLIC_URL says nothing.
        phone_keys: the first one writes, all read.
        keys: the folder of one key file per consultation.
        trusted_proxies: how many proxies stand in front of us; 0 trusts no header.
        mail_url: how mail is sent; without it one-time links are shown on screen.
        asks_second_person: whether publishing and the like wait for somebody else's approval.
        metrics_token: what a Prometheus elsewhere shows; empty lets only this host in.
        log_level: `info`, a line for each message; `warning`, only what went wrong.
    """

    is_production: bool
    data: Path
    port: int
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    is_redis_embedded: bool
    channels: tuple[ChannelSettings, ...]
    public_url: str
    secret_key: str = field(repr=False)
    phone_keys: PhoneKeys = field(repr=False)
    keys: Path
    trusted_proxies: int
    mail_url: str = field(repr=False)
    timezone: ZoneInfo
    clock: Clock
    asks_second_person: bool
    metrics_token: str = field(repr=False)
    log_level: str

    @property
    def is_https(self) -> bool:
        """Whether people reach us by https, as far as PUENTE_PUBLIC_URL says."""
        return self.public_url.startswith("https://")


def read_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Read the environment, and in development also `.env`.

    Args:
        environ: the environment; the process's own when None.
        folder: where `.env`, `var` and `channels.yaml` are looked for; the working folder
            when None.

    Raises:
        SettingsError: with every problem at once.
    """
    environ = os.environ if environ is None else environ
    folder = Path.cwd() if folder is None else folder
    if environ.get("PUENTE_ENV", "development") != "production":
        written = dotenv_values(folder / ".env")
        environ = {name: value for name, value in written.items() if value is not None} | dict(
            environ
        )
    return _Reader(environ, folder).read()


class _Reader:
    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self._environ = environ
        self._folder = folder
        self._problems: list[str] = []
        self._data = self._path("PUENTE_DATA", folder / "var")
        self._is_production = self._environ.get("PUENTE_ENV") == "production"

    def read(self) -> Settings:
        if self._text("PUENTE_ENV", "development") not in {"development", "production"}:
            self._report("PUENTE_ENV", "is neither development nor production")
        port = self._number("PORT", 8000, lowest=1, highest=HIGHEST_PORT)
        public_url = self._url("PUENTE_PUBLIC_URL") or f"http://127.0.0.1:{port}"
        redis_url = self._text("REDIS_URL")
        settings = Settings(
            is_production=self._is_production,
            data=self._data,
            port=port,
            database_url=self._database_url(),
            redis_url=redis_url or make_url(self._data / "valkey"),
            is_redis_embedded=not redis_url,
            channels=self._channels(public_url),
            public_url=public_url,
            secret_key=self._secret_key(),
            phone_keys=self._phone_keys(),
            keys=self._path("PUENTE_KEYS", self._data / "keys"),
            trusted_proxies=self._number("PUENTE_TRUSTED_PROXIES", 0, highest=9),
            mail_url=self._text("PUENTE_MAIL_URL"),
            timezone=self._timezone(),
            clock=Clock(self._clock_offset()),
            asks_second_person=self._yes("PUENTE_SECOND_PERSON", default=self._is_production),
            metrics_token=self._text("PUENTE_METRICS_TOKEN"),
            log_level=self._log_level(),
        )
        if self._problems:
            raise SettingsError(tuple(dict.fromkeys(self._problems)))
        return settings

    def _log_level(self) -> str:
        level = self._text("PUENTE_LOG", "info")
        if level not in {"info", "warning"}:
            self._report("PUENTE_LOG", "is neither info nor warning")
        return level

    def _report(self, name: str, what: str) -> None:
        self._problems.append(f"{name} {what}")

    def _text(self, name: str, default: str = "") -> str:
        return self._environ.get(name, "").strip() or default

    def _path(self, name: str, default: Path) -> Path:
        text = self._text(name)
        return (self._folder / text if text else default).absolute()

    def _number(self, name: str, default: int, *, lowest: int = 0, highest: int) -> int:
        text = self._text(name, str(default))
        is_number = text.isascii() and text.isdecimal()
        if not is_number or not lowest <= int(text) <= highest:
            self._report(name, f"is not a number from {lowest} to {highest}")
            return default
        return int(text)

    def _yes(self, name: str, *, default: bool) -> bool:
        text = self._text(name, "yes" if default else "no")
        if text not in {"yes", "no"}:
            self._report(name, "is neither yes nor no")
        return text == "yes"

    def _url(self, name: str) -> str:
        url = self._text(name).rstrip("/")
        if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
            self._report(name, "is not an address like https://consulta.example.org")
        return url

    def _database_url(self) -> str:
        url = self._text("DATABASE_URL")
        if not url:
            return f"sqlite:///{self._data / 'puente.sqlite3'}"
        scheme, separator, rest = url.partition("://")
        if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and separator:
            return f"postgresql+psycopg://{rest}"
        if scheme != "sqlite" or not separator:
            self._report("DATABASE_URL", "begins with neither postgresql:// nor sqlite:///")
        return url

    def _channels(self, public_url: str) -> tuple[ChannelSettings, ...]:
        path = self._path("PUENTE_CHANNELS", self._folder / "channels.yaml")
        if not path.exists():
            if self._text("PUENTE_CHANNELS"):
                self._report("PUENTE_CHANNELS", f"names a file that is not there: {path}")
            return default_channels(
                self._environ, public_url=public_url, is_production=self._is_production
            )
        channels, problems = read_channels(path, self._environ, public_url=public_url)
        self._problems.extend(problems)
        return channels

    def _secret_key(self) -> str:
        key = self._text("PUENTE_SECRET_KEY")
        if key:
            if len(key) < SECRET_KEY_LENGTH:
                self._report("PUENTE_SECRET_KEY", f"is shorter than {SECRET_KEY_LENGTH} signs")
            return key
        return self._own_secret("PUENTE_SECRET_KEY", "secret_key", "any 32 random signs or more")

    def _phone_keys(self) -> PhoneKeys:
        # Imported here: of those who read settings, not all need cryptography.
        from storage.sealing import KeysError, PhoneKeys  # noqa: PLC0415

        text = self._text("PUENTE_PHONE_KEYS")
        if not text:
            own = self._own_secret(
                "PUENTE_PHONE_KEYS", "phone_key", "id:base64 of 32 random bytes, …"
            )
            return PhoneKeys((("dev", bytes.fromhex(own)),))
        try:
            return PhoneKeys.parse(text)
        except KeysError:
            # Its sentence may name as an id what is a key without one.
            self._report("PUENTE_PHONE_KEYS", "is not id:base64,id:base64,… of 32 bytes each")
            return PhoneKeys(())

    def _own_secret(self, name: str, file: str, what: str) -> str:
        if self._is_production:
            self._report(name, f"is missing: {what}")
            return ""
        try:
            return keep_secret(self._data / "secrets" / file, lambda: secrets.token_hex(KEY_BYTES))
        except OSError as error:
            self._report("PUENTE_DATA", f"is a folder that cannot be used: {error.strerror}")
            return ""

    def _timezone(self) -> ZoneInfo:
        name = self._text("PUENTE_TIMEZONE", "America/Guatemala")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self._report("PUENTE_TIMEZONE", "is not a time zone like America/Guatemala")
            return ZoneInfo("UTC")

    def _clock_offset(self) -> timedelta:
        text = self._text("PUENTE_CLOCK_OFFSET")
        if not text:
            return timedelta()
        if self._is_production:
            self._report("PUENTE_CLOCK_OFFSET", "is for development only")
        offset = parse_offset(text)
        if offset is None:
            self._report("PUENTE_CLOCK_OFFSET", "is neither seconds nor like +2h, -30m, 1d")
        return offset or timedelta()
