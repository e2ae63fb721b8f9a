"""Published revisions are read once and kept."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from bot.revisions import KEPT, BrokenRevisionError, Flows
from flows.data import read_bytes
from storage.published import Revision

FLAGSHIP = read_bytes("scripts", "plan-digital", "guion.yaml").decode()


def publish(source: str, texts: str = "{}") -> Revision:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Revision(UUID(int=1), UUID(int=2), 1, 0, source, texts, "", "x", at)


def test_a_revision_is_read_once() -> None:
    reads: list[UUID] = []

    def read(revision_id: UUID, _: int) -> Revision:
        reads.append(revision_id)
        return publish(FLAGSHIP)

    flows = Flows(read)
    one = uuid4()
    assert flows.find(one, 0) is flows.find(one, 0)
    assert flows.find(one, 0).script.slug == "plan-digital"
    assert reads == [one]


def test_a_new_edition_is_read_again() -> None:
    texts = ["{}", '{"quc": {"p1/opcion.1": "(approved)"}}']
    flows = Flows(lambda _, edition: publish(FLAGSHIP, texts[edition]))
    one = uuid4()
    assert flows.find(one, 0).languages == ("es",)
    assert flows.find(one, 1).languages == ("es", "quc")
    assert flows.find(one, 1).text("quc", "p1/opcion.1") == "(approved)"


def test_what_is_kept_is_bounded() -> None:
    reads: list[UUID] = []
    source = FLAGSHIP[: FLAGSHIP.index("  - fin: menores")]

    def read(revision_id: UUID, _: int) -> Revision:
        reads.append(revision_id)
        return publish(source)

    flows = Flows(read)
    first = uuid4()
    flows.find(first, 0)
    for _ in range(KEPT):
        flows.find(uuid4(), 0)
    flows.find(first, 0)
    assert reads.count(first) == 2


def test_a_revision_that_cannot_be_read_says_which() -> None:
    revision_id = uuid4()
    with pytest.raises(BrokenRevisionError, match=str(revision_id)):
        Flows(lambda *_: publish("puente: 1")).find(revision_id, 0)
