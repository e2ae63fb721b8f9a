"""The citizen's side: channels, conversations, delivery and jobs."""
