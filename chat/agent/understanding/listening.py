"""The way from a message to its meaning: its language, its words, then its mood."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from math import inf

from chat.agent.understanding.feelings import Feel, with_feeling
from chat.agent.understanding.library import (
    borrowed_by,
    borrowing_said,
    without_borrowing,
)
from chat.agent.understanding.likening import likened_list
from chat.agent.understanding.players import blanked
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    AskHelp,
    OtherLanguage,
    PlayAgain,
    Reading,
    SmallTalk,
)
from chat.agent.understanding.spans import LookUp, LookUpNear, name_keys, nothing_near
from chat.agent.understanding.spoken import Spoken, spoken_in
from chat.agent.understanding.tagging.tagger import Tagging
from chat.agent.understanding.tokens import tokenised
from chat.agent.understanding.wish import (
    Wanted,
)

# Of a longer message the beginning and the end are read, half of this each: a story has
# its wish at either, and reading takes time with every word.
READ_CHARS = 3000
# What may be done on a word-by-word understanding: nothing that takes songs away.
_SAFE_TALK = ("greeting", "thanks", "farewell")


def listen(
    text: str,
    look_up: LookUp,
    *,
    this_year: int,
    feel: Feel,
    near: LookUpNear = nothing_near,
) -> Reading:
    """Read a message: in English fully, in other languages by the words that are known.

    Costs what `read_message` costs; where no word names a mood, 3 ms more at most.
    """
    if _is_data(text):
        return Reading(())
    borrowing = borrowing_said(text)
    if borrowing is not None:
        rest = without_borrowing(text, borrowing)
        reading = listen(rest, look_up, this_year=this_year, feel=feel, near=near)
        # What is left of "play something like my likes" plays nothing by itself.
        acts = tuple(act for act in reading.acts if not isinstance(act, PlayAgain))
        return borrowed_by(borrowing, replace(reading, acts=acts))
    likened = likened_list(text)
    # Neither does the title of a list speak for a language, nor one that the catalog knows.
    plain = blanked(text, likened.start, likened.end) if likened else text
    spoken = spoken_in(plain)
    if spoken is not None:
        spoken = spoken_in(plain, names=_words_of_names(plain, look_up))
    if spoken is not None:
        return _in_other_words(spoken, look_up, this_year)
    reading = read_message(text, look_up, this_year=this_year, near=near)
    return with_feeling(reading, text, feel)


def part_read(text: str) -> str:
    """Return what of a message is read: all of it, or the ends of a long one.

    What is data stays whole, to be known as such.
    """
    if len(text) <= READ_CHARS or _is_data(text):
        return text
    half = READ_CHARS // 2
    head, tail = text[:half], text[-half:]
    # Half a word means another.
    return f"{head[: _last_space(head)]}\n{tail[-_last_space(tail[::-1]) :]}"


def _last_space(text: str) -> int:
    """Return where the last word begins, or the end where no white space is near it."""
    match = re.search(r"\s\S{0,60}$", text)
    return match.start() if match else len(text)


def _is_data(text: str) -> bool:
    """Say whether a message is JSON and no sentence: what stands in it names nothing."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _words_of_names(text: str, look_up: LookUp) -> frozenset[str]:
    """Return the words of names of several words, and of one that is the message."""
    tokens = tokenised(text)
    known = look_up(name_keys(tokens))
    said = " ".join(text[song.start : song.end] for song in known.mentioned)
    names = {key for key in (*known.artists, *known.titles) if " " in key}
    whole = " ".join(token.key for token in tokens)
    inside = {key for key in names if f" {key} " in f" {whole} "}
    if whole in known.artists or whole in known.titles:
        inside.add(whole)
    words = {word for key in inside for word in key.split()}
    words.update(token.key for token in tokenised(said))
    return frozenset(
        text[token.start : token.end].lower() for token in tokens if token.key in words
    )


def _in_other_words(spoken: Spoken, look_up: LookUp, this_year: int) -> Reading:
    # What is learned reads English sentences, and a gloss is none.
    # A gloss has other places than the message.
    reading = read_message(
        spoken.gloss,
        lambda keys: replace(look_up(keys), mentioned=()),
        this_year=this_year,
        tagging=Tagging(),
        for_others=-inf,
    )
    acts: list[Act] = []
    for act in reading.acts:
        match act:
            case Ask() | AddSome():
                wanted = _certain(act.wanted)
                if not wanted.is_empty:
                    acts.append(replace(act, wanted=wanted))
            case AskHelp():
                acts.append(act)
            case SmallTalk() if act.kind in _SAFE_TALK:
                acts.append(act)
    wishes = (act.wanted for act in acts if isinstance(act, Ask | AddSome))
    return Reading((OtherLanguage(spoken.names, next(wishes, None)), *acts))


def _certain(wanted: Wanted) -> Wanted:
    """Leave out words and names that nobody knows: they are the other language's."""
    return replace(wanted, words=(), unknown_names=(), without_artists=())
