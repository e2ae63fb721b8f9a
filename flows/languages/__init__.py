"""The languages of Guatemala as data, and which one a text is in."""
