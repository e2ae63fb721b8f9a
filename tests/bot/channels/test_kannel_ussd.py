"""What is particular to USSD over SMPP: the table of operations, and the screen's meta-data."""

from __future__ import annotations

import pytest

from bot.channels.base import SendError
from bot.messages import Address, Outgoing, Reply, SessionEvent
from tests.bot.channels.tables.kannel_ussd import BEGIN, TABLE
from tests.support.channel_tables import Case


@pytest.mark.parametrize(
    ("is_open", "options", "fields"),
    [
        (True, {}, "ussd_service_op=%02&its_session_info=%05%02"),
        (False, {}, "ussd_service_op=%11&its_session_info=%05%02"),
        (False, {"ends": 23}, "ussd_service_op=%17&its_session_info=%05%02"),
        (True, {"goes_on": 3, "session_field": "vendor"}, "ussd_service_op=%03&vendor=%05%02"),
    ],
)
def test_the_reply_says_whether_the_session_goes_on(
    options: dict[str, object], fields: str, *, is_open: bool
) -> None:
    channel = TABLE.make(**options)
    [message] = channel.read(TABLE.request(TABLE.cases[0]))

    response = channel.reply([(message, Reply(("Opinión",), open=is_open))])

    assert response.headers == {
        "X-Kannel-BInfo": "USSD",
        "X-Kannel-Meta-Data": f"?smpp?{fields}",
        "X-Kannel-Coding": "2",
    }


def test_a_session_that_nobody_names_is_not_named_in_the_reply() -> None:
    channel = TABLE.make()
    [message] = channel.read(TABLE.request(Case("", "", BEGIN | {"session": ""}, None)))

    response = channel.reply([(message, Reply(("Hola",), open=True))])

    assert response.headers["X-Kannel-Meta-Data"] == "?smpp?ussd_service_op=%02"


@pytest.mark.parametrize(
    ("operation", "session"),
    [(5, SessionEvent.NEW), (1, SessionEvent.NEW), (6, SessionEvent.RESUME), (18, None)],
)
def test_an_operators_dialect_is_configuration(
    operation: int, session: SessionEvent | None
) -> None:
    channel = TABLE.make(begins=[1, 5], answers=6)
    body = BEGIN | {"op": bytes([operation])}

    [message] = channel.read(TABLE.request(Case("", "", body, None)))

    assert message.session is (session or SessionEvent.CLOSE)


@pytest.mark.parametrize("value", ["1", [], [256], [-1], [True], {"a": 1}, list(range(33))])
def test_an_operation_that_is_none_is_named(value: object) -> None:
    with pytest.raises(ValueError, match=r'"begins".*0 a 255'):
        TABLE.make(begins=value)


def test_a_reply_has_one_operation() -> None:
    with pytest.raises(ValueError, match=r'"ends".*comillas$'):
        TABLE.make(ends=[17, 18])


def test_nobody_can_be_called() -> None:
    channel = TABLE.make()

    assert channel.read_status(TABLE.request(TABLE.cases[0])) == []
    with pytest.raises(SendError, match="cannot_send"):
        channel.send(Outgoing("1", Address("tel", "+50255509917"), "Hola"))
