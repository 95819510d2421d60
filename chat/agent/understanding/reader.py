"""Reads a message: names first, then clauses, then what each clause asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chat.agent.arcs import Arc
from chat.agent.constraints import TAGGED
from chat.agent.understanding import commands
from chat.agent.understanding.addressee.deciding import Addressed, untagged
from chat.agent.understanding.clauses import Clause, clauses_of
from chat.agent.understanding.comparatives import shift_read
from chat.agent.understanding.corrections import corrected, correction_read
from chat.agent.understanding.demands import demands_in, without_demands
from chat.agent.understanding.editing import (
    edits_read,
    exchange_read,
    replaced_read,
)
from chat.agent.understanding.eras import era_said
from chat.agent.understanding.inquiring import inquiry_in
from chat.agent.understanding.learned import names_tagged, years_in
from chat.agent.understanding.moving import (
    SPOT,
    moved_read,
    returned_read,
    spot_read,
)
from chat.agent.understanding.paths import path_said
from chat.agent.understanding.players import carried_by, command_read
from chat.agent.understanding.pointing import (
    Half,
    Place,
    Reference,
    Those,
    Titled,
    Utmost,
)
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Arrange,
    Ask,
    AskHelp,
    Follow,
    Further,
    KeepOnly,
    Reading,
    RenameTo,
    ReplaceWith,
    Resize,
    Shift,
    ShiftYears,
    SmallTalk,
    StartOver,
    TakeOut,
    Undo,
    Wanted,
    WhyThis,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.replaying import replay_read
from chat.agent.understanding.smalltalk import SEEKS, is_statement, small_talk
from chat.agent.understanding.spans import (
    LookUp,
    LookUpNear,
    Named,
    name_keys,
    named_in,
    nothing_near,
    respelled,
    taken_names,
)
from chat.agent.understanding.tagging.tagger import Tagging, tagger
from chat.agent.understanding.times import without_times
from chat.agent.understanding.tokens import Token, tokenised
from chat.agent.understanding.wanted import joined, only_refuses, wanted_in

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
_COURTESY = re.compile(r"[,.!]*\s*\b(?:please|pls|thanks|thank you|thx|ok)[.!]*$")
_OF_LIST = re.compile(
    r"\b(?:make|turn|get|keep|bring|slow|speed|it|this|them|these|things|the (?:play)?list)\b"
)
_SEEKS_SONGS = re.compile(
    r"\b(?:songs?|music|tracks?|tunes?|something|anything|playlist|list|play|find|give"
    r"|want|need|hear|listen|looking|show|hits|artists|bands|_+)\b"
)
# The person leaves what was asked for so far.
_PIVOTS = re.compile(
    r"\b(?:forget|scrap|drop|never ?mind|ignore) (?:about )?(?:that|it|this|all (?:of )?(?:that|this|it)"
    r"|everything|the above|what i (?:said|asked)(?: before)?)(?! i\b| song| one| artist| band)\b(?! (?:song|one|i)\b)"
    r"|\bsomething (?:completely |totally |entirely |very |a bit )?(?:different|else)(?: now| entirely)?\b(?! (?:by|from|instead of))"
    r"|\b(?:change of (?:plan|plans|mind|mood|pace|scene)|on second thoughts?|new (?:topic|mood|idea)|different mood)\b"
    r"|\blet's (?:do|try|have|go (?:with|for)|switch to|hear|play|move on to) .+ instead\b"
    r"|^(?:actually|no|nah|hmm|ok|okay)?,? ?(?:now|next|and now)\b,? (?:(?:play|give|show|make|find|let's|i want|i need|something|some|for) )"
    r"|\bswitch (?:over )?to\b|\bmove on to\b"
)
_MAKES = re.compile(r"^(?:please |can you |could you )*(?:make|turn)\b")
_YEARS_MOVED = re.compile(
    r"(?:^|\b(?:more|make (?:it|them)|get|a bit|a little|much|slightly|something|but|and|songs?|music) )"
    r"(?P<way>older|newer|more recent|less recent|more modern)"
    r"(?: (?:songs?|music|tracks?|stuff|ones?))?(?: please)?$"
)
_SOFTLY_REFUSES = re.compile(r"^(?:but )?(?:not|nothing|no|never)\b")


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
        return Reading((talk,))  # "Put it on Spotify" names no list of that name.
    path = path_said(text.lower()) if len(text.lower()) == len(text) else None
    if path is not None:
        # What says the order says nothing of the songs, and isn't read a second time.
        text = text[: path.start] + " " * (path.end - path.start) + text[path.end :]
    tagging = tagging or tagger().tag(text)
    addressed = Addressed(text, for_others)
    command = command_read(text, tagging, addressed)
    tokens = tokenised(command.text)
    known = look_up(name_keys(tokens))
    named = named_in(command.text, tokens, known, this_year=this_year)
    acts = _acts_in(command.text, tokens, named, this_year, addressed)
    tags = names_tagged(tagging)
    # Names are learned for what nothing else explains: "order it by energy" names none.
    is_told = not acts and is_statement(" ".join(text.lower().split()))
    if tags and not is_told and (not acts or any(map(_leaves_words, acts))):
        times = years_in(command.text, tokens, this_year=this_year)
        named = named_in(command.text, tokens, known, tags, times, this_year=this_year)
        named = respelled(named, near)
        acts = _acts_in(command.text, tokens, named, this_year, addressed)
    if path is not None:
        acts = _following(acts, path.arc)
    return carried_by(command, Reading(acts, taken=taken_names(named)))


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
    inquiries = [inquiry_in(clause, text, this_year=this_year) for clause in clauses]
    talk = small_talk(text, has_names=has_names, has_wish=has_wish)
    is_talk = talk is not None and not _asks_of_songs(talk, text.lower())
    if talk is not None and is_talk and not any(inquiries):
        return (talk,)
    acts: list[Act] = []
    talks: list[SmallTalk] = []
    heard: list[Act] = []
    is_corrected = False
    for clause, inquiry in zip(clauses, inquiries, strict=True):
        if inquiry is not None:
            acts.append(inquiry)
            continue
        has_wish = _has_wish(clause.text, clause.named, this_year)
        talk = small_talk(
            clause.text, has_names=_tells_of_music(clause.named), has_wish=has_wish
        )
        if talk is not None and not _asks_of_songs(talk, clause.masked):
            talks.append(talk)
            continue
        left = correction_read(clause) if acts else None
        if left is not None:
            is_corrected = True
            clause = left
        # How long the list is to be says nothing of its songs.
        told = [a for a in acts if not (isinstance(a, Resize) and not a.direction)]
        for act in _acts_of(clause, text, this_year, before=told):
            other = corrected(acts[-1], act) if is_corrected and acts else None
            is_corrected = False
            if other is not None:
                acts[-1] = other
            elif _is_hearsay(clause, act):
                heard.append(act)
            else:
                _append(acts, act)
        if len(acts) >= MAX_ACTS:
            break
    if not any(isinstance(act, Ask | AddSome) for act in acts):
        for act in heard:
            _append(acts, _without_small_names(act))
    if (acts or not talks) and addressed.is_for_others(named=named, acts=acts):
        return (SmallTalk("off_topic"),)
    if _PIVOTS.search(text.lower().replace("’", "'")):
        acts = [_turned_to(act) for act in acts]
    return tuple(acts[:MAX_ACTS]) if acts else tuple(talks[-1:])


def _leaves_words(act: Act) -> bool:
    """Say whether an act holds words that mean nothing known, or names nobody."""
    match act:
        case (
            Ask(wanted=wanted)
            | AddSome(wanted=wanted)
            | TakeOut(wanted=wanted)
            | KeepOnly(wanted=wanted)
            | ReplaceWith(wanted=wanted)
        ):
            return bool(wanted.words or wanted.unknown_names)
        case SmallTalk(kind="off_topic"):
            return True
        case _:
            return False


# How a story begins, and no wish.
_TELLS = re.compile(
    r"^(?:and |but |so )*(?:i|we|my|our|it|he|she|they|there|the|when|once)\b"
    r"(?! (?:want|need|would|like|love|'d|wanna|am looking|'m looking))"
)


def _is_hearsay(clause: Clause, act: Act) -> bool:
    """Say whether a clause tells a story in which nothing names music.

    It asks for something only where it stands alone.
    """
    if not isinstance(act, Ask):
        return False
    is_told = is_statement(clause.text) or (
        _TELLS.match(clause.text) and not _SEEKS_SONGS.search(clause.masked)
    )
    moods = tuple(mood for mood in act.wanted.moods if mood.leanings)
    rest = replace(untagged(act.wanted), moods=moods, words=(), unknown_names=())
    return bool(is_told) and rest.is_empty


def _without_small_names(act: Act) -> Act:
    """Leave out names that a story holds in small letters: "the long way home"."""
    if not isinstance(act, Ask):
        return act
    names = tuple(n for n in act.wanted.unknown_names if n != n.lower())
    return replace(act, wanted=replace(act.wanted, unknown_names=names))


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


def _append(acts: list[Act], act: Act) -> None:
    """Add an act; two wishes in a row for what to find or to move become one."""
    before = acts[-1] if acts else None
    match before, act:
        case Ask(), Ask():
            acts[-1] = replace(before, wanted=joined(before.wanted, act.wanted))
        case Arrange(by=by), Arrange(by="reverse") if by != "reverse":
            acts[-1] = Arrange(by, not before.is_descending)
        case Ask(wanted=wanted), Resize(direction=0) if _may_size(wanted, act):
            acts[-1] = replace(before, wanted=_sized(wanted, act))
        case Resize(direction=0), Ask(wanted=wanted) if _may_size(wanted, before):
            acts[-1] = replace(act, wanted=_sized(wanted, before))
        case Resize(direction=0), Resize(direction=0) if not (
            before.count and act.count
        ):
            count, minutes = before.count or act.count, before.minutes or act.minutes
            acts[-1] = Resize(count, minutes, 0)
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


def _may_size(wanted: Wanted, size: Resize) -> bool:
    """Say whether a size says something new of a wish: a number, or a time beside it."""
    return not (
        (wanted.count is not None and size.count is not None)
        or (wanted.minutes is not None and size.minutes is not None)
    )


def _sized(wanted: Wanted, size: Resize) -> Wanted:
    return replace(
        wanted,
        count=wanted.count or size.count,
        minutes=wanted.minutes or size.minutes,
    )


def _acts_of(
    clause: Clause, text: str, this_year: int, *, before: list[Act]
) -> Iterator[Act]:
    """Yield what a clause asks for: commands first, since their words are the plainest."""
    title = _title(clause, text)
    if title is not None:
        if title:
            yield RenameTo(title)
        return
    bare = without_demands(clause, demands_in(clause, text))
    plain = bare.masked
    references = (
        *references_in(without_times(bare, this_year=this_year)),
        *(Titled(int(n.key)) for n in bare.named if n.kind == "title"),
    )
    whole: Act | None = returned_read(plain, references)
    whole = whole or replay_read(plain, references)
    whole = whole or _whole_message_act(plain, bare, references)
    if whole is not None:
        yield whole
        return
    wanted = wanted_in(clause, text, this_year=this_year)
    moved = moved_read(bare, plain, wanted, references)
    if moved is not None:
        yield moved
        return
    swap = commands.REPLACE.search(plain)
    if swap is not None:
        exchanged = tuple(exchange_read(clause, swap.start("new"), text, this_year))
        if exchanged:
            yield from exchanged
            return
    replaced = replaced_read(plain, references)
    if replaced is not None:
        yield replaced
        return
    at = SPOT.search(plain) if commands.ADD.search(plain) else None
    spot = spot_read(bare, at) if at is not None else None
    if at is not None and spot is not None:
        bare, _ = bare.cut_at(at.start("spot"))
        plain, wanted = bare.masked, wanted_in(bare, text, this_year=this_year)
        references = (
            *references_in(without_times(bare, this_year=this_year)),
            *(Titled(int(n.key)) for n in bare.named if n.kind == "title"),
        )
    listed = tuple(edits_read(bare, plain, wanted, references, spot))
    if listed:
        yield from listed
        return
    seeks = _SEEKS_SONGS.search(clause.masked) is not None
    yield from _wishes_of(bare, plain, wanted, references, before, seeks=seeks)


def _whole_message_act(
    plain: str, clause: Clause, references: tuple[Reference, ...]
) -> Act | None:
    """Return what needs no names: help, undo, a new start, a question."""
    if commands.HELP.search(plain):
        return AskHelp()
    if commands.FURTHER.match(plain):
        return Further()
    if commands.UNDO.search(plain):
        return Undo()
    if commands.START_OVER.search(plain) and not (clause.named or references):
        return StartOver()
    if commands.WHY.search(plain):
        if references or plain.startswith(("why", "how come", "explain")):
            return WhyThis(references)
        return None if SEEKS.match(plain) else SmallTalk("question")
    return None


def _wishes_of(
    clause: Clause,
    plain: str,
    wanted: Wanted,
    references: tuple[Reference, ...],
    before: list[Act],
    *,
    seeks: bool,
) -> Iterator[Act]:
    """Yield what is to be found, or how the list is to change as a whole."""
    resize = commands.resize_read(plain)
    if resize is not None and not clause.named:
        yield resize
        return
    years = _YEARS_MOVED.search(plain)
    if years is not None and (wanted.is_empty or _OF_LIST.search(plain)):
        yield ShiftYears(-1 if "old" in years.group() else 1, years["way"])
        return
    shift = shift_read(clause)
    if shift is not None and not _is_part_of_ask(plain, wanted, before):
        rows = tuple(r for r in references if isinstance(r, _ROWS))
        if rows and _MAKES.match(plain):
            # "Make the first five faster" leaves the others alone.
            yield ReplaceWith(rows, Wanted(), Wanted(), shift.phrase, shift.leanings)
            return
        yield shift
        return
    if _SURPRISE.search(plain):
        yield Ask(replace(wanted, words=()), is_fresh=True)
        return
    if wanted.is_empty and (wanted.count or wanted.minutes):
        yield Resize(wanted.count, wanted.minutes, 0)
        return
    if wanted.is_empty and not wanted.unknown_names:
        return
    is_of_demands = replace(wanted, words=(), constraints=()).is_empty
    rest = replace(untagged(wanted), words=())
    has_words_only = rest.is_empty and not wanted.unknown_names
    if has_words_only and (is_statement(plain) or references):
        return
    is_refinement = _REFINES.search(plain) is not None and not _SELF.search(plain)
    if is_of_demands and untagged(wanted).constraints and not seeks:
        is_refinement = True  # "In French, please", said of the list.
    is_fresh = not before and not is_refinement and not only_refuses(wanted)
    yield Ask(wanted, is_fresh=is_fresh and shift is None)


# "Make the first five faster", "the second half calmer": of some songs of the list.
_ROWS = Place | Those | Half | Utmost


def _is_part_of_ask(plain: str, wanted: Wanted, before: list[Act]) -> bool:
    """Say whether a comparison tells of what is to be found, and moves no list.

    "slower jazz"; "jazz, but happier"; "20 songs, nothing too loud"; "I'm not happy".
    """
    if wanted.genres or wanted.artists or wanted.like_artists or wanted.era_words:
        return True
    if _SELF.search(plain) and wanted.moods:
        return True
    if not before or not isinstance(before[-1], Ask | AddSome):
        return False
    if isinstance(before[-1], Ask) and not _OF_LIST.search(plain):
        return True
    return _SOFTLY_REFUSES.search(plain) is not None


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
