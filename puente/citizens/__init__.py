"""Synthetic citizens: for the demo, and for trying a consultation before anybody is asked.

They know a poster (a word to send, a title) and what stands on their phone, nothing else:
none of this looks into a flow. All but `crowd.py` is pure; chance is an argument.
"""
