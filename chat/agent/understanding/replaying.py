"""Asking to hear a song once more: "play that last song again", "again", "play the second one"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat.agent.understanding.pointing import Place, Reference, ThatOne
from chat.agent.understanding.reading import PlayAgain

_LEAD = (
    r"(?:(?:please|ok|okay|yes|now|oh|and|hey|can you|could you|would you|will you|let me"
    r"|let's|lets|i want to|i wanna|i'd like to|i would like to|just),? )*"
)
_SONG = r"(?:song|track|tune|one|number)"
_IT = (
    rf"(?:it|this|that|(?:this|that|the)(?: very)?(?: last| previous| same)? {_SONG}"
    rf"|the (?:last|previous|same)(?: {_SONG})?)"
)
_MORE = (
    r"(?:again|(?:once|one) (?:more|again)|one more time|once more time|another time)"
)
_AGAIN = re.compile(
    rf"^{_LEAD}(?:(?:play|hear|listen to) (?:{_IT} )?(?:back )?{_MORE}"
    rf"|(?:put on|start|run|do) {_IT} {_MORE}"
    rf"|(?:replay|repeat|encore)(?: {_IT})?(?: {_MORE})?|(?:play )?{_IT} {_MORE}"
    rf"|(?:and )?again|{_LEAD}once more)(?: please)?$"
)
_PLAYS_ONE = re.compile(
    rf"^{_LEAD}(?:re)?play (?:me )?(?:(?:the )?\S+ {_SONG}(?: (?:of|in|from|on) (?:the |my )?"
    rf"(?:play)?list)?|(?:{_SONG}|no\.?|#) ?\S+)(?: {_MORE})?(?: please)?$"
)


def replay_read(plain: str, references: Sequence[Reference]) -> PlayAgain | None:
    """Read that one song is to be heard, by where it stands or as the last one.

    plain: a clause in lower case, its names blanked. references: what it points at.
    """
    said = " ".join(plain.replace("!", " ").replace(".", " ").split())
    if _AGAIN.match(said):
        return PlayAgain((ThatOne(),))
    if len(references) == 1 and _PLAYS_ONE.match(said):
        match references[0]:
            case Place(count=1):
                return PlayAgain(tuple(references))
    return None
