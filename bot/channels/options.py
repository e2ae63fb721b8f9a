"""Reading one entry of channels.yaml: what is missing, wrong or unknown is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

from bot.channels.base import Tariff
from bot.channels.credentials import Secret
from bot.channels.settings import ChannelSettingsError

if TYPE_CHECKING:
    from bot.channels.settings import ChannelSettings

OCTET = range(256)
TARIFFS: tuple[Tariff, ...] = get_args(Tariff)


class Options:
    """The keys of one entry, each read once by its kind; `finish` reports the rest.

    Every reader raises `ChannelSettingsError`, whose Spanish sentence names the channel and
    the key, and never shows a value: it may be a secret in the wrong place.
    """

    def __init__(self, settings: ChannelSettings) -> None:
        self._name = settings.name
        self._left = dict(settings.options)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text; without `default` it must be there."""
        value = self._left.pop(key, None)
        if value in (None, ""):
            if default is None:
                raise self.error(key, "falta")
            return default
        if not isinstance(value, str):
            raise self.error(key, "debe ir entre comillas, como texto")
        return value

    def secret(self, key: str) -> Secret:
        """Read a secret: a text, or a list of texts while it is being rotated."""
        value = self._left.pop(key, None)
        values = value if isinstance(value, list) else [value]
        if not values or not all(values):
            raise self.error(key, "falta")
        texts = tuple(one for one in values if isinstance(one, str))
        if len(texts) < len(values):
            raise self.error(key, "debe ir entre comillas, como texto")
        return Secret(texts)

    def url(self, key: str, default: str | None = None) -> str:
        """Read the address of a service, without a slash at its end."""
        value = self.text(key, default)
        if urlsplit(value).scheme not in {"http", "https"}:
            raise self.error(key, "debe empezar con https:// (o http://)")
        return value.rstrip("/")

    def numbers(self, key: str, default: tuple[int, ...], most: int = 32) -> tuple[int, ...]:
        """Read a whole number, or a list of up to `most`, each of one octet."""
        value = self._left.pop(key, None)
        if value is None:
            return default
        values = value if isinstance(value, list) else [value]
        numbers = tuple(one for one in values if type(one) is int and one in OCTET)
        if not 0 < len(numbers) == len(values) <= most:
            many = "" if most == 1 else ", o una lista de ellos"
            raise self.error(key, f"debe ser un número de 0 a 255 sin comillas{many}")
        return numbers

    def texts_by_number(self, key: str, numbers: range) -> dict[int, str]:
        """Read a table of texts by whole numbers; none where the key is not there."""
        value = self._left.pop(key, {})
        if not isinstance(value, dict) or not all(
            type(number) is int and number in numbers and text and isinstance(text, str)
            for number, text in value.items()
        ):
            span = f"{numbers[0]} a {numbers[-1]}"
            raise self.error(key, f"debe ser una tabla de textos por número, de {span}")
        return dict(value)

    def texts_by_two(self, key: str) -> dict[str, dict[str, str]]:
        """Read a table of texts by two words; none where the key is not there."""
        value = self._left.pop(key, {})
        if not isinstance(value, dict) or not all(
            isinstance(row, dict) and all(text and isinstance(text, str) for text in row.values())
            for row in value.values()
        ):
            raise self.error(key, "debe ser una tabla de tablas de textos")
        return {
            str(one): {str(two): text for two, text in row.items()} for one, row in value.items()
        }

    def tariff(self, default: Tariff) -> Tariff:
        """Read who pays for what a citizen sends."""
        value = self.text("tariff", default)
        for tariff in TARIFFS:
            if value == tariff:
                return tariff
        raise self.error("tariff", f"debe ser una de estas palabras: {', '.join(TARIFFS)}")

    def error(self, key: str, why: str) -> ChannelSettingsError:
        """Make the error for a key whose value its kind cannot work with."""
        return ChannelSettingsError(f'canal "{self._name}": la clave "{key}" {why}')

    def finish(self) -> None:
        """Report keys nobody read: a misspelt one would otherwise do nothing in silence."""
        for key in self._left:
            raise self.error(str(key), "no se conoce; revise cómo está escrita")
