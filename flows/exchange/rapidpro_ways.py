"""When each node of a RapidPro graph is reached, as conditions on what was answered."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final, cast

from flows.script.conditions import either, every

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.exchange.definition import Exit, Node
    from flows.script.model import Condition

MOST: Final = 64
"""Ways to one node."""

Way = frozenset[tuple[str, frozenset[str]]]
"""Pairs of a node that splits and the categories taken there; all of them hold."""


class ManyWaysError(ValueError):
    """More ways lead to a node than anybody could follow."""


class Ways:
    """Collects the ways to each node, in an order in which they all come first.

    Whoever has answered a question has come to it, so the ways to it go without saying in
    whatever follows from its answer.
    """

    def __init__(self) -> None:
        self._ways: dict[str, set[Way]] = {}
        self._splits: dict[str, Mapping[str, Condition]] = {}
        self._kept: set[str] = set()

    def find_condition(self, node: Node) -> Condition | None:
        """Give what holds for whoever comes to a node; None where everybody does."""
        ways = self._simplify(self._ways.get(node.uuid, {frozenset()}))
        self._ways[node.uuid] = ways
        if frozenset() in ways:
            return None
        return either([cast("Condition", self._print(way)) for way in sorted(ways, key=_order)])

    def leave(self, node: Node, conditions: Mapping[str, Condition], *, is_kept: bool) -> None:
        """Note the ways on from a node.

        Args:
            node: whose condition has been asked for.
            conditions: category -> what holds in it; empty where it does not split.
            is_kept: whether they look at what is kept of coming here: an answer, a draw.

        Raises:
            ManyWaysError: more than `MOST` lead to one node.
        """
        self._splits[node.uuid] = conditions
        if is_kept:
            self._kept.add(node.uuid)
        for found in node.exits:
            taken = frozenset(uuid for uuid in found.categories if uuid in conditions)
            if found.target and (taken or not conditions):
                self._arrive(node, found, taken)

    def _arrive(self, node: Node, found: Exit, taken: frozenset[str]) -> None:
        own: Way = frozenset({(node.uuid, taken)}) if taken else frozenset()
        arrived = self._ways.setdefault(found.target, set())
        if taken and node.uuid in self._kept:
            arrived.add(own)
        else:
            arrived.update(way | own for way in self._ways[node.uuid])
        if len(arrived) > MOST:
            raise ManyWaysError

    def _simplify(self, ways: set[Way]) -> set[Way]:
        """Join ways that differ at one node alone."""
        whole = next((way for way in ways if any(self._is_all(*pair) for pair in way)), None)
        if whole is not None:
            return self._simplify((ways - {whole}) | self._widen(whole))
        for one, other in combinations(sorted(ways, key=_order), 2):
            first, second = one - other, other - one
            if len(first) == len(second) == 1:
                (node, taken), (other_node, more) = *first, *second
                if node == other_node:
                    joined = (one & other) | {(node, taken | more)}
                    return self._simplify((ways - {one, other}) | {joined})
        return ways

    def _is_all(self, node: str, taken: frozenset[str]) -> bool:
        return taken >= self._splits[node].keys()

    def _widen(self, way: Way) -> set[Way]:
        """Give the ways that a way is where all categories of a node are taken."""
        node, taken = next(pair for pair in way if self._is_all(*pair))
        rest = way - {(node, taken)}
        return {rest | before for before in self._ways[node]} if node in self._kept else {rest}

    def _print(self, way: Way) -> Condition | None:
        parts = []
        for node, taken in sorted(way, key=lambda pair: list(self._splits).index(pair[0])):
            split = self._splits[node]
            parts.append(either([split[uuid] for uuid in split if uuid in taken]))
        return every(*parts)


def _order(way: Way) -> list[tuple[str, list[str]]]:
    return sorted((node, sorted(taken)) for node, taken in way)
