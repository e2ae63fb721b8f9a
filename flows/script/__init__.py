"""The flow script: its words, its model, its parser and its checks."""
