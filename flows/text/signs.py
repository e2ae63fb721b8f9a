"""Signs that people and programs write for one another: facts of Unicode, no rule of ours."""

from __future__ import annotations

APOSTROPHES = "'ʼ’‘ꞌꞋ´ˈ`′ʻʹˊˋʽ‛‵՚＇ʾʿߴߵ᾽᾿❛❜\u0312\u0313\u0314\u0315"
"""What stands for the glottal mark on some keyboard or in some programme."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    "\ufeff\ufff9\ufffa\ufffb"
)
"""Zero-width and bidirectional marks: no reader sees them. ZWJ is not here: emoji need it."""

EMOJI_GLUE = "\u200d\u20e3\ufe0e\ufe0f"
"""What turns a sign into an emoji, or joins two; nothing without one."""

QUOTES = '"“”„‟«»″‶＂〝〞❝❞‹›'
DASHES = "-‐‑‒–—―−﹣－⁃•‣◦⁓"
SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    "\u205f\u3000\t"
)
LINE_ENDS = "\u2028\u2029\u0085\v"
