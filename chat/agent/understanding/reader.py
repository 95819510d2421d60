"""Reads a message: names first, then clauses, then what each clause asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf

from chat.agent.arcs import Arc
from chat.agent.constraints import TAGGED
from chat.agent.understanding.addressee.deciding import Addressed
from chat.agent.understanding.asked import Asked
from chat.agent.understanding.clause_acts import acts_of
from chat.agent.understanding.clauses import Clause, clauses_of
from chat.agent.understanding.commands import TAKE_OUT
from chat.agent.understanding.corrections import corrected, correction_read
from chat.agent.understanding.eras import Era, era_said, youth_said
from chat.agent.understanding.inquiring import inquiry_in
from chat.agent.understanding.joining import append_act
from chat.agent.understanding.leading import leading
from chat.agent.understanding.learned import names_tagged, years_in
from chat.agent.understanding.likening import likened_by, likened_list
from chat.agent.understanding.mixing import mix_said
from chat.agent.understanding.negation import refusals_said
from chat.agent.understanding.paths import path_said
from chat.agent.understanding.players import blanked, carried_by, command_read
from chat.agent.understanding.pointed import pointed_read
from chat.agent.understanding.pointing import Titled
from chat.agent.understanding.portions import portions_read
from chat.agent.understanding.questions.reading import asked_in, leads_up
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Arrange,
    Ask,
    AskHelp,
    Follow,
    LikeList,
    ReactTo,
    Reading,
    Resize,
    SmallTalk,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.refreshing import refresh_said
from chat.agent.understanding.repeating import repeat_read
from chat.agent.understanding.respelling import respelt
from chat.agent.understanding.saving import talk_acts
from chat.agent.understanding.sizes import most_said
from chat.agent.understanding.smalltalk import is_statement, small_talk
from chat.agent.understanding.spans import (
    LookUp,
    LookUpNear,
    Named,
    name_keys,
    named_in,
    nothing_near,
    respelled,
    taken_names,
    taken_words,
)
from chat.agent.understanding.sparing import is_all_but
from chat.agent.understanding.tagging.tagger import Tagging, tagger
from chat.agent.understanding.tales import (
    is_hearsay,
    leaves_words,
    without_small_names,
)
from chat.agent.understanding.tokens import Token, tokenised
from chat.agent.understanding.versions import version_read
from chat.agent.understanding.wanted import only_refuses
from chat.agent.understanding.wish import Wanted

# More than anyone asks for at once; the rest of such a message is left alone.
MAX_ACTS = 8

# The person leaves what was asked for so far.
_PIVOTS = re.compile(
    r"\b(?:forget|scrap|drop|never ?mind|ignore) (?:about )?(?:that|it|this|all (?:of )?(?:that|this|it)"
    r"|everything(?! (?:by|from|of|in|with|over|under|above|below|after|before|since|that|which|but"
    r"|except|too|not|but|\w+er|longer|shorter|more|less|live|_)\b)|the above|what i (?:said|asked)(?: before)?)(?! i\b| song| one| artist| band)\b(?! (?:song|one|i)\b)"
    r"|\bsomething (?:completely |totally |entirely |very |a bit )?(?:different|else)(?: now| entirely)?\b(?! (?:by|from|instead of))"
    r"|\b(?:change of (?:plan|plans|mind|mood|pace|scene)|on second thoughts?|new (?:topic|mood|idea)|different mood)\b"
    r"|\blet's (?:do|try|have|go (?:with|for)|switch to|hear|play|move on to) .+ instead\b"
    r"|^(?:actually|no|nah|hmm|ok|okay)?,? ?(?:now|next|and now)\b,? (?:(?:play|give|show|make|find|let's|i want|i need|something|some|for) )"
    r"|\bswitch (?:over )?to\b|\bmove on to\b"
)


# Words that only join what was taken out of a message say nothing.
_SAYS_MORE = re.compile(
    r"\b(?!(?:and|then|please|with|but|can|could|you|just|now|also|to|it|the|them|songs?|for|me|i|want|would|like"
    r"|by|itself|automatically|new|ones|thanks?|from|on|ok|okay|so|that)\b)\w+",
    re.IGNORECASE,
)


def read_message(
    text: str,
    look_up: LookUp,
    *,
    this_year: int,
    near: LookUpNear = nothing_near,
    tagging: Tagging | None = None,
    for_others: float | None = None,
) -> Reading:
    """Read a message. `look_up` is called once, with every key it could hold.

    near: called once with names that it doesn't know, if there are some. tagging: what
    a tagger made of the message, if not the one that is shipped. for_others: log-odds
    that it is for another assistant, if not by the head that is shipped. Takes about a
    millisecond for a sentence, and 8 more each for the tagging and the odds.
    """
    if not tokenised(text):
        return Reading((AskHelp(),) if text.strip() == "?" else ())
    talk = small_talk(text, has_names=False)
    if talk is not None and talk.kind == "saving":
        # "Put it on Spotify" names no list of that name.
        return Reading(talk_acts(talk, text))
    versioned = version_read(text)
    if versioned is not None:
        return Reading((versioned,))
    most = most_said(text)
    if most is not None:
        return Reading((most,))
    pointed = pointed_read(text, look_up, this_year)
    if pointed is not None:
        return Reading((pointed,))

    def read(rest: str) -> Reading:
        return read_message(
            rest,
            look_up,
            this_year=this_year,
            near=near,
            tagging=tagging,
            for_others=for_others,
        )

    # Where a small letter takes another length, places in it are none in the message.
    plain = text.lower() if len(text.lower()) == len(text) else ""
    refresh = refresh_said(plain)
    if refresh is not None:
        return _added(read(_without(text, refresh.spans)), refresh.act)
    youth = youth_said(plain, this_year=this_year)
    if youth is not None:
        return _of_time(read(_without(text, youth.spans)), youth.era)
    mix = mix_said(plain)
    if mix is not None:
        return _added(read(_without(text, (mix,))), Arrange("mix"))
    likened = likened_list(text)
    if likened is not None:
        rest = read(blanked(text, likened.start, likened.end))
        return likened_by(LikeList(likened.name, is_beside=likened.is_beside), rest)
    divided = tagging is None and portions_read(
        text,
        lambda piece: read_message(
            piece, look_up, this_year=this_year, near=near, for_others=-inf
        ),
        lambda: _names_in(text, look_up),
    )
    if divided:
        return divided
    path = path_said(plain)
    if path is not None:
        # What says the order says nothing of the songs, and isn't read a second time.
        text = blanked(text, path.start, path.end)
    tagging = tagging or tagger().tag(text)
    addressed = Addressed(text, for_others)
    command = command_read(text, tagging, addressed)
    written = tokenised(command.text)
    known = look_up(name_keys(written))
    tokens = respelt(written, known.artists.keys() | known.titles.keys())
    named = named_in(command.text, tokens, known, this_year=this_year)
    acts = _acts_in(command.text, tokens, named, this_year, addressed)
    tags = names_tagged(tagging)
    # Names are learned for what nothing else explains: "order it by energy" names none.
    is_told = not acts and is_statement(" ".join(text.lower().split()))
    if tags and not is_told and (not acts or any(map(leaves_words, acts))):
        times = years_in(command.text, tokens, this_year=this_year)
        named = named_in(command.text, tokens, known, tags, times, this_year=this_year)
        named = respelled(named, near)
        acts = _acts_in(command.text, tokens, named, this_year, addressed)
    if path is not None:
        acts = _following(acts, path.arc)
    acts = leading(acts, command.text, named)
    taken = (*taken_names(named), *taken_words(named, written, tokens))
    unsaid = (
        *refusals_said(
            command.text, tokens, (name.span for name in named if name.is_negated)
        ),
        *_likenesses(acts, named),
    )
    return carried_by(command, Reading(acts, taken=taken, unsaid=unsaid))


def _likenesses(acts: Iterable[Act], named: Iterable[Named]) -> Iterator[str]:
    """Yield the names of artists whose like is wanted, and nothing of that name.

    So too how it is to differ: "like Metallica, but happier" asks for no “Happier”.
    """
    asked = [act.wanted for act in acts if isinstance(act, Ask)]
    like = {str(pk) for wanted in asked for pk in wanted.like_artists}
    for name in named:
        is_artist = name.kind == "artist" and name.key in like
        if is_artist or (like and name.kind == "mood"):
            yield name.text


def _of_time(reading: Reading, era: Era) -> Reading:
    """Let what is asked for be of a time, or all songs of it where nothing is."""
    acts = tuple(act for act in reading.acts if not isinstance(act, SmallTalk))
    for i, act in enumerate(acts):
        if isinstance(act, Ask | AddSome):
            asked = replace(act, wanted=_from(act.wanted, era))
            return replace(reading, acts=(*acts[:i], asked, *acts[i + 1 :]))
    asked_for_all = Ask(_from(Wanted(), era), is_fresh=True)
    return replace(reading, acts=(*acts, asked_for_all))


def _from(wanted: Wanted, era: Era) -> Wanted:
    return replace(
        wanted, year_from=era.year_from, year_to=era.year_to, era_words=era.words
    )


def _names_in(text: str, look_up: LookUp) -> set[str]:
    known = look_up(name_keys(tokenised(text)))
    return {*known.artists, *known.titles}


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a message without some of it; "" where that leaves nothing said."""
    for start, end in spans:
        text = blanked(text, start, end)
    return text if _SAYS_MORE.search(text) else ""


def _added(rest: Reading, act: Act) -> Reading:
    """Add an act to what else was asked for, and to no talk."""
    acts = (held for held in rest.acts if not isinstance(held, SmallTalk))
    return replace(rest, acts=(*acts, act))


def _following(acts: tuple[Act, ...], arc: Arc) -> tuple[Act, ...]:
    """Let what is asked for follow a path, or the list as it is where nothing is."""
    for i, act in enumerate(acts):
        if isinstance(act, Ask) and (act.is_fresh or not act.wanted.is_empty):
            asked = replace(act, wanted=replace(act.wanted, arc=arc))
            return (*acts[:i], asked, *acts[i + 1 :])
    kept = (act for act in acts if not isinstance(act, SmallTalk))
    return (*kept, Follow(arc))


def _acts_in(
    text: str,
    tokens: tuple[Token, ...],
    named: tuple[Named, ...],
    this_year: int,
    addressed: Addressed,
) -> tuple[Act, ...]:
    if not tokens:
        return ()
    has_names = any(n.kind in ("artist", "title", "genre") for n in named)
    has_wish = _has_wish(text.lower(), named, this_year)
    clauses = clauses_of(text, tokens, named)
    inquiries = [_inquiries_in(clause, text, this_year) for clause in clauses]
    talk = small_talk(text, has_names=has_names, has_wish=has_wish)
    is_talk = talk is not None and not _asks_of_songs(talk, text.lower())
    if talk is not None and is_talk and not any(inquiries):
        return talk_acts(talk, text)
    acts: list[Act] = []
    talks: list[SmallTalk] = []
    heard: list[Act] = []
    is_corrected = False
    for clause, inquiry in zip(clauses, inquiries, strict=True):
        if inquiry:
            acts.extend(inquiry)
            continue
        if any(inquiries) and leads_up(clause, text):
            continue
        has_wish = _has_wish(clause.text, clause.named, this_year)
        talk = small_talk(
            clause.text, has_names=_tells_of_music(clause.named), has_wish=has_wish
        )
        if talk is not None and not _asks_of_songs(talk, clause.masked):
            for said in talk_acts(talk, clause.text):
                if isinstance(said, SmallTalk):
                    talks.append(said)
                else:
                    append_act(acts, said)
            continue
        left = correction_read(clause) if acts else None
        if left is not None:
            is_corrected = True
            clause = left
        acts.extend(_turned_away(clause))
        # How long the list is to be says nothing of its songs.
        told = [a for a in acts if not (isinstance(a, Resize) and not a.direction)]
        for act in acts_of(clause, text, this_year, before=told):
            other = corrected(acts[-1], act) if is_corrected and acts else None
            is_corrected = False
            if other is not None:
                acts[-1] = other
            elif is_hearsay(clause, act):
                heard.append(act)
            else:
                append_act(acts, act)
        if len(acts) >= MAX_ACTS:
            break
    if not any(isinstance(act, Ask | AddSome) for act in acts):
        for act in heard:
            append_act(acts, without_small_names(act))
    is_asked = bool(acts) and all(isinstance(act, Asked) for act in acts)
    if (
        not is_asked
        and (acts or not talks)
        and addressed.is_for_others(named=named, acts=acts)
    ):
        return (SmallTalk("off_topic"),)
    if _PIVOTS.search(text.lower().replace("’", "'")):
        acts = [_turned_to(act) for act in acts]
    return tuple(acts[:MAX_ACTS]) if acts else tuple(talks[-1:])


def _inquiries_in(clause: Clause, text: str, this_year: int) -> tuple[Act, ...]:
    inquiry = inquiry_in(clause, text, this_year=this_year)
    if inquiry is not None:
        return (inquiry,)
    if repeat_read(clause, clause.masked) is not None:
        return ()  # "add it again" asks for more than "add it"
    return asked_in(clause, text, this_year=this_year)


def _turned_away(clause: Clause) -> Iterator[ReactTo]:
    """Yield songs that are refused by their titles: "Queen, but not Radio Ga Ga"."""
    if not (TAKE_OUT.search(clause.masked) or is_all_but(clause.masked)):
        for named in clause.named:
            if named.kind == "title" and named.is_negated:
                yield ReactTo((Titled(int(named.key)),), "dislike")


def _turned_to(act: Act) -> Act:
    """Let a request be a new one: "actually, forget that, jazz instead"."""
    if isinstance(act, Ask) and not only_refuses(act.wanted):
        return replace(act, is_fresh=True, is_pivot=True)
    return act


def _has_wish(plain: str, named: tuple[Named, ...], this_year: int) -> bool:
    return _tells_of_music(named) or era_said(plain, this_year=this_year) is not None


def _tells_of_music(named: tuple[Named, ...]) -> bool:
    """Say whether anything but instruments and places is named: a flight to France."""
    return any(name.kind not in TAGGED for name in named)


def _asks_of_songs(talk: SmallTalk, plain: str) -> bool:
    """Say whether a question points at a song: "who sings the second one?"."""
    return talk.kind == "question" and bool(references_in(plain))
