"""What a text or an id may hold on its way in, and a reply on its way out."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def storable(text: str) -> str:
    r"""Keep a text as received, but for what no database or encoding takes.

    NUL and lone surrogates (from `\ud800` in JSON, say) become U+FFFD, one for one, so that
    staff see that something stood there. All else stays, other control characters too.
    """
    return _UNSTORABLE.sub(REPLACEMENT, text)


def xml_text(text: str) -> str:
    """Make a text fit to stand between two XML tags.

    What XML 1.0 has no way to write (control characters, U+FFFE, U+FFFF) is left out: one
    such character would make the provider refuse the whole reply.
    """
    text = _NOT_XML.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
