"""Words that point at songs all along the list: "every second one", "the rest"."""

from __future__ import annotations

import re

from chat.agent.understanding.numbers import ORDINALS, number_of
from chat.agent.understanding.pointing import EveryNth, Reference, TheRest

_SONG = r"(?:ones?|songs?|tracks?|tunes?)"
_STEPS = {"other": 2, "alternate": 2} | {
    word: number for word, number in ORDINALS.items() if number > 1
}
EVERY = re.compile(
    rf"\b(?:every|each) (?:(?P<o>{'|'.join(_STEPS)})|(?P<n>\d{{1,2}})(?:st|nd|rd|th))"
    rf"(?: {_SONG})?\b(?! (?:artist|band|singer|week|day|month)s?\b)"
    rf"|\b(?:the |all )?(?:the )?(?P<parity>odd|even)(?:[- ]numbered)? (?:{_SONG}|numbers)\b"
)
REST = re.compile(
    r"\b(?:(?:all )?(?:of )?the (?:rest|remaining (?:ones|songs|tracks|\w+)|others|other (?:ones|songs|tracks))"
    r"|(?:everything|all|anything|everyone) else)\b(?: of (?:it|them|the (?:songs|list|playlist)))?"
    r"(?! (?:of|by|from|like|that sounds|similar) )"
)

# "One fast, one slow" is said in one breath, comma or not.
BREATHS = re.compile(
    r"\bone [\w'-]+(?: one)?, (?:then |and then )?one [\w'-]+\b"
    r"|\ba [\w'-]+ one, (?:then |and then )?a [\w'-]+ one\b"
    r"|\b(?:alternat\w+|take turns|back and forth)(?: between)?(?: the)? [\w'-]+(?: [\w'-]+)?? (?:and|with) [\w'-]+"
)


def every_nth(match: re.Match[str]) -> Reference:
    """Return what a match of `EVERY` points at."""
    if match["parity"]:
        return EveryNth(2, 1 if match["parity"] == "odd" else 2)
    step = _STEPS[match["o"]] if match["o"] else max(1, number_of(match["n"]))
    return EveryNth(step, step)


def the_rest(match: re.Match[str]) -> Reference:
    """Return what a match of `REST` points at, as long as nothing else is said."""
    return TheRest()
