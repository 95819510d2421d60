"""Misspelt verbs of what is done to a list: "remvoe the second", "shufle it"."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from chat.agent.understanding.collisions import is_known_word

_VERBS = (
    "remove", "delete", "replace", "reverse", "shuffle", "insert", "shorten",
    "rename", "alternate", "exchange",
)  # fmt: skip
# A verb stands at the beginning, or behind what one says before it.
_AT = re.compile(
    r"(?:^|[.,;!?]|\band\b|\bthen\b|\bplease\b|\bpls\b|\byou\b|\bnow\b)\s*(?P<verb>[a-z]{4,10})(?=\s|$|[.!])",
    re.IGNORECASE,
)

# "Longer then 5 minutes"; "slower then faster" is an order.
_THEN = re.compile(
    r"(?<=er )then(?= \d)|(?<=\bmore )then(?= \d)|(?<=\bless )then(?= \d)"
)


def verbs_respelt(text: str) -> str:
    """Return a message with its misspelt verbs as they are meant, and "then" for "than".

    One letter is wrong, missing or too many, or two have changed places; the first is
    right. A word that belongs to requests is let alone.
    """

    def mended(match: re.Match[str]) -> str:
        said = match["verb"].lower()
        meant = _nearest(said)
        start = match.start("verb") - match.start()
        return match.group()[:start] + meant if meant else match.group()

    return _THEN.sub("than", _AT.sub(mended, text))


def _nearest(said: str) -> str:
    if said in _VERBS or is_known_word(said):
        return ""
    for verb in _VERBS:
        near = OSA.distance(said, verb, score_cutoff=1) == 1
        # "Removed" and "moves" are words.
        is_form = said.startswith(verb) or verb.startswith(said)
        if near and not is_form and said[0] == verb[0]:
            return verb
    return ""
