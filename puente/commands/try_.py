"""`puente try`: one line in, one result out, for those who test the text machinery."""

from __future__ import annotations

from puente.lazy import Entry, LazyGroup

TRIALS = {
    "understand": Entry("puente.commands.try_understand:try_understand", "What was meant?"),
    "language": Entry("puente.commands.try_language:try_language", "Which language is it in?"),
    "text": Entry("puente.commands.try_text:try_text", "What is sent, in how many segments?"),
}

try_ = LazyGroup(TRIALS, name="try", help="Feed the text machinery: one result for each line.")
