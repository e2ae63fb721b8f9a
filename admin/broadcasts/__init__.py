"""Invitations to the people on a list, as commands and the staff's pages make and move them."""
