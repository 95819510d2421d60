"""How songs are put into the list: "put a Queen song between 3 and 4", "and X right after it"."""

from __future__ import annotations

import re

from chat.agent.understanding import commands
from chat.agent.understanding.moving import SPOT
from chat.agent.understanding.numbers import NUMBER, capped, number_of

_LEAD = (
    r"^(?:please |ok |okay |and |also |then |now |but |just |can you |could you |can we |could we "
    r"|let's |lets |i want (?:you )?to |i'd like (?:you )?to |actually |maybe )*"
)
_PUTS = r"(?:put|place|stick|slip|slot|squeeze|pop|slide|drop|throw|play|have|get|want|i want|i'd like|give me|need)"
_SOME = rf"(?:an?|one|some|another|more|a few|a couple(?: of)?|{NUMBER}|_{{2,}})"
_PUT_SOME = re.compile(
    rf"{_LEAD}(?:{_PUTS} )?(?:in )?(?:just |only |maybe |like )*{_SOME}(?!\w)"
)
# "And Billie Jean right after it", "then some jazz at the end".
_ONE_THEN = re.compile(
    rf"^(?:and|then|and then|also|plus|now)(?: also| then)? {_SOME}(?!\w)"
)
# "But only one song": of what is put in, and not of the list.
_NUMBER_ONLY = re.compile(
    rf"^(?:but |and |please |like |i mean |ok )*(?:only |just |not more than |no more than |at most |max(?:imum)? |exactly )+"
    rf"(?P<n>{NUMBER})(?: (?:songs?|tracks?|tunes?|of (?:them|those|these|theirs|his|hers)|by (?:him|her|them)|max|though|please))*[.!]*$"
)
# "Another", "another one by her": one song.
_ANOTHER = re.compile(
    rf"{_LEAD}(?:give me |play |add |put in |i want |yes |yeah |ok |oh |again )*"
    r"(?:another(?! (?:\d|two|three|four|five|few|couple|ten|dozen|hour|half|round|list|playlist|time|day|way))"
    r"|(?:just |only )?one (?:more|extra|other)\b)"
)
_ONE_OF = re.compile(
    r"\b(?:add|include|insert|put(?: in)?|throw in|mix in|squeeze in|stick in|give me|play|need|want)"
    r"(?: in)? (?:just |only |exactly |maybe |like )*(?:one|an?)"
    r"(?: (?:more|other|single))?(?= (?:by|from|of|with|like|song by|in|at|after|before|between)\b)"
    rf"|{_LEAD}{_PUTS} (?:in )?(?:just |only )*(?:an?|one) (?:\S+ ){{0,4}}?(?:song|track|tune|one|number)\b"
    r"|\b(?:only|just) one (?:song|track|tune|of (?:his|hers|theirs|them|those))\b"
)


def is_addition_said(plain: str) -> bool:
    """Say whether songs are to come in, at a place that may be said. plain: names blanked."""
    if commands.ADD.search(plain):
        return True
    return SPOT.search(plain) is not None and bool(
        _PUT_SOME.match(plain) or _ONE_THEN.match(plain)
    )


def number_only(plain: str) -> int | None:
    """Return the number in "but only one song", said behind what is put in."""
    match = _NUMBER_ONLY.match(plain.strip())
    if match is None or match["n"] in ("a", "an"):
        return None
    return capped(number_of(match["n"]))


def is_one_more(plain: str) -> bool:
    """Say whether a single song is asked for: "another", "add one by her"."""
    return bool(_ANOTHER.match(plain) or _ONE_OF.search(plain))
