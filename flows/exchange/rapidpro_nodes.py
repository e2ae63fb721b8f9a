"""The nodes of a RapidPro flow: each with its router, its categories and where they lead."""

from __future__ import annotations

import hashlib
from typing import Any, Final
from uuid import UUID

Json = dict[str, Any]

_ROW_HEIGHT: Final = 260


class Nodes:
    """The nodes of one flow, in the order they are added.

    Args:
        slug: the flow's; the same names in it get the same identifiers.
    """

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._nodes: list[Json] = []
        self._kinds: dict[str, str] = {}

    @property
    def all(self) -> list[Json]:
        """Give the nodes."""
        return self._nodes

    def lay_out(self) -> Json:
        """Say how the editor is to show them: one below the other."""
        return {
            node["uuid"]: {
                "type": self._kinds[node["uuid"]],
                "position": {"left": 100, "top": number * _ROW_HEIGHT},
            }
            for number, node in enumerate(self._nodes)
        }

    def make_uuid(self, *parts: str) -> str:
        """Make the identifier of what has these names in the flow."""
        named = "/".join((self._slug, *parts)).encode()
        return str(UUID(bytes=hashlib.sha256(named).digest()[:16], version=4))

    def add(  # noqa: PLR0913, PLR0917 - the parts of a node
        self,
        kind: str,
        uuid: str,
        actions: list[Json],
        ways: list[tuple[str, str | None]],
        router: Json | None = None,
        cases: list[tuple[str, list[str], str]] | None = None,
    ) -> None:
        """Add a node; `ways` are its categories with where they lead, the last the default."""
        node: Json = {"uuid": uuid, "actions": actions}
        categories = {name: self.make_uuid(uuid, "category", name) for name, _ in ways}
        exits = {name: self.make_uuid(uuid, "exit", name) for name, _ in ways}
        if router is not None:
            node["router"] = {
                **router,
                "categories": [
                    {"uuid": categories[name], "name": name, "exit_uuid": exits[name]}
                    for name, _ in ways
                ],
            }
        if cases is not None:
            node["router"] |= {
                "type": "switch",
                "cases": [
                    {
                        "uuid": self.make_uuid(uuid, "case", test, *arguments),
                        "type": test,
                        "arguments": arguments,
                        "category_uuid": categories[name],
                    }
                    for test, arguments, name in cases
                ],
                "default_category_uuid": categories[ways[-1][0]],
            }
        node["exits"] = [{"uuid": exits[name], "destination_uuid": way} for name, way in ways]
        self._nodes.append(node)
        self._kinds[uuid] = kind
