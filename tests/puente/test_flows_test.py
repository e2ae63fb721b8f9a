"""`puente flows test` and `puente chat --record`: conversations that operators keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from flows.data import find_chats, read_bytes
from puente.commands import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "consulta"
    folder.mkdir()
    (folder / "guion.yaml").write_bytes(read_bytes("scripts", "plan-digital", "guion.yaml"))
    for name in ("menor.chat", "se-va.chat"):
        (folder / name).write_bytes(read_bytes("scripts", "plan-digital", name))
    return folder


def run(*words: object, sent: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=sent)


def change_script(folder: Path) -> None:
    script = folder / "guion.yaml"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("18 años o más", "18 años cumplidos"), encoding="utf-8")


def test_bundled_conversations_run_by_name() -> None:
    result = run("flows", "test", "plan-digital")
    count = len(find_chats("plan-digital"))
    assert result.exit_code == 0
    assert result.output.endswith(f"{count} conversaciones, todas como están escritas.\n")


def test_a_folder_its_script_or_one_conversation_can_be_named(folder: Path) -> None:
    for path, count in ((folder, 2), (folder / "guion.yaml", 2), (folder / "menor.chat", 1)):
        assert run("flows", "test", path).output.endswith(
            f"{count} conversaciones, todas como están escritas.\n"
        )


def test_a_difference_is_shown_with_file_and_line(folder: Path) -> None:
    change_script(folder)
    result = run("flows", "test", folder)
    assert result.exit_code == 1
    assert f"{folder}/menor.chat:9: no sale igual\n" in result.output
    assert "    - < ¿Tiene usted 18 años o mas?\n" in result.output
    assert "    + < ¿Tiene usted 18 años cumplidos?\n" in result.output
    assert "2 de 2 conversaciones no salen como están escritas." in result.output


def test_what_differs_is_written_anew_where_asked(folder: Path) -> None:
    change_script(folder)
    before = (folder / "se-va.chat").read_text(encoding="utf-8")
    result = run("flows", "test", folder, "--update")
    assert result.exit_code == 0
    assert f"{folder}/menor.chat: escrita de nuevo\n" in result.output
    after = (folder / "se-va.chat").read_text(encoding="utf-8")
    assert after == before.replace("18 años o mas", "18 años cumplidos")
    assert run("flows", "test", folder).exit_code == 0


def test_later_differences_are_counted(folder: Path) -> None:
    chat = folder / "menor.chat"
    text = chat.read_text(encoding="utf-8").replace("< ", "< x")
    chat.write_text(text, encoding="utf-8")
    assert "(otras que difieren más abajo: 2)" in run("flows", "test", chat).output


def test_a_conversation_that_cannot_be_read_fails_alone(folder: Path) -> None:
    (folder / "a.chat").write_text("hola\n", encoding="utf-8")
    (folder / "b.chat").write_bytes("> sí\n".encode("utf-16"))
    result = run("flows", "test", folder)
    assert result.exit_code == 1
    assert f"{folder}/a.chat:1: no se entiende esta línea: hola\n" in result.output
    assert f"{folder}/b.chat: guárdelo como «UTF-8»\n" in result.output
    assert f"{folder}/menor.chat: bien\n" in result.output
    assert "2 de 4 conversaciones" in result.output


def test_what_cannot_be_run_is_told(folder: Path) -> None:
    (folder / "carpeta.chat").mkdir()
    assert "carpeta.chat cannot be read" in run("flows", "test", folder).output
    (folder / "carpeta.chat").rmdir()
    for chat in folder.glob("*.chat"):
        chat.unlink()
    assert "no hay conversaciones (.chat) junto a" in run("flows", "test", folder).output
    (folder / "guion.yaml").write_text("puente: 1\n", encoding="utf-8")
    assert "has mistakes; see: puente flows check" in run("flows", "test", folder).output


def test_a_conversation_at_the_terminal_is_recorded(folder: Path) -> None:
    for channel, words in (("sms", "1\n1\n"), ("ussd", "1\n1\nayuda\n98\n1\n")):
        path = folder / f"{channel}.chat"
        done = run("chat", folder, "--channel", channel, "--record", path, sent=words)
        assert done.exit_code == 0
        written = path.read_text(encoding="utf-8")
        assert written.startswith(f"canal: {channel}\nazar: 1\n\n> (marca)\n< GAE, Gobierno")
        assert "> 98" not in written
        assert "= edad: 1\n" in written
        assert run("flows", "test", path).exit_code == 0


def test_a_file_that_cannot_be_written_is_told(folder: Path) -> None:
    result = run("chat", folder, "--record", folder / "nada" / "x.chat", sent="1\n")
    assert result.exit_code == 1
    assert "cannot be written: No such file" in result.output


def test_a_language_that_is_not_offered_is_told(folder: Path) -> None:
    result = run("chat", folder, "--language", "quc", sent="")
    assert "is not offered in quc (only es)" in result.output
