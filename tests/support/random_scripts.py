"""Scripts nobody wrote, for hypothesis: valid ones, with texts that tease a reader of YAML."""

from dataclasses import replace
from types import MappingProxyType

from hypothesis import strategies as st

from flows.catalogues import stock_texts
from flows.script.conditions import either, every
from flows.script.model import (
    TODAY,
    Answered,
    Comparison,
    Condition,
    Contains,
    Draw,
    End,
    Gate,
    Jump,
    Marker,
    Message,
    Not,
    Pause,
    Question,
    QuestionKind,
    Quota,
    Rest,
    Script,
    Step,
    Together,
)
from flows.script.quotas import COUNTED
from flows.script.versions import CURRENT

TRAPS = ["3/5 Sí: no", "Mande #BAJA", "@todos", "- uno", "“Hola”", 'di "hola"', "don't", "a\\b",
         "{folio}", "& más", "*", "? :", "[x]", "sí\nno", "'", '"', "no", "null", "1"]  # fmt: skip
TEXTS = (st.sampled_from(TRAPS) | st.text(min_size=1, max_size=40)).map(
    lambda text: "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip() or "x"
)
LABELS = TEXTS.map(lambda text: text.replace("|", "/"))
KINDS: tuple[QuestionKind, ...] = (
    *("yes_no", "choice", "choices", "rating", "number", "text", "place", "date"),
)
CLOSED: tuple[QuestionKind, ...] = ("yes_no", "choice", "rating", "number")
FORMS = ("@sms", "@ussd", "@whatsapp")
OTHERS = ["message", "jump", "pause", "end", "draw", "together", "rest"]
SIGNS = st.sampled_from(["==", "!="])


def same_but_lines(script: Script) -> Script:
    """Give a script as it is but for the lines its steps stand at."""
    return replace(script, steps=tuple(replace(step, line=0) for step in script.steps))


@st.composite
def make_condition(draw: st.DrawFn, asked: tuple[Question | Draw, ...]) -> Condition:
    """Draw a condition on questions asked before."""
    atoms = st.sampled_from(asked).flatmap(_make_atom)
    conditions = st.recursive(
        atoms,
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, min_size=2, max_size=3).map(either),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: every(*parts)),
        ),
        max_leaves=4,
    )
    condition = draw(conditions)
    assert condition is not None
    return condition


def _make_atom(question: Question | Draw) -> st.SearchStrategy[Condition]:
    if isinstance(question, Draw):
        return st.builds(Comparison, st.just(question.id), SIGNS, st.sampled_from(question.among))
    atoms: list[st.SearchStrategy[Condition]] = [st.just(Answered(question.id))]
    values = st.sampled_from(question.options or ("1", "2"))
    if question.kind == "choices":
        atoms.append(st.builds(Contains, st.just(question.id), values))
    elif question.options or question.kind == "rating":
        atoms.append(st.builds(Comparison, st.just(question.id), SIGNS, values))
    elif question.kind in {"number", "date"}:
        values = st.sampled_from(["3", "4"] if question.kind == "number" else ["2024-02-29"])
        signs = st.sampled_from(["==", "<", ">="])
        atoms.append(st.builds(Comparison, st.just(question.id), signs, values))
    return st.one_of(atoms)


@st.composite
def make_question(  # noqa: PLR0911 - one for each kind
    draw: st.DrawFn,
    name: str,
    condition: Condition | None,
    kinds: tuple[QuestionKind, ...] = KINDS,
) -> Question:
    """Draw a question of any kind but consent."""
    kind: QuestionKind = draw(st.sampled_from(kinds))
    question = Question(
        name,
        1,
        kind,
        condition,
        skippable=draw(st.booleans()),
        voice=draw(st.booleans()),
        sensitive=draw(st.booleans()),
        part=draw(st.integers(0, 2)),
        axis=draw(st.sampled_from(["", "todos", "abierta"])),
    )
    keys = tuple(str(number) for number in range(1, draw(st.integers(2, 5)) + 1))
    match question.kind:
        case "yes_no":
            return replace(question, options=("1", "2"))
        case "choice":
            has_none = draw(st.booleans())
            return replace(
                question,
                options=(*keys, "0") if has_none else keys,
                rotate=draw(st.booleans()),
                skippable=question.skippable or has_none,
            )
        case "choices":
            limit = draw(st.none() | st.integers(1, len(keys) - 1))
            alone = draw(st.sampled_from([None, keys[-1]]))
            return replace(question, options=keys, limit=limit, exclusive=alone)
        case "rating":
            return replace(question, low=1, high=draw(st.integers(2, 10)))
        case "number":
            return replace(question, low=1, high=draw(st.integers(2, 9_999_999)))
        case "date":
            latest = draw(st.sampled_from(["", "2026-12-31", TODAY]))
            return replace(question, earliest=draw(st.sampled_from(["", "2020-01-01"])),
                           latest=latest)  # fmt: skip
        case "text":
            return replace(question, low=1, high=480, proposal=draw(st.booleans()))
        case _:
            return question


@st.composite
def make_script(draw: st.DrawFn) -> Script:
    """Draw a whole script: consent, adulthood, some steps in any order, an end."""
    steps: list[Step] = [
        Question("inv", 1, "consent", options=("1", "2"), part=0),
        Question("edad", 1, "yes_no", options=("1", "2"), part=0),
        End("menores", 1, "ineligible", Comparison("edad", "==", "2")),
    ]
    asked: list[Question | Draw] = [step for step in steps[1:] if isinstance(step, Question)]
    jumps = 0
    for number in range(draw(st.integers(1, 8))):
        condition = draw(st.none() | make_condition(tuple(asked)))
        kind = draw(st.sampled_from(["question"] * 4 + OTHERS))
        if kind == "question":
            question = draw(make_question(f"p{number}", condition))
            steps.append(question)
            asked.append(question)
        elif kind == "message":
            steps.append(Message(f"m{number}", 1, condition))
        elif kind == "draw":
            drawn = Draw(f"a{number}", 1, ("agua", "luz", "salud"), condition)
            steps.append(drawn)
            asked.append(drawn)
        elif kind == "together":
            group = draw(_make_group(number, condition, tuple(asked)))
            steps.extend(group)
            asked.extend(step for step in group if isinstance(step, Question))
        elif kind == "jump":
            jumps += 1
            steps.append(Jump(f"ir_a-{jumps}", 1, "fin", condition or Answered("edad")))
        elif kind == "rest":
            steps.append(Rest(f"r{number}", 1, condition))
        elif kind == "pause":
            days, hour = draw(st.integers(1, 9)), draw(st.integers(9, 17))
            steps.append(Pause(f"d{number}", 1, days, hour, condition))
        else:
            steps.append(End(f"e{number}", 1, "complete", condition or Answered("edad")))
    quotas = draw(_make_quotas(tuple(asked)))
    if quotas:
        steps.append(Gate("lleno", 1))
    steps.append(Message("fin", 1) if draw(st.booleans()) else End("fin", 1))
    markers = draw(st.sampled_from([(), (Marker("sede", 30, "la casa"),)]))
    return Script(
        CURRENT,
        draw(st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9})?", fullmatch=True)),
        draw(TEXTS),
        "es",
        draw(st.sampled_from([(), ("prueba",), ("prueba", "otra")])),
        tuple(steps),
        markers,
        axes := draw(st.sampled_from([(), ("1", "2")])),
        quotas,
        convener=draw(st.sampled_from(["", "La muni: todas"])),
        texts=MappingProxyType(draw(_make_texts(tuple(steps), axes))),
    )


@st.composite
def _make_group(
    draw: st.DrawFn, number: int, condition: Condition | None, asked: tuple[Question | Draw, ...]
) -> list[Step]:
    inside: list[Question] = []
    for place in range(draw(st.integers(2, 3))):
        own = draw(st.none() | make_condition((*asked, *inside)))
        name = f"g{number}_{place}"
        inside.append(draw(make_question(name, every(condition, own), CLOSED)))
    return [Together(f"g{number}", 1, tuple(step.id for step in inside), condition), *inside]


@st.composite
def _make_quotas(draw: st.DrawFn, asked: tuple[Question | Draw, ...]) -> tuple[Quota, ...]:
    counted = [step.id for step in asked if isinstance(step, Question) and step.kind in COUNTED]
    names = draw(st.lists(st.sampled_from(counted), max_size=2, unique=True))
    return (Quota("c", tuple(names), draw(st.integers(1, 500))),) if names else ()


@st.composite
def _make_texts(draw: st.DrawFn, steps: tuple[Step, ...], axes: tuple[str, ...]) -> dict[str, str]:
    texts = {f"eje/{axis}": draw(TEXTS) for axis in axes}
    if draw(st.booleans()):
        texts["servicio/error1"] = draw(TEXTS)
    for step in steps:
        if isinstance(step, Jump) or f"servicio/{step.id}" in stock_texts():
            continue
        if isinstance(step, Draw):
            continue
        texts[f"{step.id}/texto"] = draw(TEXTS)
        if isinstance(step, Rest):
            texts |= {f"{step.id}/opcion.{option}": draw(LABELS) for option in step.options}
            texts[f"{step.id}/luego"] = draw(TEXTS)
            continue
        for form in draw(st.lists(st.sampled_from(FORMS), max_size=2, unique=True).map(sorted)):
            texts[f"{step.id}/texto{form}"] = draw(TEXTS)
        if draw(st.booleans()):
            texts[f"{step.id}/texto@voz"] = "voz.ogg"
        for option in step.options if isinstance(step, Question) else ():
            texts[f"{step.id}/opcion.{option}"] = draw(LABELS)
            if draw(st.booleans()):
                texts[f"{step.id}/opcion.{option}@corto"] = draw(LABELS)
    return texts
