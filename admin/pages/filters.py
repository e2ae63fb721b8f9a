"""How pages write numbers, days and times: as people in Guatemala do, in the page's language."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask_babel import gettext

from admin.language import ENGLISH, SPANISH, find_language

if TYPE_CHECKING:
    from datetime import tzinfo

    from flask import Blueprint

LOCALES = {SPANISH: "es_GT", ENGLISH: "en"}
_DAYS = {SPANISH: "d 'de' MMMM 'de' y", ENGLISH: "d MMMM y"}


def add_filters(blueprint: Blueprint, timezone: tzinfo) -> None:
    """Give templates `admin_number`, `admin_day`, `admin_weekday`, `admin_clock`, `admin_words`.

    The last one translates what is marked, and leaves everything else as it is.
    """

    def _local(day: date) -> date:
        return day.astimezone(timezone).date() if isinstance(day, datetime) else day

    @blueprint.app_template_filter("admin_number")
    def _number(number: int) -> str:
        return format_decimal(number, locale=_locale())

    @blueprint.app_template_filter("admin_day")
    def _day(day: date) -> str:
        return format_date(_local(day), _DAYS[find_language()], locale=_locale())

    @blueprint.app_template_filter("admin_weekday")
    def _weekday(day: date) -> str:
        return format_date(_local(day), "EEE d MMM y", locale=_locale())

    @blueprint.app_template_filter("admin_clock")
    def _clock(at: datetime) -> str:
        return format_datetime(at, "HH:mm", tzinfo=timezone, locale=_locale())

    @blueprint.app_template_filter("admin_words")
    def _words(text: str) -> str:
        # Unlike `_()` of a template it reads no "%": it takes what people wrote as well.
        return str(gettext(text))


def _locale() -> str:
    return LOCALES[find_language()]
