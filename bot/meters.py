"""What is counted while messages come and go, for `/metrics`: no number, no text, no id.

Each process counts in files of its own, which whoever is asked adds up (`puente/metrics.py`).
prometheus_client looks for their folder as it is loaded: `share_metrics` comes before that.
"""

from __future__ import annotations

from functools import cache

from prometheus_client import Counter, Histogram

INBOUND = Counter(
    "puente_inbound_total",
    "Messages that came in: taken, repeated (a delivery we had), spooled (taken later, and counted"
    " then), returned (503; set_aside as well where nobody delivers it again).",
    ("channel", "outcome"),
)
REFUSED = Counter(
    "puente_requests_refused_total",
    "Requests in a provider's name that were not let in, by reason.",
    ("channel", "reason"),
)
REPLY_SECONDS = Histogram(
    "puente_reply_seconds",
    "From a message's arrival until its reply was ready for the response or the outbox.",
    ("channel",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
SENDS = Counter(
    "puente_sends_total",
    "Messages brought to a provider: sent, again (will be retried), elsewhere (by its fallback),"
    " unknown (nobody knows, not retried) or given_up.",
    ("channel", "kind", "outcome"),
)
SEGMENTS = Counter(
    "puente_segments_total",
    "What went out, in SMS segments (WhatsApp: messages, USSD: screens), by the text's language.",
    ("channel", "language"),
)
COST = Counter(
    "puente_cost_quetzales_total",
    "What went out, at the channel's `price` in channels.yaml.",
    ("channel", "language"),
)


@cache  # what labels come to is looked up for each message otherwise, under a lock
def inbound(channel: str, outcome: str) -> Counter:
    """Give the counter of what became of messages that came in."""
    return INBOUND.labels(channel, outcome)


@cache
def reply_seconds(channel: str) -> Histogram:
    """Give the histogram of how long a channel's replies take."""
    return REPLY_SECONDS.labels(channel)


@cache
def _segments(channel: str, language: str) -> Counter:
    return SEGMENTS.labels(channel, language)


def count_out(channel: str, language: str, segments: int, price: float) -> None:
    """Count what goes out, and what it costs at so many quetzales a segment."""
    _segments(channel, language).inc(segments)
    if price:
        COST.labels(channel, language).inc(segments * price)
