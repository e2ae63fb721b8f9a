"""The engine's numbers, each with its reason."""

from __future__ import annotations

from datetime import timedelta

MISSES_BEFORE_HELP = 1
"""The first misunderstanding gets an example, the second the whole help."""
MISSES_BEFORE_NEXT = 2
"""After the third misunderstanding the fault is ours: the next question (promise 10)."""

LETTERS_READ = 2000
"""What is read of one message: over the 1,600 of Twilio's longest, so nothing real is cut."""

JOIN_WITHIN = timedelta(seconds=15)
"""The next part of a long SMS comes within seconds; nobody reads a new question and types
ten letters in less."""
FULL_PARTS = frozenset({153, 160, 67, 70})
"""Units a phone fills before it cuts a long SMS: septets of GSM-7, code units of UCS-2. A
message that is exactly as long as one of them may have been cut there."""
JOIN_LETTERS = 10
"""A part shorter than this reads as an answer to the next question."""

BACK_AFTER = timedelta(hours=3)
"""Who writes after this long greets first: a text that is no answer is no misunderstanding."""

REMIND_AFTER = (timedelta(hours=24), timedelta(hours=72))
"""How long after her last message each reminder goes. Two are a help, three a nuisance."""

PERSONS_PER_NUMBER = 6
"""A large household. More are kept, and flagged."""

SILENCE = timedelta(days=182)
"""A number silent for six months may be somebody else's now: nothing old is shown."""

CANDIDATES = 4
"""What a person can choose from in one short message."""

LANGUAGE_LIKELY = 0.5
"""A language on offer is brought up from this score on: a wrong offer costs one message."""
LANGUAGE_SURE = 0.8
"""One that is not on offer only from here on: it is counted as demand."""

MOST_LISTED = 10
"""Beyond 0 to 10 the numbers there are fill the message; then "1-120" says as much."""

ASSISTED_PER_NUMBER = 30
"""People a leader can answer for on one phone: an afternoon's patience, and no more."""

HANDS = 5000
"""Raised hands for one option of an assembly: more is no assembly that anybody counted."""
