"""The hot path: one inbound message is one read and one guarded write."""
