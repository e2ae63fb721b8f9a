"""RapidPro definitions as tests write them: nodes by short names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flows.exchange.rapidpro_in import read_rapidpro

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.exchange.imported import Imported

Json = dict[str, Any]


def say(text: str, uuid: str = "", **more: object) -> Json:
    """Make an action that sends a text."""
    return {"uuid": uuid or f"say-{text[:12]}", "type": "send_msg", "text": text, **more}


def make_node(uuid: str, *actions: Json, to: str | None = None) -> Json:
    """Make a node that acts and goes on."""
    exit_ = {"uuid": f"{uuid}-exit", "destination_uuid": to}
    return {"uuid": uuid, "actions": list(actions), "exits": [exit_]}


def make_wait(  # noqa: PLR0913 - the parts of a node
    uuid: str,
    *actions: Json,
    result: str = "",
    cases: tuple[tuple[str, str, str], ...] = (),
    ways: Mapping[str, str | None] | None = None,
    operand: str = "@input.text",
    wait: Json | None = None,
) -> Json:
    """Make a node that splits: `cases` are test, argument and category, the last way the default.

    Without `wait` it does not wait.
    """
    ways = ways or {"All Responses": None}
    names = {name: f"{uuid}-{name}" for name in ways}
    router: Json = {
        "type": "switch",
        "operand": operand,
        "result_name": result,
        "categories": [
            {"uuid": names[name], "name": name, "exit_uuid": f"{names[name]}-exit"} for name in ways
        ],
        "cases": [
            {
                "uuid": f"{uuid}-case-{place}",
                "type": test,
                "arguments": argument.split("|") if argument else [],
                "category_uuid": names[name],
            }
            for place, (test, argument, name) in enumerate(cases)
        ],
        "default_category_uuid": names[list(ways)[-1]],
    }
    if wait is not None:
        router["wait"] = wait
    exits = [{"uuid": f"{names[name]}-exit", "destination_uuid": way} for name, way in ways.items()]
    return {"uuid": uuid, "actions": list(actions), "router": router, "exits": exits}


def make_question(uuid: str, *actions: Json, **parts: Any) -> Json:
    """Make a node that waits for an answer."""
    return make_wait(uuid, *actions, **{"wait": {"type": "msg"}, **parts})


def make_flow(*nodes: Json, language: str = "spa", **more: object) -> Json:
    """Make a flow."""
    return {
        "uuid": "flow",
        "name": "Una consulta",
        "spec_version": "13.1.0",
        "language": language,
        "nodes": list(nodes),
        **more,
    }


def read_nodes(*nodes: Json, **more: Any) -> Imported:
    """Read an export with one flow of these nodes."""
    whole = {"version": "13", "flows": [make_flow(*nodes, **more)]}
    return read_rapidpro(json.dumps(whole).encode(), "archivo")
