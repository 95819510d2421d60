"""What was changed, and the way forward again: "what did you change?", "redo", "undo two"."""

from __future__ import annotations

import re

from chat.agent.understanding.asked import OfChange
from chat.agent.understanding.numbers import NUMBER_WORDS, number_of
from chat.agent.understanding.questions.plainly import Plain
from chat.agent.understanding.questions.tables import table
from chat.agent.understanding.reading import GoBackTo, Redo, Undo

MOST_STEPS = 20
_NUMBER = r"\d{1,2}|" + "|".join(w for w, n in NUMBER_WORDS.items() if 1 < n <= 12)
_STEPS = r"(?:changes?|edits?|steps?|things?|times?|ones?|moves?|actions?|versions?|commands?)"
_PAST = table(
    r"""
last    what (?:have you|did you|has|was|were|got|did|is|are|are you)(?: just| now| really)? ?(?:you |it |that )?(?:just )?(?:chang(?:e|ed)|do|done|different|edit(?:ed)?|alter(?:ed)?|new)(?: (?:to|in|with|about|on) (?:it|<LIST>|there|here))?(?: (?:just now|now|last|there|last time|this time))*
last    what (?:changed|happened)(?: (?:to|in|with) (?:it|<LIST>))?(?: (?:just now|now|last))*
last    (?:what|which)(?: songs?| tracks?| ones)? (?:have you|did you|was|were|are|got|is)(?: just)? (?:add(?:ed)?|remov(?:e|ed)|take(?:n)? out|took out|drop(?:ped)?|delet(?:e|ed)|replac(?:e|ed)|swap(?:ped)?|put in|throw(?:n)? out|new|gone|thrown out|left out)(?: (?:to|from|in|on) (?:it|<LIST>|there|here))?(?: (?:just now|now|last|then))*
last    (?:what|which) (?:songs? |tracks? |ones )?(?:is|are) (?:new|gone)(?: (?:now|here|in (?:it|<LIST>)))*
last    (?:what|which) (?:was|is) (?:the|your|my) (?:last|latest) (?:change|edit)
before  (?:what|which)(?: songs?| tracks?)? (?:was|were) (?:there )?(?:in|on) (?:it|<LIST>|there|here)(?: (?:before|earlier|previously|originally|at first|in the beginning|until now))+(?: (?:that|this|the change|you changed it))?
before  (?:what|how) (?:did|was) (?:it|<LIST>)(?: (?:look|be|have|contain))?(?: like)?(?: (?:before|earlier|previously))+(?: (?:that|this|the change|you changed it))?
before  what (?:was|were) (?:the|my) (?:previous|last|old|earlier) (?:list|playlist|version|songs)
before  what (?:did i|did we) have (?:before|earlier|previously)(?: (?:that|this))?
before  (?:show|tell|give)(?: me)? (?:the )?(?:previous|old|last|earlier) (?:list|playlist|version)
"""
)
_REDO = re.compile(
    r"(?:can you |could you |would you |will you )?(?:redo|re do|reapply|un ?undo)(?: (?:it|that|this|them|the (?:last )?(?:change|edit|one|thing|step)|what you (?:just )?undid|what i (?:just )?undid))?(?: (?:again|please))*"
    r"|undo (?:the |that |my |your |this |last )*undo|(?:take back|cancel|reverse) the undo"
    r"|(?:bring|put|get) back what (?:you|i|we) (?:just )?(?:undid|took back)|no (?:undo|put) that back"
    r"|(?:go|step) forward(?: again| one(?: step)?| a step)?"
    r"|i (?:did not|do not) (?:mean|want) (?:to|that)(?: undo)?"
)
_UNDO_SOME = re.compile(
    rf"(?:please )?(?:can you )?(?:undo|take back|revert|roll back|reverse)(?: (?:the|my|your|those|these|all|both|last|previous|of))*(?: (?P<n>{_NUMBER}))(?: {_STEPS})?"
    rf"|undo (?P<twice>twice|both)(?: {_STEPS})?"
    rf"|(?:go|step) back (?P<back>{_NUMBER}) {_STEPS}"
)
_TO_FIRST = re.compile(
    r"(?:(?:can you |could you |please )*(?:go|take me|take it|bring me|roll|switch|return|revert|get|change)(?: (?:it|back|all the way|the list|the playlist))* to|back to|restore|bring back|i want|give me|show me|undo)(?: me)?"
    r" (?:the |my |our |all the way to the )*(?:(?:very )?(?:first|original|initial) (?:version|list|playlist|one)|start|beginning|everything|all of it|all (?:the |my |your )?changes)(?: (?:again|back|you made|we had))*"
)


def past_question(plain: Plain) -> OfChange | Redo | Undo | GoBackTo | None:
    """Read what is asked of the list's past; None for others."""
    for kind, pattern in _PAST:
        if pattern.fullmatch(plain.text):
            return OfChange("last" if kind == "last" else "before")
    if _REDO.fullmatch(plain.text):
        return Redo()
    some = _UNDO_SOME.fullmatch(plain.text)
    if some:
        if some["twice"]:
            return Undo(2)
        said = number_of(some["n"] or some["back"])
        return Undo(min(max(1, said), MOST_STEPS))
    if _TO_FIRST.fullmatch(plain.text):
        return GoBackTo(1)
    return None
