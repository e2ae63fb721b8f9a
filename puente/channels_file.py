"""channels.yaml: which channels there are, and what they need to know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.channels.settings import ChannelSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
MOST = 100_000
"""Segments a second: more than any operator takes."""

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

# What each default Twilio channel takes from the environment.
_TWILIO = {
    "twilio-sms": "TWILIO_SMS_SENDER",
    "twilio-whatsapp": "TWILIO_WHATSAPP_SENDER",
}


def default_channels(
    environ: Mapping[str, str], *, public_url: str, is_production: bool
) -> tuple[ChannelSettings, ...]:
    """Say which channels there are without a channels.yaml.

    The simulator, but not in production, where anybody could answer with it; and Twilio's
    two where TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are set. TWILIO_SMS_SENDER and
    TWILIO_WHATSAPP_SENDER are the numbers they send from, TWILIO_API_URL is another
    address of Twilio's API. The name of each is its kind.
    """
    channels = []
    if not is_production:
        channels.append(ChannelSettings("simulator", "simulator", {}, public_url))
    if environ.get("TWILIO_ACCOUNT_SID") and environ.get("TWILIO_AUTH_TOKEN"):
        for kind, sender in _TWILIO.items():
            wanted = {
                "account_sid": "TWILIO_ACCOUNT_SID",
                "auth_token": "TWILIO_AUTH_TOKEN",
                "sender": sender,
                "api_url": "TWILIO_API_URL",
            }
            options = {key: environ[name] for key, name in wanted.items() if environ.get(name)}
            channels.append(ChannelSettings(kind, kind, options, public_url))
    return tuple(channels)


def read_channels(
    path: Path, environ: Mapping[str, str], *, public_url: str
) -> tuple[tuple[ChannelSettings, ...], tuple[str, ...]]:
    """Read channels.yaml.

    Returns:
        The channels, and a sentence for each mistake: file, line, key and what is wrong.
        A value is never shown, since it may be a secret.
    """
    return _Reader(path, environ, public_url).read()


class _Reader:
    def __init__(self, path: Path, environ: Mapping[str, str], public_url: str) -> None:
        self._path = path
        self._environ = environ
        self._public_url = public_url
        self._problems: list[str] = []

    def read(self) -> tuple[tuple[ChannelSettings, ...], tuple[str, ...]]:
        channels = self._read_channels(self._load())
        return tuple(channels), tuple(self._problems)

    def _load(self) -> object:
        # Imported here: a machine without channels.yaml need not wait for it.
        from ruamel.yaml import YAML  # noqa: PLC0415
        from ruamel.yaml.error import MarkedYAMLError  # noqa: PLC0415

        try:
            return YAML(typ="rt").load(self._path.read_text(encoding="utf-8"))
        except MarkedYAMLError as error:
            mark = error.problem_mark
            self._report(0 if mark is None else mark.line + 1, "", error.problem or "broken YAML")
        except (OSError, UnicodeDecodeError) as error:
            self._report(0, "", f"cannot be read ({type(error).__name__})")
        return None

    def _read_channels(self, document: object) -> list[ChannelSettings]:
        if self._problems:
            return []
        entries = document.get("channels") if isinstance(document, dict) else None
        if not isinstance(entries, dict):
            self._report(1, "channels", "is missing: put each channel below `channels:`")
            return []
        channels = []
        for name, entry in entries.items():
            line = _line(entries, name)
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                self._report(line, str(name), "is no channel name: small letters, digits, hyphens")
            elif not isinstance(entry, dict):
                self._report(line, name, "needs its keys, at least `kind`")
            elif not isinstance(entry.get("kind"), str):
                self._report(line, f"{name}.kind", "is missing")
            else:
                options = {
                    str(key): self._expand(value, _line(entry, key), f"{name}.{key}")
                    for key, value in entry.items()
                    if key != "kind"
                }
                channels.append(
                    ChannelSettings(
                        name,
                        str(entry["kind"]),
                        options,
                        self._public_url,
                        self._take_rate(options, line, name),
                        self._take_fallback(options, entries, line, name),
                        self._take_daily(options, line, name),
                        self._take_price(options, line, name),
                    )
                )
        return channels

    def _take_rate(self, options: dict[str, object], line: int, name: str) -> float:
        rate = options.pop("rate", 0)
        if isinstance(rate, (int, float)) and not isinstance(rate, bool) and 0 <= rate < MOST:
            return float(rate)
        self._report(line, f"{name}.rate", "is no number of SMS segments a second, like 10 or 0.5")
        return 0

    def _take_daily(self, options: dict[str, object], line: int, name: str) -> int:
        daily = options.pop("daily", 0)
        if isinstance(daily, int) and not isinstance(daily, bool) and daily >= 0:
            return daily
        self._report(line, f"{name}.daily", "is no whole number of messages a day, like 5000")
        return 0

    def _take_price(self, options: dict[str, object], line: int, name: str) -> float:
        price = options.pop("price", 0)
        if isinstance(price, (int, float)) and not isinstance(price, bool) and 0 <= price < MOST:
            return float(price)
        self._report(line, f"{name}.price", "is no number of quetzales a segment, like 0.25")
        return 0

    def _take_fallback(
        self, options: dict[str, object], entries: Mapping[str, object], line: int, name: str
    ) -> str:
        fallback = options.pop("fallback", "")
        if fallback == "" or (isinstance(fallback, str) and fallback in entries):
            return fallback
        self._report(line, f"{name}.fallback", "is not the name of another channel here")
        return ""

    def _expand(self, value: object, line: int, key: str) -> object:
        if isinstance(value, list):
            return [self._expand(item, line, key) for item in value]
        if not isinstance(value, str):
            return value

        def _replace(match: re.Match[str]) -> str:
            found = self._environ.get(match[1])
            if found is None:
                self._report(line, key, f"needs the environment variable {match[1]}")
            return found or ""

        return _VARIABLE.sub(_replace, value)

    def _report(self, line: int, key: str, what: str) -> None:
        place = f"{self._path}:{line}" if line else str(self._path)
        self._problems.append(": ".join(part for part in (place, f"{key} {what}".strip()) if part))


def _line(mapping: object, key: object) -> int:
    position: tuple[int, int] = mapping.lc.key(key)  # type: ignore[attr-defined]
    return position[0] + 1
