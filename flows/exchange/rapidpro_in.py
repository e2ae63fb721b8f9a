"""From a RapidPro definition to a script: its nodes in a row, its ways out as conditions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from flows.exchange.definition import read_definition, read_text
from flows.exchange.imported import Imported, Ledger
from flows.exchange.naming import make_id, make_slug
from flows.exchange.rapidpro import ADVICE, OTHERWISE
from flows.exchange.rapidpro_order import order_nodes
from flows.exchange.rapidpro_questions import make_asked, split_options
from flows.exchange.rapidpro_ways import MOST, ManyWaysError, Ways
from flows.exchange.workbook import SOURCE
from flows.reading.fold import fold
from flows.script.conditions import either
from flows.script.model import Answered, Comparison, Draw, Message, Not

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.exchange.definition import Definition, Node
    from flows.exchange.rapidpro_questions import Asked
    from flows.script.model import Condition

_EXPRESSION: Final = re.compile(r"@\([^)]*\)?|@[a-z][\w.]*")
_RESULT: Final = re.compile(r"@results\.(\w+)(?:\.(?:category|value))?$")


def read_rapidpro(raw: bytes, name: str) -> Imported:
    """Read a RapidPro export, or one flow of it.

    Args:
        raw: JSON of specification 13 or 14.
        name: what to call the consultation where the flow does not say.
    """
    ledger = Ledger()
    definition = read_definition(raw, ledger)
    title = (definition.name if definition else "") or name
    if definition is not None:
        ledger.keywords = tuple(dict.fromkeys(map(fold, definition.keywords)))
        _Reader(ledger, definition).read()
    return ledger.close(make_slug(title), title, SOURCE)


class _Reader:
    def __init__(self, ledger: Ledger, definition: Definition) -> None:
        self._ledger = ledger
        self._flow = definition
        self._has_spanish = SOURCE in {definition.language, *definition.localization}
        self._ways = Ways()
        self._taken: set[str] = set()
        self._asked: dict[str, Asked] = {}  # by what RapidPro calls the result
        self._said: dict[str, str] = {}  # node -> its last message, which the next may ask with
        self._returning: set[str] = set()
        self._passed: set[str] = set()

    def read(self) -> None:
        if not self._has_spanish:
            self._ledger.report("flujo-sin-espanol", "", word=self._flow.language)
        nodes = order_nodes(self._flow.nodes, self._tell_back)
        for node in nodes:
            if node.uuid in self._returning and not node.waits:
                continue  # "I did not understand", which is said unasked
            try:
                self._read_node(node)
            except ManyWaysError:
                self._ledger.report("muchos-caminos", node.where, limit=MOST)
                return
        reached = {node.uuid for node in nodes}
        for node in self._flow.nodes.values():
            if node.uuid not in reached:
                self._ledger.report("nodo-aislado", node.where)

    def _tell_back(self, node: Node, target: Node) -> None:
        self._returning.add(node.uuid)
        if node is not target:
            self._ledger.report("vuelta-atras", node.where, word=target.where)

    def _read_node(self, node: Node) -> None:
        self._passed.add(node.uuid)
        condition = self._ways.find_condition(node)
        said = [self._read_action(node, action, condition) for action in node.actions]
        messages = [step for step in said if step is not None]
        conditions: Mapping[str, Condition] = {}
        if node.waits:
            conditions = self._ask(node, condition, messages)
        elif node.router.get("type") == "random":
            conditions = self._draw(node, condition)
        elif node.router:
            conditions = self._split(node)
        if messages and not node.waits:
            self._said[node.uuid] = messages[-1]
        is_kept = node.waits or node.router.get("type") == "random"
        self._ways.leave(node, conditions, is_kept=is_kept)

    # --- saying ----------------------------------------------------------------------------

    def _read_action(
        self, node: Node, action: Mapping[str, Any], condition: Condition | None
    ) -> str | None:
        """Add a message; gives its step. Whatever else an action does is told."""
        kind = str(action.get("type", ""))
        if kind != "send_msg":
            advice = ADVICE.get(kind, OTHERWISE)
            self._ledger.report("accion-sin-equivalente", node.where, word=kind, what=advice)
            return None
        if action.get("attachments"):
            self._ledger.report("medio", node.where, word=str(action["attachments"])[:80])
        step = self._make_id(f"m{len(self._ledger.steps) + 1}")
        self._ledger.steps.append(Message(step, len(self._ledger.steps) + 1, condition))
        texts = self._translate(str(action.get("uuid", "")), "text", read_text(action.get("text")))
        self._add_texts(f"{step}/texto", texts)
        for found in _EXPRESSION.findall(texts[SOURCE].replace("@@", "")):
            self._ledger.report("expresion", node.where, word=found)
        return step

    def _translate(self, uuid: str, what: str, text: str, place: int = 0) -> dict[str, str]:
        """Give a text in Spanish, or in what the flow has, and in its other languages."""
        own = self._flow.language
        languages = dict.fromkeys([own, *self._flow.localization])
        found = {
            language: text if language == own else self._flow.translate(language, uuid, what, place)
            for language in languages
        }
        source = found.pop(SOURCE, "") or found.pop(own, "") or text
        return {SOURCE: source, **{language: one for language, one in found.items() if one}}

    def _add_texts(self, key: str, texts: Mapping[str, str]) -> None:
        for language, text in texts.items():
            if language == SOURCE:
                self._ledger.texts[key] = text
            else:
                self._ledger.translate(language, key, text)

    # --- asking ----------------------------------------------------------------------------

    def _ask(
        self, node: Node, condition: Condition | None, messages: list[str]
    ) -> Mapping[str, Condition]:
        """Add a question, worded by the last message said; gives when each category holds."""
        result = str(node.router.get("result_name") or "")
        step = self._make_id(result or f"p{len(self._ledger.steps) + 1}")
        worded = messages[-1] if messages else self._find_said(node)
        texts = self._take_texts(worded) if worded else {}
        if not texts:
            self._ledger.report("falta-etiqueta", node.where, word=step)
        parted = {language: split_options(text) for language, text in texts.items()}
        listed = parted[SOURCE][1] if parted else {}
        asked = make_asked(node, step, len(self._ledger.steps) + 1, listed, self._ledger)
        self._ledger.steps.append(replace(asked.question, condition=condition))
        self._add_texts(
            f"{step}/texto",
            {
                language: text if asked.labels else texts[language]
                for language, (text, _) in parted.items()
            },
        )
        for language, (_, options) in parted.items():
            self._add_labels(step, language, asked, options if language != SOURCE else asked.labels)
        self._add_category_labels(step, node, asked)
        if node.timeout:
            self._ledger.report("tiempo-de-espera", node.where)
        self._asked[_name_result(result)] = asked
        return self._add_default(node, asked)

    def _add_labels(
        self, step: str, language: str, asked: Asked, options: Mapping[str, str]
    ) -> None:
        for option, label in options.items():
            if option in asked.labels:
                self._add_texts(f"{step}/opcion.{option}", {language: label})

    def _add_category_labels(self, step: str, node: Node, asked: Asked) -> None:
        """Take a category's translated name for a label that no text lists."""
        for category in node.categories:
            option = asked.categories.get(str(category.get("uuid")), "")
            if option not in asked.labels:
                continue
            texts = self._translate(str(category.get("uuid")), "name", asked.labels[option])
            for language, label in texts.items():
                key = f"{step}/opcion.{option}"
                known = self._ledger.translations.get(language, {})
                if language != SOURCE and key not in known:
                    self._ledger.translate(language, key, label)

    def _find_said(self, node: Node) -> str | None:
        """Find the message that a node before this one said, for this one to wait on."""
        before = [
            other
            for other in self._flow.nodes.values()
            if any(found.target == node.uuid for found in other.exits)
            and other.uuid not in self._returning
        ]
        alone = len(before) == 1 and all(one.target == node.uuid for one in before[0].exits)
        return self._said.get(before[0].uuid) if alone else None

    def _take_texts(self, step: str) -> dict[str, str]:
        """Take a message out again, for a question to say."""
        self._ledger.steps = [one for one in self._ledger.steps if one.id != step]
        self._taken.discard(step)
        key = f"{step}/texto"
        texts = {SOURCE: self._ledger.texts.pop(key)}
        for language, known in self._ledger.translations.items():
            if key in known:
                texts[language] = known.pop(key)
        return texts

    def _add_default(self, node: Node, asked: Asked) -> Mapping[str, Condition]:
        """Follow what no test takes where it goes forward to a place of its own."""
        ways = {uuid: found.target for found in node.exits for uuid in found.categories}
        target = ways.get(node.default, "")
        others = {one for uuid, one in ways.items() if uuid != node.default}
        is_known = node.default in asked.conditions or target in others
        if not asked.conditions or is_known or not self._is_ahead(target):
            return asked.conditions
        return {**asked.conditions, node.default: Not(Answered(asked.question.id))}

    def _is_ahead(self, target: str) -> bool:
        """Tell whether a way leads on: to a node, not back to one, nor to "ask again"."""
        node = self._flow.nodes.get(target)
        asks_again = target in self._returning and node is not None and not node.waits
        return node is not None and not asks_again and target not in self._passed

    # --- splitting -------------------------------------------------------------------------

    def _draw(self, node: Node, condition: Condition | None) -> Mapping[str, Condition]:
        """Add a draw among the categories of a random split."""
        result = str(node.router.get("result_name") or "")
        step = self._make_id(result or f"azar_{len(self._ledger.steps) + 1}")
        words: dict[str, str] = {}
        for category in node.categories:
            words[str(category.get("uuid"))] = make_id(str(category.get("name")), words.values())
        drawn = Draw(step, len(self._ledger.steps) + 1, tuple(words.values()), condition)
        self._ledger.steps.append(drawn)
        return {uuid: Comparison(step, "==", word) for uuid, word in words.items()}

    def _split(self, node: Node) -> Mapping[str, Condition]:
        """Read a split by an answer given before; another one is told."""
        operand = str(node.router.get("operand", ""))
        found = _RESULT.match(operand)
        asked = self._asked.get(found[1]) if found else None
        if asked is None or not asked.labels:
            word = operand or str(node.router.get("type", ""))
            self._ledger.report("division-sin-equivalente", node.where, word=word)
            return {}
        options = {fold(label): option for option, label in asked.labels.items()}
        options.update({option: option for option in asked.labels})
        conditions: dict[str, Condition] = {}
        for case in node.cases:
            option = options.get(fold(" ".join(map(str, case.get("arguments") or []))))
            if option is None:
                word = f"{case.get('type')} {case.get('arguments')}"
                self._ledger.report("division-sin-equivalente", node.where, word=word)
            else:
                held = Comparison(asked.question.id, "==", option)
                uuid = str(case.get("category_uuid"))
                known = conditions.get(uuid)
                conditions[uuid] = either([known, held]) if known else held
        if conditions and node.default:
            conditions[node.default] = Not(either(list(conditions.values())))
        return conditions

    def _make_id(self, name: str) -> str:
        step = make_id(name, self._taken)
        self._taken.add(step)
        return step


def _name_result(name: str) -> str:
    """Name a result as RapidPro's expressions do."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
