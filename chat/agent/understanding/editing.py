"""Reads what is done to songs of the list, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chat.agent.understanding import commands
from chat.agent.understanding.additions import is_one_more
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.comparatives import shift_read
from chat.agent.understanding.lexicon import comparative_words
from chat.agent.understanding.moving import of_playlist
from chat.agent.understanding.numbers import capped, number_of
from chat.agent.understanding.pointing import (
    EveryNth,
    Half,
    Place,
    Reference,
    SongsOf,
    TheirSongs,
    Titled,
    Utmost,
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
from chat.agent.understanding.wanted import (
    LIKENESS,
    kinds_of,
    only_refuses,
    positive,
    wanted_in,
)
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
    # What is demanded of songs is blank by now: "take the      out".
    said = re.sub(r"\s{2,}", " ", plain)
    rows = [r for r in references if isinstance(r, Place | EveryNth | Half | Utmost)]
    if commands.KEEP_COMING.search(plain):
        yield Resize(None, None, 1)
    elif commands.KEEP_ONLY.search(plain) and (references or not wanted.is_empty):
        kept = tuple(map(of_playlist, references))
        yield KeepOnly(positive(wanted), kept, is_together(clause, wanted))
    elif _ONLY_ONES.match(said) and not positive(wanted).is_empty and not references:
        yield KeepOnly(positive(wanted), (), is_together(clause, wanted))
    elif commands.KEEP_ROW.search(plain) and rows:
        is_row = len(rows) > 1 or getattr(rows[0], "count", 2) > 1
        is_row = is_row or not plain.startswith("keep")
        kept = tuple(map(of_playlist, references))
        yield KeepOnly(Wanted(), kept) if is_row else ReactTo(references, "like")
    elif all(isinstance(r, TheirSongs) for r in references) and (
        fewer := commands.SOME_OF_THEM.match(said)
    ):
        yield Resize(None, None, -1, by=capped(number_of(fewer["n"])))
    elif commands.HAS_TO_GO.search(said) and kinds_of(positive(wanted)):
        yield TakeOut(positive(wanted), references, is_together(clause, wanted))
    elif commands.TAKE_OUT.search(said):
        gone = positive(wanted)
        count = None if references or gone.is_empty else _count_taken(said, wanted)
        yield TakeOut(gone, references, is_together(clause, wanted), count)
    elif opinion == "out":
        yield TakeOut(Wanted(), references)
    elif opinion == "dislike":
        yield ReactTo(references, "dislike")
    elif commands.NO_MORE.search(plain) and any(map(_is_of_artist, references)):
        yield TakeOut(positive(wanted), tuple(filter(_is_of_artist, references)))
    elif commands.NO_MORE.search(plain) and commands.SOMEONE.search(plain):
        return  # The artist of a song that is pointed at: no act takes out theirs.
    elif _is_addition(clause, wanted, has_spot=spot is not None):
        yield _addition(plain, wanted, references, spot)
    elif opinion == "like" or (commands.LIKES.search(plain) and references):
        yield ReactTo(references, "like")
    elif commands.MORE_LIKE.search(plain) and references:
        is_refused = commands.NO_MORE.search(plain) is not None
        yield ReactTo(references, "dislike") if is_refused else MoreLike(references)


# "Only the upbeat ones": of the list.
_ONLY_ONES = re.compile(
    r"^(?:ok |and |but |please )*(?:just|only) the .*\bones(?: please)?[.!]*$"
)
_ONE_OF = re.compile(
    r"\b(?:remove|delete|drop|kick|lose|ditch|skip|take|get rid of|bin)(?: out| just| only)*"
    r" (?:one|an?)(?: (?:more|of))?\b(?! (?:lot|few|couple|bunch))"
)


def _count_taken(said: str, wanted: Wanted) -> int | None:
    """Return how many go of a kind: "remove one of the Queen songs"; None for all."""
    return wanted.count or (1 if _ONE_OF.search(said) else None)


_ROW = re.compile(r"\b(?:and|or|plus|nor|as well as)\b|[,&]")


def is_together(clause: Clause, wanted: Wanted) -> bool:
    """Say whether songs of several kinds at once are named: "the slow Queen songs".

    "Everything slow and everything by Queen" is a row of kinds.
    """
    return len(kinds_of(positive(wanted))) > 1 and not _ROW.search(clause.masked)


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


def replaced_read(
    plain: str, references: tuple[Reference, ...], wanted: Wanted
) -> ReplaceWith | None:
    """Read "replace number 3", "replace the sad ones": nothing is said of what comes."""
    if not commands.REPLACE_ONLY.search(plain):
        return None
    if references:
        return ReplaceWith(references, Wanted(), Wanted())
    gone = positive(replace(wanted, words=()))
    is_row = _REPLACED_ROW.match(plain) is not None and not gone.is_empty
    return ReplaceWith((), gone, Wanted()) if is_row else None


# "Replace all Drake songs", "change the slow ones".
_REPLACED_ROW = re.compile(
    r"^(?:please |can you |could you )*(?:replace|swap out|change|exchange|substitute) .*\b(?:songs?|ones?|tracks?|tunes?|stuff)(?: please)?[.!]*$"
)


def _is_of_artist(reference: Reference) -> bool:
    return isinstance(reference, TheirSongs | SongsOf)


def _addition(
    plain: str,
    wanted: Wanted,
    references: tuple[Reference, ...],
    spot: Spot | None = None,
) -> AddSome | Resize:
    is_likeness = LIKENESS.search(plain) is not None or "more of" in plain
    if wanted.count is None and (_ANOTHER.search(plain) or is_one_more(plain)):
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


def _is_addition(clause: Clause, wanted: Wanted, *, has_spot: bool) -> bool:
    if not has_spot and commands.ADD.search(clause.masked) is None:
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
