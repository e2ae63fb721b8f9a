"""One file and one line: whatever is written is registered, and what is registered is told."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from typing import TYPE_CHECKING, Any

import pytest

from admin.acts import ACTS, name_detail, say_act
from admin.exports import EXPORTS
from admin.exports.base import Format
from bot.channels import CHANNELS
from bot.channels.base import Channel
from flows.questions import QUESTIONS
from flows.questions.base import QuestionType
from puente.commands import COMMANDS
from puente.commands.try_ import TRIALS
from storage.vocabulary import REQUIRED, AuditAction
from tests.support.code import ROOT, list_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from puente.lazy import Entry

SETTING = re.compile(r"\"((?:PUENTE_|TWILIO_)[A-Z_]+|PORT|DATABASE_URL|REDIS_URL)\"")

REGISTRIES = {
    "bot.channels": (CHANNELS, Channel),
    "flows.questions": (QUESTIONS, QuestionType),
    "admin.exports": (EXPORTS, Format),
}


def find_members(package: str, protocol: type) -> Iterator[type]:
    """Find the classes of a package that have every method of its protocol."""
    methods = {name for name, _ in inspect.getmembers(protocol, inspect.isfunction)}
    wanted = {name for name in methods if not name.startswith("_")}
    folder = importlib.import_module(package).__path__
    for found in pkgutil.iter_modules(folder, f"{package}."):
        module = importlib.import_module(found.name)
        for _, member in inspect.getmembers(module, inspect.isclass):
            is_own = member.__module__ == module.__name__ and not member.__name__.startswith("_")
            if (
                is_own
                and member is not protocol
                and all(callable(getattr(member, name, None)) for name in wanted)
            ):
                yield member


@pytest.mark.parametrize("package", REGISTRIES)
def test_whatever_is_written_is_registered(package: str) -> None:
    registry, protocol = REGISTRIES[package]
    entries: list[Any] = list(registry.values())
    registered = {entry if inspect.isclass(entry) else type(entry) for entry in entries}
    members = set(find_members(package, protocol))
    assert members
    assert members == registered


@pytest.mark.parametrize("kind", CHANNELS)
def test_every_channel_has_its_page(kind: str) -> None:
    page = (ROOT / "docs" / "channels" / f"{kind}.md").read_text(encoding="utf-8")
    assert f"`{kind}`" in page


def test_every_export_format_is_told_in_the_docs() -> None:
    pages = "\n".join(
        path.read_text(encoding="utf-8") for path in list_files(".md") if "docs" in path.parts
    )
    assert [name for name in EXPORTS if f"`{name}`" not in pages] == []


def test_every_setting_is_told() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    code = "".join(
        (ROOT / "puente" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "channels_file.py")
    )
    read = set(SETTING.findall(code))
    assert {"PORT", "PUENTE_DATA", "TWILIO_AUTH_TOKEN"} <= read
    assert sorted(name for name in read if f"`{name}`" not in told) == []


@pytest.mark.parametrize("registry", [COMMANDS, TRIALS])
def test_every_command_can_be_called(registry: Mapping[str, Entry]) -> None:
    for name, entry in registry.items():
        command = entry.load()
        assert command.callback is not None or hasattr(command, "commands"), name


@pytest.mark.parametrize("action", AuditAction)
def test_every_act_of_the_audit_has_the_words_staff_read(action: AuditAction) -> None:
    assert action in ACTS
    assert say_act(action.value) == ACTS[action]
    unnamed = {name for name in REQUIRED[action] if name_detail(name) == name}
    assert unnamed <= {"folio"}


def test_an_act_without_words_stands_as_it_is() -> None:
    assert say_act("staff:new:act") == "staff:new:act"
