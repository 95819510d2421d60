"""What one clause asks to be done: commands first, since their words are the plainest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chat.agent.understanding import commands
from chat.agent.understanding.additions import is_addition_said, number_only
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.comparatives import is_not_that_much, shift_read
from chat.agent.understanding.demands import demands_in, without_demands
from chat.agent.understanding.editing import (
    edits_read,
    exchange_read,
    replaced_read,
)
from chat.agent.understanding.exchanging import exchanged_in_list
from chat.agent.understanding.lifting import lift_read
from chat.agent.understanding.moving import (
    SPOT,
    moved_read,
    returned_read,
    spot_read,
    titles_in,
)
from chat.agent.understanding.pointing import (
    Half,
    Place,
    Reference,
    Those,
    Utmost,
)
from chat.agent.understanding.reading import (
    Act,
    AddSome,
    Ask,
    AskHelp,
    Further,
    RenameTo,
    ReplaceWith,
    Resize,
    ShiftYears,
    SmallTalk,
    StartOver,
    Undo,
    WhyThis,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.repeating import repeat_read
from chat.agent.understanding.replaying import replay_read
from chat.agent.understanding.smalltalk import SEEKS, is_statement
from chat.agent.understanding.sparing import all_but_read
from chat.agent.understanding.tales import SEEKS_SONGS, untagged
from chat.agent.understanding.times import without_times
from chat.agent.understanding.wanted import only_refuses, wanted_in
from chat.agent.understanding.wish import (
    Wanted,
)

MAX_TITLE_CHARS = 120
_REFINES = re.compile(
    r"^(?:but|only|just|from|before|after|since|no|without|not|except|less|fewer|nothing|keep|also|make (?:it|them|"
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
_MAKES = re.compile(r"^(?:please |can you |could you )*(?:make|turn)\b")
_OUGHT = re.compile(
    r"\b(?:should|must|could|can|has to|have to|needs? to|ought to) (?:all )?(?:be|sound|feel)\b"
)
_YEARS_MOVED = re.compile(
    r"(?:^|\b(?:more|make (?:it|them)|get|a bit|a little|much|slightly|something|but|and|songs?|music"
    r"|only|just|his|her|their|its) )"
    r"(?P<way>older|newer|more recent|less recent|more modern)"
    r"(?: (?:songs?|music|tracks?|stuff|ones?))?(?: please)?$"
)
_SOFTLY_REFUSES = re.compile(r"^(?:but )?(?:not|nothing|no|never)\b")


def acts_of(
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
        *titles_in(bare),
    )
    if is_not_that_much(bare):
        references = ()
    whole: Act | None = all_but_read(bare, plain, text, this_year)
    whole = whole or lift_read(clause, clause.masked, text, this_year)
    whole = whole or returned_read(plain, references)
    whole = whole or replay_read(plain, references)
    whole = whole or repeat_read(bare, plain)
    whole = whole or _whole_message_act(plain, bare, references)
    if whole is not None:
        yield whole
        return
    wanted = wanted_in(clause, text, this_year=this_year)
    changed: Act | None = exchanged_in_list(bare, plain, references)
    changed = changed or moved_read(bare, plain, wanted)
    if changed is not None:
        yield changed
        return
    swap = commands.REPLACE.search(plain)
    if swap is not None:
        exchanged = tuple(exchange_read(clause, swap.start("new"), text, this_year))
        if exchanged:
            yield from exchanged
            return
    replaced = replaced_read(plain, references, wanted)
    if replaced is not None:
        yield replaced
        return
    number = number_only(plain) if before and isinstance(before[-1], AddSome) else None
    if number is not None:
        yield AddSome(Wanted(count=number), ())
        return
    at = SPOT.search(plain) if is_addition_said(plain) else None
    spot = spot_read(bare, at) if at is not None else None
    if at is not None and spot is not None:
        bare, _ = bare.cut_at(at.start("spot"))
        plain, wanted = bare.masked, wanted_in(bare, text, this_year=this_year)
        references = (
            *references_in(without_times(bare, this_year=this_year)),
            *titles_in(bare),
        )
    listed = tuple(edits_read(bare, plain, wanted, references, spot))
    if listed:
        yield from listed
        return
    seeks = SEEKS_SONGS.search(clause.masked) is not None
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
        if rows and (_MAKES.match(plain) or _OUGHT.search(plain)):
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
