"""How an order of a list is said by its halves and its ends, and by how it grows."""

from __future__ import annotations

import re

WORDS = r"(?P<{}>[a-z][a-z' -]{{1,40}}?)"
STOP = r"(?=\s*(?:[,.;!?]|$|\b(?:and|then|but|for|with|please|songs?|music|ones?|stuff|of|from|over|in)\b))"
_ONES = r"(?: (?:songs?|ones?|tracks?|music|stuff))?"
_IS = r"(?: (?:should be|is|to be|be))?"
_JOINT = r"\s*(?:,|;|\band\b|\bthen\b|\bbut\b)(?:\s*(?:and|then|but|the))*\s+"
_FIRST = r"(?:first|(?:at|in|to|towards) the (?:start|beginning|top|front)|up front)"
_LAST = r"(?:last|later(?: on)?|afterwards|(?:at|in|to|towards) the (?:end|bottom|back|finish))"
_START = r"\b(?:put |play |have |with |i want |the )*"

# Two moods, named a and b: what comes first, and what last.
ENDS_SAID = (
    re.compile(
        rf"\b(?:first|1st) half{_IS} (?:all )?{WORDS.format('a')}{_ONES}{_JOINT}"
        rf"(?:second|2nd|other|last|latter)(?: half| one)?{_IS} (?:all )?{WORDS.format('b')}{STOP}"
    ),
    re.compile(
        rf"{_START}{WORDS.format('a')}{_ONES} {_FIRST}{_JOINT}{WORDS.format('b')}{_ONES} {_LAST}\b"
    ),
    re.compile(
        rf"{_START}{WORDS.format('b')}{_ONES} {_LAST}{_JOINT}{WORDS.format('a')}{_ONES} {_FIRST}\b"
    ),
)
# "First half slower than second half", "the second half should be louder".
HALF_COMPARED = re.compile(
    rf"\b(?P<half>first|1st|second|2nd|last|latter) half{_IS} (?:a (?:bit|little) |much |way )?"
    r"(?:(?P<way>more|less) )?(?P<word>[a-z]+)"
    r" than (?:in |it is in )?(?:the )?(?:first|1st|second|2nd|last|latter|other)(?: half| one)?\b"
)
# "Slow it down towards the end", "a mix that speeds up".
PACE_TURNS = re.compile(
    r"\b(?P<way>slow|speed)s?(?:ing)?(?: (?:it|things|them))? (?:down|up)(?: (?:a bit|slowly|gradually))*"
    r" (?:at|towards?|near|by|in|for) the (?:very )?(?:end|finish|second half)\b"
    r"|\b(?:that|which) (?:slowly |gradually )*(?P<turns>slow|speed)s (?:down|up)\b"
)
# "A playlist that gets faster", "it should get louder and louder".
_GETS = r"(?:gets?|getting|grows?|growing|becomes?|becoming|turns?|turning)"
GROWS = re.compile(
    r"\b(?:that|which|(?:play)?list|mix|set|should|to|and|slowly|gradually) "
    rf"(?:slowly |gradually |progressively |steadily |always )*{_GETS}"
    r"(?: (?:slowly|gradually|progressively|steadily))? (?:a bit |a little |(?P<more>more and more [a-z]+)|(?P<word>[a-z]+er))\b"
    r"(?: and [a-z]+er)?(?: (?:with each song|song by song|all the time|over time|as it goes(?: on| along)?))*"
)
