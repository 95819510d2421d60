"""Reads what is done to songs of the list, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chat.agent.understanding import commands
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.comparatives import shift_read
from chat.agent.understanding.lexicon import comparative_words
from chat.agent.understanding.pointing import (
    Place,
    Reference,
    SongsOf,
    TheirSongs,
    Titled,
)
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    KeepOnly,
    MoreLike,
    ReactTo,
    ReplaceWith,
    Resize,
    Spot,
    TakeOut,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.wanted import LIKENESS, only_refuses, positive, wanted_in
from chat.agent.understanding.wish import (
    Wanted,
)

_ADDS = re.compile(r"\b(?:add|include|insert|put|throw|mix)\b")
# "Add one reggae song", "put in a song by her": of a song that is added there is one.
_ANOTHER = re.compile(
    r"\b(?:another (?:one|song|track|tune)|one more)\b"
    r"|\b(?:add|include|insert|put in|throw in|mix in) (?:just |only |exactly )?(?:one|an?)"
    r"(?! (?:few|couple|bit|little|lot|handful|bunch|dozen|pair|mix)\b)"
    r"(?: [\w'-]+){0,4}? (?:song|track|tune|number|one)\b"
)


def edits_read(
    clause: Clause,
    plain: str,
    wanted: Wanted,
    references: tuple[Reference, ...],
    spot: Spot | None = None,
) -> Iterator[Act]:
    """Yield what is done to songs of the list, or said of them."""
    opinion = commands.opinion_read(plain, references)
    rows = [r for r in references if isinstance(r, Place)]
    if commands.KEEP_COMING.search(plain):
        yield Resize(None, None, 1)
    elif commands.KEEP_ONLY.search(plain) and (references or not wanted.is_empty):
        yield KeepOnly(positive(wanted), tuple(map(_of_playlist, references)))
    elif commands.KEEP_ROW.search(plain) and rows:
        is_row = len(rows) > 1 or rows[0].count > 1 or not plain.startswith("keep")
        kept = tuple(map(_of_playlist, references))
        yield KeepOnly(Wanted(), kept) if is_row else ReactTo(references, "like")
    elif commands.TAKE_OUT.search(plain):
        yield TakeOut(positive(wanted), references)
    elif opinion == "out":
        yield TakeOut(Wanted(), references)
    elif opinion == "dislike":
        yield ReactTo(references, "dislike")
    elif commands.NO_MORE.search(plain) and any(map(_is_of_artist, references)):
        yield TakeOut(positive(wanted), tuple(filter(_is_of_artist, references)))
    elif commands.NO_MORE.search(plain) and commands.SOMEONE.search(plain):
        return  # The artist of a song that is pointed at: no act takes out theirs.
    elif _is_addition(clause, wanted):
        yield _addition(plain, wanted, references, spot)
    elif opinion == "like" or (commands.LIKES.search(plain) and references):
        yield ReactTo(references, "like")
    elif commands.MORE_LIKE.search(plain) and references:
        is_refused = commands.NO_MORE.search(plain) is not None
        yield ReactTo(references, "dislike") if is_refused else MoreLike(references)


def exchange_read(clause: Clause, at: int, text: str, this_year: int) -> Iterator[Act]:
    """Yield what goes and what comes, for "replace the third one with some jazz"."""
    likeness = LIKENESS.search(clause.masked[at:]) is not None
    old, new = clause.cut_at(at)
    references = references_in(old.masked)
    gone = positive(wanted_in(old, text, this_year=this_year))
    if not references and replace(gone, words=()).is_empty:
        return
    gone = Wanted() if references else gone
    wanted = wanted_in(new, text, this_year=this_year)
    shift = shift_read(new)
    if shift is not None and not (wanted.genres or wanted.artists or likeness):
        # "Something faster" than the song that goes.
        wanted = replace(wanted, moods=(), words=())
        yield ReplaceWith(references, gone, wanted, shift.phrase, shift.leanings)
    else:
        yield ReplaceWith(references, gone, wanted)


def replaced_read(plain: str, references: tuple[Reference, ...]) -> ReplaceWith | None:
    """Read "replace number 3", which says nothing of what comes."""
    if not references or not commands.REPLACE_ONLY.search(plain):
        return None
    return ReplaceWith(references, Wanted(), Wanted())


def _is_of_artist(reference: Reference) -> bool:
    return isinstance(reference, TheirSongs | SongsOf)


def _of_playlist(reference: Reference) -> Reference:
    """Count in the playlist: what stays is of the whole, not of what came in last."""
    if isinstance(reference, Place):
        return replace(reference, is_of_playlist=True)
    return reference


def _addition(
    plain: str,
    wanted: Wanted,
    references: tuple[Reference, ...],
    spot: Spot | None = None,
) -> AddSome | Resize:
    is_likeness = LIKENESS.search(plain) is not None or "more of" in plain
    if _ANOTHER.search(plain):
        wanted = replace(wanted, count=1)
    if wanted.like_tracks and is_likeness:
        references = tuple(r for r in references if not isinstance(r, Titled))
    elif wanted.like_tracks:
        wanted = replace(wanted, like_tracks=())
    if wanted.is_empty and not references and not wanted.unknown_names and not spot:
        resize = commands.resize_read(plain)
        said = resize.count if resize else None
        return Resize(wanted.count or said, wanted.minutes, 1)
    is_of_songs = bool(references) and not any(map(_is_of_artist, references))
    return AddSome(wanted, references, is_likeness and is_of_songs, spot)


def _is_addition(clause: Clause, wanted: Wanted) -> bool:
    if commands.ADD.search(clause.masked) is None:
        return False
    return not (_is_shift_of_more(clause) or only_refuses(wanted))


def _is_shift_of_more(clause: Clause) -> bool:
    """Say whether "more" is "more upbeat", which moves the list, and not "more jazz"."""
    if _ADDS.search(clause.masked):
        return False
    compared = "|".join(
        re.escape(n.text.lower())
        for n in clause.named
        if n.kind == "mood" and n.key in comparative_words()
    )
    return bool(compared) and bool(
        re.search(rf"\bmore (?:\w+ )?(?:{compared})\b", clause.masked)
    )
