"""What no file of the project says: it stands alone, is finished, and names nobody."""

from __future__ import annotations

import re

import pytest

from tests.support.code import list_files, name_of

VENDORED = {"axe.min.js", "smpp.min.js", "ussd-builder.min.js"}
CODE = (".py", ".sh", ".toml", ".html", ".css", ".js", ".mako", ".yaml")

# A letter of each stands in brackets, so that this file does not say them either.
UNFINISHED = re.compile(r"\b(T[O]DO|FIX[M]E|XX[X])\b|pragma: n[o] cover|NotImplemente[d]Error")
SKIPPED = re.compile(r"pytest\.(mark\.)?(s[k]ip|x[f]ail|import[o]rskip)")
REGISTRIES = re.compile(
    r"pyp[i]\.org|npmj[s]\.(org|com)|pythonhoste[d]|deb\.debia[n]|crate[s]\.io", re.IGNORECASE
)
MACHINE = re.compile(r"(?<![\w.])/(wor[k]|roo[t]|hom[e])/|\.\./share[d]")
MAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b")
# Placeholders and demo users.
NOBODY = re.compile(r"@(?:[\w-]+\.)*(example\.(org|com|net)|example|invalid|test)$")


def find(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    """Give `file:line: what` for everything the pattern finds in the project's files."""
    found = []
    for path in list_files(*suffixes):
        if path.name in VENDORED:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{name_of(path)}:{line}: {match[0]}")
    return found


def test_nothing_is_left_for_later() -> None:
    assert find(UNFINISHED, *CODE) == []


def test_no_test_is_skipped_but_for_a_missing_part_of_the_system() -> None:
    allowed = "tests/support/parts.py"
    assert [place for place in find(SKIPPED, ".py") if not place.startswith(allowed)] == []


def test_no_registry_is_named() -> None:
    assert find(REGISTRIES) == []


def test_no_path_of_one_machine_is_named() -> None:
    assert find(MACHINE) == []


def test_no_mail_address_could_be_somebody_s() -> None:
    addresses = find(MAIL)
    assert [address for address in addresses if not NOBODY.search(address)] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "# TO~DO: later"),
        (SKIPPED, "@pytest.mark.sk~ip"),
        (REGISTRIES, "https://pyp~i.org/simple"),
        (MACHINE, "see /wo~rk/main"),
        (MAIL, "write to maria~@correo.gt"),
    ],
)
def test_the_search_sees_what_it_looks_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text.replace("~", ""))
