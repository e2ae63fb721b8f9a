"""Pictures that pages hold in themselves."""

from __future__ import annotations

import segno


def draw_qr(content: str) -> str:
    """Draw a QR code as an SVG element with the white border that readers need.

    It has no size of its own: the style sheet says how large it is, on a screen and on paper.
    """
    return segno.make(content, micro=False).svg_inline(omitsize=True, light="#fff")
