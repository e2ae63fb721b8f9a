"""Bring `admin/translations/en.po` up to the staff's pages: new sentences empty, old ones gone.

Run `make english`, then write what is empty in any editor of .po files. A test fails on a
sentence that has no English.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ADMIN = Path(__file__).parents[1] / "admin"
FRAME = ADMIN.parent / "puente"
"""Its pages for what went wrong are the staff's too."""
ENGLISH = ADMIN / "translations" / "en.po"

HEADER = """\
# The staff's pages in English; see docs/staff.md. `make english` brings new sentences here, empty.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
FRAME_METHODS = [("frame.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "mark": None}


def extract() -> Catalog:
    """Find every marked sentence of the staff's side, in the order of its files."""
    template = Catalog(project="Puente", charset="utf-8")
    strict = {"**/templates/**.html": {"silent": "false"}}
    for folder, methods in ((ADMIN, METHODS), (FRAME, FRAME_METHODS)):
        found = extract_from_dir(folder, methods, strict, keywords=KEYWORDS)
        for _file, _line, message, _comments, _context in found:
            template.add(message)
    return template


def read_forms(message: Message) -> tuple[str, ...]:
    """Give what a sentence is in English: one form, or one and many."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def main() -> None:
    """Rewrite the catalogue."""
    with ENGLISH.open("rb") as file:
        catalogue = read_po(file)
    catalogue.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with ENGLISH.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, width=100, omit_header=True)
    empty = sum(not all(read_forms(one)) for one in catalogue if one.id)
    print(f"{len(catalogue)} sentences, {empty} without English")


if __name__ == "__main__":
    main()
