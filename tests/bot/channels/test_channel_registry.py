"""Nothing is left out of the registry, and nothing in it is left without its table or page."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import bot.channels
from bot.channels import CHANNELS
from bot.channels.base import Channel
from bot.channels.ussd_presets import PRESETS
from tests.support.channel_tables import UNVERIFIED, find_table

PAGES = Path(__file__).parents[3] / "docs" / "channels"


def channel_classes() -> set[type]:
    modules = [
        importlib.import_module(f"bot.channels.{module.name}")
        for module in pkgutil.iter_modules(bot.channels.__path__)
    ]
    return {
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__
        and all(hasattr(member, name) for name in ("verify", "read", "reply", "send"))
    }


def test_every_class_that_is_a_channel_is_registered() -> None:
    assert channel_classes() - {Channel} == set(CHANNELS.values())


def test_every_preset_is_registered() -> None:
    assert set(PRESETS) <= set(CHANNELS)


@pytest.mark.parametrize("kind", CHANNELS)
def test_every_kind_has_a_table_with_cases(kind: str) -> None:
    table = find_table(kind)

    assert table.kind == kind
    assert table.cases


@pytest.mark.parametrize("kind", CHANNELS)
def test_every_kind_has_a_page_that_names_its_keys(kind: str) -> None:
    page = (PAGES / f"{kind}.md").read_text(encoding="utf-8")

    table = find_table(kind)
    for key in {"kind", "tariff", *table.options, *table.required} - {""}:
        assert f"`{key}`" in page


@pytest.mark.parametrize("kind", CHANNELS)
def test_every_page_tells_how_far_its_cases_are_verified(kind: str) -> None:
    cases = find_table(kind).cases
    verified = sum(case.source != UNVERIFIED for case in cases)
    page = (PAGES / f"{kind}.md").read_text(encoding="utf-8")

    assert f"Cases: {len(cases)}, of which {verified} rest on a page" in page


def test_every_page_belongs_to_a_kind() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == set(CHANNELS)
