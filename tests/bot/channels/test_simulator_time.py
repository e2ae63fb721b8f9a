"""A simulated phone may have a time of its own; nonsense is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.channels.base import Refused
from tests.support.channel_tables import find_table

TABLE = find_table("simulator")


@pytest.mark.parametrize(
    "at",
    [
        "",
        "mañana",
        "2026-03-02T10:00:00",  # whose ten o'clock?
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "9" * 41,
        1772467200,
    ],
)
def test_a_time_that_is_none_is_refused(at: object) -> None:
    request = TABLE.request(TABLE.cases[0])
    message = {**json.loads(request.body), "at": at}

    with pytest.raises(Refused) as refusal:
        TABLE.make().read(replace(request, body=json.dumps(message).encode()))

    assert refusal.value.status == 400
