"""Whole conversations, judged by what they do to the list and not by their wording."""
