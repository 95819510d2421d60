"""Counts and durations in words and digits."""

from __future__ import annotations

import re

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "pair": 2, "three": 3, "few": 3,
    "four": 4, "five": 5, "several": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4,
    "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7,
    "eighth": 8, "8th": 8, "ninth": 9, "9th": 9, "tenth": 10, "10th": 10,
    "eleventh": 11, "11th": 11, "twelfth": 12, "12th": 12, "last": -1, "final": -1,
}  # fmt: skip

MAX_COUNT = 100

NUMBER = r"(?:\d{1,3}|" + "|".join(NUMBER_WORDS) + r")"
_COUNTED = re.compile(
    rf"\b(?:a )?(?P<n>{NUMBER})(?: of)?(?: \w+){{0,2}}? "
    r"(?:songs?|tracks?|tunes?|pieces?|numbers)\b"
)
_SIZED = re.compile(
    rf"\b(?:(?:play)?list|mix|set) of (?P<n>{NUMBER})\b|\btop (?P<top>\d{{1,3}})\b"
)
_TIMED = re.compile(
    rf"\b(?P<half>half an hour)\b|\b(?P<n>{NUMBER})[ -](?P<unit>hours?|hrs?|minutes?|mins?)\b"
)


def number_of(word: str) -> int:
    """Read a number word or digits. Raises KeyError for any other word."""
    return int(word) if word.isdigit() else NUMBER_WORDS[word]


def count_said(text: str) -> int | None:
    """Return how many songs are asked for, capped; None where that isn't said.

    text: lower case. "a song" is not a count, since people say it of any song.
    """
    match = _SIZED.search(text) or _COUNTED.search(text)
    if match is None:
        return None
    groups = match.groupdict()
    word = groups.get("n") or groups.get("top") or ""
    if word in ("a", "an", "one") and not text.startswith("one"):
        return None
    return max(1, min(MAX_COUNT, number_of(word)))


def minutes_said(text: str) -> int | None:
    """Return how long the music should last, in minutes. text: lower case."""
    match = _TIMED.search(text)
    if match is None:
        return None
    if match["half"]:
        return 30
    count = number_of(match["n"])
    return count * 60 if match["unit"].startswith("h") else count
