"""Counts and durations in words and digits."""

from __future__ import annotations

import re

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_OTHERS = {
    "a": 1, "an": 1, "couple": 2, "pair": 2, "few": 3, "handful": 4, "several": 5,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "hundred": 100,
}  # fmt: skip
NUMBER_WORDS = {
    **_UNITS, **_TENS, **_OTHERS,
    **{
        f"{ten}{joint}{unit}": tens + units
        for ten, tens in _TENS.items()
        for unit, units in _UNITS.items()
        for joint in "- "
    },
}  # fmt: skip
ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4,
    "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7,
    "eighth": 8, "8th": 8, "ninth": 9, "9th": 9, "tenth": 10, "10th": 10,
    "eleventh": 11, "11th": 11, "twelfth": 12, "12th": 12, "last": -1, "final": -1,
}  # fmt: skip

MAX_COUNT = 100
MAX_MINUTES = 24 * 60

# Longest first, so that "twenty-five" isn't read as "twenty".
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
NUMBER = rf"(?:\d{{1,6}}|{_WORDS})"
# A name stands blanked as "____": "5 ____" counts too, and years don't.
# "A couple of songs" is two, while "a song" is no count.
_COUNT = (
    r"(?!(?:19|20)\d\d\b)(?:an? (?=[cdfhp]))?(?P<n>"
    + NUMBER.replace("|an|a)", ")")
    + ")"
)
# "number 2 for ____" counts nothing.
_NO_PART = r"(?:more|for|with|by|from|to|and|or|in|is|but|like|of)"
_SONGS = (
    r"(?:songs?|tracks?|tunes?|pieces?|numbers|ones|hits?|bangers?|classics?|ballads?"
    r"|anthems?|jams?|cuts?|favou?rites|artists|_{2,})"
)
_COUNTED = re.compile(
    rf"(?<![\d.,'-])(?<!number )(?<!song )\b(?:\d+ ?(?:-|to|or) ?)?{_COUNT}(?: of)?(?: (?!{_NO_PART}\b)\w[\w'-]*){{0,3}}? {_SONGS}\b"
)
_SIZED = re.compile(
    rf"\b(?:(?:play)?list|mix|set) of (?:about |around )?(?P<n>{NUMBER})\b"
    rf"|\btop (?P<top>{NUMBER})\b"
)
# "Add two by ____", "another three from the 80s".
_SOME = rf"(?!(?:19|20)\d\d\b)(?P<n>{NUMBER.replace('|an|a)', ')')})(?: more)?"
_ADDED = re.compile(
    rf"\b(?:add|insert|include|another|(?P<joined>plus|and)) {_SOME}"
    r"(?: (?:by|from|of|like|after|before|between|at)\b|(?(joined)(?!)|\s*$))"
)
COUNT_MORE = re.compile(
    rf"\b(?P<n>{NUMBER}) (?:more|extra|additional|another)\b(?! (?:minutes?|mins?|hours?)\b)"
)
# "A calm hour" lasts one; a happy hour is a time of day, "a good half hour" half of one.
_NO_HOUR = (
    rf"{_WORDS}|half|quarter|rush|lunch|happy|late|early|per|in|for|of|songs?|tracks?"
)
_TIMED = re.compile(
    rf"(?P<half>\bhalf (?:an )?hour\b)|(?P<quarter>\bquarter of an hour\b)"
    rf"|\b(?P<whole>an?|one|two|three)(?: (?!(?:{_NO_HOUR})\b)[a-z]+){{1,2}} hours?\b"
    rf"|(?<![\d.])(?P<n>\d+(?:\.\d+)?|\b(?:{_WORDS}))(?P<and> and a half)?(?: of| more| extra)?[ -]?"
    r"(?P<unit>hours?|hrs?|h|minutes?|mins?)\b(?P<more> and a half)?"
    rf"(?:,? (?:and )?(?P<rest>\d{{1,2}}) ?(?:minutes?|mins?)\b)?"
)
_ONE = ("a", "an", "one")
_JUST_ONE = re.compile(
    r"\b(?:just|only|exactly|single|give me|play) one\b|^one\b(?!.hit wonder)"
)


def number_of(word: str) -> int:
    """Read a number word or digits. Raises KeyError for any other word."""
    return int(word) if word.isdecimal() else NUMBER_WORDS[word]


def count_said(text: str) -> int | None:
    """Return how many songs are asked for, capped; None where that isn't said.

    text: lower case. "a song" is not a count, since people say it of any song.
    """
    patterns = (_SIZED, COUNT_MORE, _COUNTED, _ADDED)
    match = next(filter(None, (p.search(text) for p in patterns)), None)
    if match is None:
        return None
    groups = match.groupdict()
    word = groups.get("n") or groups.get("top") or ""
    if word in _ONE and not (word == "one" and _JUST_ONE.search(text)):
        return None
    return capped(number_of(word))


def capped(count: int) -> int:
    """Bring a count within what a list may hold."""
    return max(1, min(MAX_COUNT, count))


def minutes_said(text: str) -> int | None:
    """Return how long the music should last, in minutes. text: lower case."""
    match = _TIMED.search(text)
    if match is None:
        return None
    if match["half"] or match["quarter"]:
        return 30 if match["half"] else 15
    word = match["n"] or match["whole"]
    count = float(word) if word[0].isdecimal() else float(number_of(word))
    if match["and"] or match["more"]:
        count += 0.5
    is_hours = match["whole"] or match["unit"].startswith("h")
    minutes = count * 60 if is_hours else count
    return max(1, min(MAX_MINUTES, round(minutes) + int(match["rest"] or 0)))
