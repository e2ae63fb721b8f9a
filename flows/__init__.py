"""The flow language, its engine, its questions, its languages and its text. Pure."""
