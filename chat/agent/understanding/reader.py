"""Reads a message: names first, then clauses, then what each clause asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chat.agent.understanding import commands
from chat.agent.understanding.clauses import Clause, clauses_of
from chat.agent.understanding.comparatives import shift_read
from chat.agent.understanding.lexicon import comparative_words
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    AskHelp,
    KeepOnly,
    MoreLike,
    Place,
    ReactTo,
    Reading,
    Reference,
    RenameTo,
    Resize,
    Shift,
    SmallTalk,
    StartOver,
    TakeOut,
    TheirSongs,
    Titled,
    Undo,
    Wanted,
    WhyThis,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.smalltalk import is_statement, small_talk
from chat.agent.understanding.spans import LookUp, name_keys, named_in
from chat.agent.understanding.tokens import tokenised
from chat.agent.understanding.wanted import (
    LIKENESS,
    era_refused,
    joined,
    only_refuses,
    positive,
    wanted_in,
    without_era,
)

# More than anyone asks for at once; the rest of such a message is left alone.
MAX_ACTS = 8
MAX_TITLE_CHARS = 120

_REFINES = re.compile(
    r"^(?:but|only|just|no|without|not|except|less|fewer|nothing|keep|also|make (?:it|them|"
    r"this|the (?:play)?list)|and|with|excluding|anything but|everything but|i hate"
    r"|i don't|don't|never|anything other than|instead of|i'm (?:tired|sick|bored) of|stop)\b|\bonly$"
)
_SELF = re.compile(r"\b(?:i'm|im|i am|i feel|feeling)\b")
_SURPRISE = re.compile(
    r"\bsurprise me\b|\b(?:whatever|anything) you (?:like|want|think)\b|\byou (?:choose|pick"
    r"|decide)\b|\b(?:something|anything|songs?|music) random\b|\brandom (?:songs?|music)\b"
    r"|^(?:whatever|anything(?: goes)?|i'm feeling lucky|dealer's choice)$"
)
_ADDS = re.compile(r"\b(?:add|include|insert|put|throw|mix)\b")
_ANOTHER = re.compile(r"\b(?:another (?:one|song|track|tune)|one more)\b")
_COURTESY = re.compile(r"[,.!]*\s*\b(?:please|pls|thanks|thank you|thx|ok)[.!]*$")
_SOFTLY_REFUSES = re.compile(r"^(?:but )?(?:not|nothing|no|never)\b")


def read_message(text: str, look_up: LookUp, *, this_year: int) -> Reading:
    """Read a message. `look_up` is called once, with every key it could hold.

    Takes about a millisecond for a sentence.
    """
    tokens = tokenised(text)
    if not tokens:
        return Reading((AskHelp(),) if text.strip() == "?" else ())
    named = named_in(text, tokens, look_up(name_keys(tokens)))
    has_names = any(n.kind != "mood" for n in named)
    talk = small_talk(text, has_names=has_names)
    if talk is not None and not _asks_of_songs(talk, text.lower()):
        return Reading((talk,))
    acts: list[Act] = []
    talks: list[SmallTalk] = []
    for clause in clauses_of(text, tokens, named):
        talk = small_talk(clause.text, has_names=bool(clause.named))
        if talk is not None and not _asks_of_songs(talk, clause.masked):
            talks.append(talk)
            continue
        for act in _acts_of(clause, text, this_year, before=acts):
            _append(acts, act)
        if len(acts) >= MAX_ACTS:
            break
    return Reading(tuple(acts[:MAX_ACTS]) if acts else tuple(talks[-1:]))


def _asks_of_songs(talk: SmallTalk, plain: str) -> bool:
    """Say whether a question points at a song: "who sings the second one?"."""
    return talk.kind == "question" and bool(references_in(plain))


def _append(acts: list[Act], act: Act) -> None:
    """Add an act; two wishes in a row for what to find or to move become one."""
    before = acts[-1] if acts else None
    match before, act:
        case Ask(), Ask():
            acts[-1] = Ask(joined(before.wanted, act.wanted), before.is_fresh)
        case AddSome(), Ask() if act.wanted.count:
            acts.append(AddSome(act.wanted, ()))
        case AddSome(), Ask():
            acts[-1] = replace(before, wanted=joined(before.wanted, act.wanted))
        case Shift(), Shift():
            leanings = tuple(dict.fromkeys((*before.leanings, *act.leanings)))
            acts[-1] = Shift(f"{before.phrase} and {act.phrase}", leanings)
        case TakeOut(), TakeOut():
            both = joined(before.wanted, act.wanted)
            acts[-1] = TakeOut(both, (*before.references, *act.references))
        case _:
            acts.append(act)


def _acts_of(
    clause: Clause, text: str, this_year: int, *, before: list[Act]
) -> Iterator[Act]:
    """Yield what a clause asks for: commands first, since their words are the plainest."""
    plain = clause.masked
    title = _title(clause, text)
    if title is not None:
        if title:
            yield RenameTo(title)
        return
    references = (
        *references_in(without_era(clause, this_year=this_year)),
        *(Titled(int(n.key)) for n in clause.named if n.kind == "title"),
    )
    whole = _whole_message_act(plain, clause, references)
    if whole is not None:
        yield whole
        return
    wanted = wanted_in(clause, text, this_year=this_year)
    listed = tuple(_edits_of(clause, plain, wanted, references))
    if listed:
        yield from listed
        return
    yield from _wishes_of(clause, plain, wanted, references, before)
    refused = era_refused(clause, this_year=this_year)
    if refused is not None:
        yield TakeOut(refused, ())


def _whole_message_act(
    plain: str, clause: Clause, references: tuple[Reference, ...]
) -> Act | None:
    """Return what needs no names: help, undo, a new start, a question."""
    if commands.HELP.search(plain):
        return AskHelp()
    if commands.UNDO.search(plain):
        return Undo()
    if commands.START_OVER.search(plain) and not (clause.named or references):
        return StartOver()
    if commands.WHY.search(plain):
        if references or plain.startswith(("why", "how come", "explain")):
            return WhyThis(references)
        return SmallTalk("question")
    return None


def _edits_of(
    clause: Clause,
    plain: str,
    wanted: Wanted,
    references: tuple[Reference, ...],
) -> Iterator[Act]:
    """Yield what is done to songs of the list, or said of them."""
    opinion = commands.opinion_read(plain, references)
    rows = [r for r in references if isinstance(r, Place)]
    if commands.REPLACE.search(plain) and rows:
        yield TakeOut(Wanted(), references)
        count = wanted.count or sum(place.count for place in rows)
        yield AddSome(replace(wanted, count=count), ())
    elif commands.KEEP_COMING.search(plain):
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
    elif _is_addition(clause, wanted):
        yield _addition(plain, wanted, references)
    elif opinion == "like" or (commands.LIKES.search(plain) and references):
        yield ReactTo(references, "like")
    elif commands.MORE_LIKE.search(plain) and references:
        yield MoreLike(references)


def _of_playlist(reference: Reference) -> Reference:
    """Count in the playlist: what stays is of the whole, not of what came in last."""
    if isinstance(reference, Place):
        return replace(reference, is_of_playlist=True)
    return reference


def _addition(
    plain: str, wanted: Wanted, references: tuple[Reference, ...]
) -> AddSome | Resize:
    is_likeness = LIKENESS.search(plain) is not None or "more of" in plain
    if _ANOTHER.search(plain):
        wanted = replace(wanted, count=1)
    if wanted.like_tracks and is_likeness:
        references = tuple(r for r in references if not isinstance(r, Titled))
    elif wanted.like_tracks:
        wanted = replace(wanted, like_tracks=())
    if wanted.is_empty and not references and not wanted.unknown_names:
        resize = commands.resize_read(plain)
        said = resize.count if resize else None
        return Resize(wanted.count or said, wanted.minutes, 1)
    is_of_songs = bool(references) and TheirSongs() not in references
    return AddSome(wanted, references, is_likeness and is_of_songs)


def _wishes_of(
    clause: Clause,
    plain: str,
    wanted: Wanted,
    references: tuple[Reference, ...],
    before: list[Act],
) -> Iterator[Act]:
    """Yield what is to be found, or how the list is to change as a whole."""
    resize = commands.resize_read(plain)
    if resize is not None and not clause.named:
        yield resize
        return
    shift = shift_read(clause)
    if shift is not None and not _is_part_of_ask(plain, wanted, before):
        yield shift
        return
    if _SURPRISE.search(plain):
        yield Ask(Wanted(count=wanted.count, minutes=wanted.minutes), is_fresh=True)
        return
    if wanted.is_empty and (wanted.count or wanted.minutes):
        yield Resize(wanted.count, wanted.minutes, 0)
        return
    if wanted.is_empty and not wanted.unknown_names:
        return
    has_words_only = replace(wanted, words=()).is_empty and not wanted.unknown_names
    if has_words_only and (is_statement(plain) or references):
        return
    is_refinement = _REFINES.search(plain) is not None and not _SELF.search(plain)
    is_fresh = not before and not is_refinement and not only_refuses(wanted)
    yield Ask(wanted, is_fresh=is_fresh and shift is None)


def _is_part_of_ask(plain: str, wanted: Wanted, before: list[Act]) -> bool:
    """Say whether a comparison tells of what is to be found, and moves no list.

    "slower jazz"; "20 songs, nothing too loud"; "I'm not happy".
    """
    if wanted.genres or wanted.artists or wanted.like_artists or wanted.era_words:
        return True
    if _SELF.search(plain) and wanted.moods:
        return True
    follows_ask = bool(before) and isinstance(before[-1], Ask | AddSome)
    return follows_ask and _SOFTLY_REFUSES.search(plain) is not None


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


def _title(clause: Clause, text: str) -> str | None:
    """Return the title that a clause gives the playlist, "" for none said."""
    match = commands.RENAME.search(clause.text)
    if match is None:
        return None
    start = clause.start + match.start("title")
    said = text[start : start + len(match["title"])]
    quoted = re.match(r"[\"“']([^\"”]{1,120})[\"”'](?!\w)", said)
    if quoted:
        return quoted[1].strip(" '’")[:MAX_TITLE_CHARS]
    said = _COURTESY.sub("", said).strip(" \"'“”‘’.!?,")
    if commands.UNNAMED.search(said.lower()):
        return ""
    return said[:MAX_TITLE_CHARS]
