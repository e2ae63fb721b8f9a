"""What of a consultation is read aloud, and which recordings still say what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flows.catalogues.entries import fingerprint
from flows.catalogues.extraction import SERVICE, has_letter, list_service
from flows.script.model import Question
from flows.script.problems import make_problem
from flows.script.step_parts import RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flows.flow import Flow
    from flows.script.parse import Parsed
    from flows.script.problems import Problem

    Voices = Mapping[str, Mapping[str, str]]
    """Language -> key of a text -> the file it is read aloud in."""


_UNHEARD = frozenset(
    "costo_gratis costo_devuelto costo_plan tema_pendiente recordatorio1 recordatorio2 "
    "est_aceptada est_parcial est_no dijo_hicimos".split()
)
"""Service texts that stand inside others, or are said a day and more after her last message,
when WhatsApp takes templates alone and plays nothing."""


class Recorded(NamedTuple):
    """A text that somebody has read aloud.

    Attributes:
        mark: of what was read (`mark`).
        file: what the recording is called in addresses.
    """

    language: str
    key: str
    mark: str
    file: str


def list_aloud(flow: Flow, language: str) -> Mapping[str, str]:
    """Give what is to be read aloud in a language, by the key of its text, in order.

    The steps come first, then what the bot answers (`servicio/…`). A question is read with its
    options, unless each person has them in an order of her own.
    """
    found: dict[str, str] = {}
    for step in flow.script.steps:
        key = f"{step.id}/texto"
        text = flow.text(language, key)
        if text:
            found[key] = "\n".join((text, *_list_options(flow, language, step)))
    said = flow.texts.get(language, {})
    for key in list_service(flow.script, flow.texts[flow.script.language]):
        text = said.get(key, "")
        if "@" not in key and key.removeprefix(SERVICE) not in _UNHEARD and has_letter(text):
            found[key] = text
    return found


def name_text(key: str) -> str:
    """Name a text in a file's name or an anchor: a step's `p1`, else `servicio-ayuda`."""
    return key.replace("/", "-") if key.startswith(SERVICE) else key.partition("/")[0]


def mark(language: str, aloud: str) -> str:
    """Give what tells one reading from another: an edit of the text or of an option changes it."""
    return fingerprint(language, aloud)


def choose_current(flow: Flow, recordings: Iterable[Recorded]) -> Voices:
    """Choose the recordings that still say what the texts of a flow say."""
    aloud = {language: list_aloud(flow, language) for language in flow.languages}
    chosen: dict[str, dict[str, str]] = {}
    for one in recordings:
        text = aloud.get(one.language, {}).get(one.key)
        if text is not None and mark(one.language, text) == one.mark:
            chosen.setdefault(one.language, {})[one.key] = one.file
    return chosen


def name_file(flow: Flow, language: str, key: str) -> str:
    """Name the file of a recording, without its ending: as `voz_grabada` says, else the step."""
    own = flow.script.language
    said = (flow.texts.get(code, {}).get(f"{key}@voz", "") for code in (language, own))
    declared = next((name for name in said if name), name_text(key))
    return declared.rpartition(".")[0] or declared


def find_unrecorded(parsed: Parsed, flow: Flow) -> Iterator[Problem]:
    """Find what the script says is read aloud and nobody has read: the text stands alone then."""
    suffix = RECORDED.removeprefix("text")
    for key in parsed.lines:
        stem = key.removesuffix(suffix)
        if stem == key:
            continue
        missing = [code for code in flow.languages if flow.recording(code, stem) is None]
        if missing:
            yield make_problem(
                "sin-grabacion",
                parsed.lines[key],
                step=stem.partition("/")[0],
                languages=", ".join(missing),
            )


def _list_options(flow: Flow, language: str, step: object) -> Iterator[str]:
    if isinstance(step, Question) and not step.rotate:
        for choice in flow.choices(step):
            yield f"{choice.digit} {flow.text(language, choice.label)}"
