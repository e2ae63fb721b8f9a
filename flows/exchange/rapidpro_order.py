"""The nodes of a graph put in a row, each after all that lead to it, with when it is reached.

A script runs forwards only. What leads back in a graph is nearly always "I did not understand,
ask again", which the engine does unasked; such ways are told and left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flows.exchange.definition import Node


def order_nodes(
    nodes: Mapping[str, Node], tell_back: Callable[[Node, Node], None]
) -> Sequence[Node]:
    """Order what can be reached from the first node; `tell_back` hears of each way back."""
    done: list[Node] = []
    finished: set[str] = set()
    under_way: set[str] = set()
    # A stack of our own: a flow of a thousand nodes must not end the interpreter's.
    stack = [(node, reversed(node.exits)) for node in list(nodes.values())[:1]]
    under_way.update(node.uuid for node, _ in stack)
    while stack:
        node, exits = stack[-1]
        following = next(exits, None)
        if following is None:
            stack.pop()
            under_way.discard(node.uuid)
            finished.add(node.uuid)
            done.append(node)
            continue
        target = nodes.get(following.target)
        if target is None or target.uuid in finished:
            continue
        if target.uuid in under_way:
            tell_back(node, target)
        else:
            under_way.add(target.uuid)
            stack.append((target, reversed(target.exits)))
    return done[::-1]
