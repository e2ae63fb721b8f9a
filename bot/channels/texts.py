"""What a text or an id may hold on its way in, and a reply on its way out."""

from __future__ import annotations

import binascii
import codecs
import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BASE64 = re.compile("[A-Za-z0-9+/]{56,}={0,2}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_UTF8 = codecs.getincrementaldecoder("utf-8")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def storable(text: str) -> str:
    r"""Keep a text as received, but for what no database or encoding takes.

    NUL and lone surrogates (from `\ud800` in JSON, say) become U+FFFD, one for one, so that
    staff see that something stood there. All else stays, other control characters too.
    """
    return _UNSTORABLE.sub(REPLACEMENT, text)


def plain(text: str) -> str:
    """Read a text that a gateway wrote in base64, as Twilio does with some long SMS.

    Nobody types sixty such signs without a space which are UTF-8 and no control character; the
    last letter may be cut in two. Any other text stays as it is.
    """
    if len(text) % 4 or not _BASE64.fullmatch(text):
        return text
    try:
        raw = binascii.a2b_base64(text, strict_mode=True)
        read = _UTF8().decode(raw)  # incremental: half a letter at the end is left out
    except ValueError:
        return text
    return text if _CONTROL.search(read) else read


def xml_text(text: str) -> str:
    """Make a text fit to stand between two XML tags.

    What XML 1.0 has no way to write (control characters, U+FFFE, U+FFFF) is left out: one
    such character would make the provider refuse the whole reply.
    """
    text = _NOT_XML.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
