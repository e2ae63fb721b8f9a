"""Every kind reads what its provider sends as its table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels import CHANNELS
from tests.support.channel_tables import UNVERIFIED, find_table

if TYPE_CHECKING:
    from tests.support.channel_tables import Case, Table

TABLES = [find_table(kind) for kind in CHANNELS]
CASES = [
    pytest.param(table, case, id=f"{table.kind}: {case.name}")
    for table in TABLES
    for case in table.cases
]
STATUSES = [
    pytest.param(table, fields, reports, id=f"{table.kind}: receipt {number}")
    for table in TABLES
    for number, (fields, reports) in enumerate(table.statuses, 1)
]


@pytest.mark.parametrize(("table", "case"), CASES)
def test_a_request_is_read_as_its_table_says(table: Table, case: Case) -> None:
    channel = table.make()
    request = table.request(case)
    channel.verify(request)

    messages = channel.read(request)

    if case.expect is None:
        assert messages == []
        return
    [message] = messages
    assert {name: getattr(message, name) for name in case.expect} == case.expect
    assert message.channel == "canal"
    assert message.claim


@pytest.mark.parametrize(("table", "fields", "reports"), STATUSES)
def test_a_receipt_is_read_as_its_table_says(
    table: Table, fields: dict[str, str], reports: object
) -> None:
    case = table.cases[0]
    request = table.request(type(case)("a receipt", case.source, fields, None, path="status"))

    assert table.make().read_status(request) == reports


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_every_case_names_its_source(table: Table) -> None:
    for case in table.cases:
        assert case.source == UNVERIFIED or case.source.startswith(
            ("https://", "docs/", "the npm package ", "the Debian package ")
        )
