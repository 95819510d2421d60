"""Reads what changes the order of the list: moves, sorting, shuffling."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.agent.understanding import commands
from chat.agent.understanding.alternating import is_spreading, turns_read
from chat.agent.understanding.clauses import Clause
from chat.agent.understanding.ends import one_read
from chat.agent.understanding.numbers import (
    NUMBER,
    NUMBER_WORDS,
    ORDINALS,
    capped,
    number_of,
)
from chat.agent.understanding.pointing import (
    Half,
    OfArtist,
    OfFirstList,
    Order,
    Place,
    Reference,
    ThatOne,
    Titled,
)
from chat.agent.understanding.reading import (
    Act,
    Arrange,
    DropRepeats,
    GoBackTo,
    MoveTo,
    Spot,
)
from chat.agent.understanding.references import references_in
from chat.agent.understanding.superlatives import SUPERLATIVES
from chat.agent.understanding.wish import (
    Wanted,
)

_LIST = r"(?:(?:the|my|this|whole|current|entire|all) )*(?:play)?list"
_IT = rf"(?:it|this|that|them|these|those|all|everything|the (?:songs|tracks|order|mix|rest|others)|{_LIST})"
_ONES = r"(?: (?:ones?|songs?|tracks?|place|position|spot))?"
ORDINAL = "|".join(ORDINALS)
CARDINAL = r"(?:\d{1,3}|" + "|".join(
    word for word, n in NUMBER_WORDS.items() if n <= 20 and word not in ("a", "an")
) + ")"  # fmt: skip
_TOP = r"(?:(?:very )?(?:top|start|beginning|front|head|first(?: place| position| spot)?)|opening)"
_END = r"(?:(?:very )?(?:end|bottom|last(?: place| position| spot)?|back|close))"
_NTH = rf"(?:the |number |no\.? ?|song |track |spot |position |#)*(?:{CARDINAL}|{ORDINAL}){_ONES}"
BETWEEN = (
    rf"between (?:the |number |no\.? ?|song |track |spot |position |#)*(?P<a>{CARDINAL}|{ORDINAL}){_ONES}"
    rf" and {_NTH}"
)
_MIDDLE = rf"(?:somewhere )?(?:in|into|to|at|around) the (?:very )?(?:middle|centre|center)(?: of {_LIST}| of it)?"
_PLACE = (
    rf"(?:(?:at|to|in|on|for|as) )?(?:the )?(?:(?P<top>{_TOP})|(?P<end>{_END}))"
    rf"(?: of {_LIST})?"
    rf"|(?:(?:at|to|in|on|into|as) )?(?:the )?(?:number|position|place|spot|slot|no\.?|#) ?(?P<n>{CARDINAL})"
    rf"|(?:at|to|in|into) (?:the )?(?P<o>{ORDINAL})(?: (?:place|position|spot|slot|one))?"
    rf"|to (?P<bare>\d{{1,3}})"
    rf"|(?:in )?{BETWEEN}"
    rf"|(?P<mid>{_MIDDLE})"
    r"|(?P<side>right after|right before|just after|just before|after|before|behind|below|above"
    r"|in front of|next to|ahead of|following) (?P<beside>.+)"
)
# The places that additions may name; "at first" and "to the end" of songs only.
SPOT = re.compile(
    rf"(?:^|\s)(?:right |just )?(?P<spot>(?:at|to|in|on) the (?:(?P<top>{_TOP})|(?P<end>{_END}))(?: of {_LIST})?"
    rf"|(?:at|in|as|to) (?:number|position|place|spot|slot|#) ?(?P<n>{CARDINAL})"
    rf"|(?:in )?{BETWEEN}"
    rf"|(?P<mid>{_MIDDLE})"
    r"|(?P<side>after|before|behind|in front of|next to|ahead of|following|below|above) (?P<beside>(?:the |number |song |track |#|that|this|it|_|\d).*?))"
    r"(?: please)?[.!]*$"
)
_FIRST_LAST = re.compile(
    rf"^(?:please |can you |could you |now |and |then )*(?:put|move|place|bring|make|play|queue|shift|push|send|pull|stick|slide|slot|drag|bump)"
    rf" (?P<what>.+?) (?P<where>{_PLACE})(?: please)?$"
)
_STARTS = re.compile(
    r"^(?:please |can you |could you |now |and |then |let's |it should |the list should )*"
    r"(?:(?P<top>start|open|begin|kick off|lead off)|(?P<end>end|close|finish))"
    r"(?: (?:it|the list|the playlist|off|out|things))* (?:with|on) (?P<what>.+)$"
)
_SHOULD = re.compile(
    r"^(?P<what>.+?) (?:should|must|has to|needs to|goes|go|comes|come|belongs)(?: \w+)?"
    r" (?:be |come |go |stand )?(?P<where>(?P<top>first|at the (?:top|start|beginning))"
    r"|(?P<end>last|at the (?:end|bottom)))$"
)
# "5 first", "number 3 last".
_ONE_FIRST = re.compile(
    rf"^(?:please |ok |and |then |now |but )*(?P<what>(?:number |song |track |no\.? ?|#)?\d{{1,3}}) "
    rf"(?P<where>(?P<top>first|(?:at|to|on) (?:the )?{_TOP})|(?P<end>last|(?:at|to) the {_END}))(?: please)?[.!]*$"
)
# "The fast ones first", which says nothing of what is done.
_ROW_FIRST = re.compile(
    r"^(?:please |ok |and |then |now |but )*(?!(?:put|add|an?|one|some|more|another|few|insert|include|give|play|start|begin|end|finish) )(?P<what>.*\b(?:ones|songs|tracks|tunes|stuff)) (?:come |go |should (?:come |go |be )?)?"
    rf"(?P<where>(?P<top>first|(?:at|to) the {_TOP})|(?P<end>last|(?:at|to) the {_END}))(?: please)?[.!]*$"
)
_TOGETHER = re.compile(
    r"^(?:please |can you |could you )*(?:put|keep|play|group|bring|move|have) (?P<what>.+?) (?:all )?(?:together|next to each other|side by side|in a row)(?: please)?[.!]*$"
)
_UP_DOWN = re.compile(
    rf"^(?:please )?(?:move|shift|push|bring) (?P<what>.+?) (?P<way>up|down)(?: by)?(?: (?P<n>{CARDINAL}))?"
    r"(?: (?:places?|spots?|positions?|steps?))?$"
)
_REVERSE = re.compile(
    rf"\b(?:reverse|flip|invert|turn around)(?: {_IT})*(?: order)?$|\b(?:in )?reverse(?:d)? (?:order)\b"
    r"|\bback to front\b|\bbackwards\b|\bupside down\b"
    r"|\b(?:reverse|flip|invert|turn(?: around)?) the (?:whole |running )?(?:order|sequence|direction)\b"
    r"|\b(?:the )?other way (?:a?round|about)\b|\b(?:in )?(?:the )?opposite (?:order|direction)\b"
    rf"|\bturn {_IT} (?:a?round|over)\b|\blast (?:one |song )?to first\b"
)
# Said behind "sort by energy": the other way.
_TURNED = re.compile(
    r"^(?:(?:the )?(?:highest|biggest|largest|greatest|most)(?: ones?)? first|descending(?: order)?"
    r"|high to low|from high to low|in descending order|downwards)$"
)
_SHUFFLE = re.compile(
    rf"\b(?:shuffle|randomi[sz]e|scramble|jumble|mix up)(?: {_IT})*(?: up| around| again)*$"
    rf"|\bmix {_IT} up\b|\b(?:in )?(?:a )?random order\b"
)
_BY: tuple[tuple[str, Order], ...] = (
    (
        r"how (?:old|new)|year|years|date|release(?: date| year)?|age|era|decade|chronolog\w+",
        "year",
    ),
    (r"energy|intensity|power|loudness|how (?:energetic|loud|calm|wild)", "energy"),
    (r"tempo|bpm|speed|pace|how (?:fast|slow)", "tempo_bpm"),
    (r"mood|happiness|valence|positivity|brightness|how (?:happy|sad)", "valence"),
    (r"danceability|groove", "danceability"),
    (r"acousticness|how acoustic", "acousticness"),
    (r"popularity|fame|how popular|hits", "popularity"),
    (r"length|duration|time|how long", "duration"),
    (r"artists?|bands?|singers?", "artist"),
    (r"genres?|styles?|kinds?(?: of music)?", "genre"),
    (r"titles?|names?|song names?|alphabet\w*", "title"),
)
_SORT = re.compile(
    r"\b(?:sort|order|arrange|rank|reorder|organi[sz]e|put|group|list)\b.*?\bby (?:the |their |its )?(?P<by>[\w ]+)"
)
_ALPHABET = re.compile(r"\balphabetical(?:ly)?\b|\ba ?(?:-|to) ?z\b")
_CHRONOLOGY = re.compile(r"\bchronological(?:ly)?\b|\bby age\b")
_DOWNWARDS = re.compile(
    r"\bdescend\w*|\bdecreas\w*|\bdesc\b|\bhigh(?:est)? (?:to|first)|\b(?:newest|fastest|loudest|latest|longest"
    r"|happiest) (?:to|first)|\bfrom (?:new|high|fast|loud|happy|long)|\breverse\b|\bz ?(?:-|to) ?a\b"
)
_REPEATS = re.compile(
    r"\b(?:remove|drop|delete|get rid of|no|take out|without|any)\b.*\b(?:duplicates?|doubles?|dupes?|repeats"
    r"|repeated songs|repetitions)\b|\bde-?dup\w*\b|\b(?:no song|nothing|each song) (?:twice|only once|once)\b"
    r"|\b(?:remove|delete|drop|get rid|take out)\b.*\b(?:twice|(?:several|two|multiple) times)$"
)
_ONE_EACH = re.compile(
    r"\b(?:one|a single|1|no more than one|at most one|max(?:imum)? one)(?: song| track)?"
    r" (?:per|for each|for every|by each|from each|by every|of each) (?:artist|band|singer)\b"
    r"|\b(?:no|don't repeat|without repeating) (?:the same )?(?:artist|band)s?(?: twice| repeats?| repeated| more than once)?$"
    r"|\b(?:second|third|2nd|other|extra|more|two|duplicate)\b.{0,40}\b(?:by|from|of) (?:the|a|any) same (?:artist|band|singer|person|group)s?$"
    r"|\b(?:duplicate|repeat(?:ed)?|repeating|double) (?:artist|band|singer)s?$"
    r"|\b(?:artist|band|singer)s?\b.{0,30}\b(?:only once|just once|not more than once|at most once)$"
)
_SO_MANY_EACH = re.compile(
    rf"\b(?:max(?:imum)?(?: of)?|at most|(?:no|not) more than|only|limit|keep|up to|___)\b.{{0,20}}?(?P<n>{NUMBER})(?: songs?| tracks?)?"
    r" (?:per|by each|from each|for each|(?:by|of|from) (?:the same|any|any one|one|a single|each|every)) (?:artist|band|singer)\b"
)
_LIST_NUMBERS = {"original": 1, "initial": 1} | {
    word: number for word, number in ORDINALS.items() if number > 0
}
_EARLIER_LIST = re.compile(
    r"\b(?:go |back |return |take me )*(?:to )?(?:the |your |our )(?:very )?"
    rf"(?P<which>{'|'.join(_LIST_NUMBERS)}) "
    r"(?:play)?list\b(?! (?:was|is|had))"
)
_RETURNS = re.compile(
    r"\b(?:go|back|return|bring|restore|show|play|want|give|take|use|revert)\b"
)


def moved_read(clause: Clause, plain: str, wanted: Wanted) -> Act | None:
    """Read a change of order; None where the clause asks for none."""
    if is_spreading(plain):
        return Arrange("apart")
    turns = turns_read(clause, plain, wanted)
    if turns is not None:
        return turns
    several = _SO_MANY_EACH.search(plain)
    if several and is_of_list(wanted):
        return DropRepeats("artist", capped(number_of(several["n"])))
    if _ONE_EACH.search(plain):
        return DropRepeats("artist")
    if _REPEATS.search(plain):
        return DropRepeats("song")
    return _arranged(plain) or _placed(clause, plain, wanted)


def returned_read(plain: str, references: tuple[Reference, ...]) -> GoBackTo | None:
    """Read "go back to the first list", and "the second list" alone."""
    if any(isinstance(reference, OfFirstList) for reference in references):
        return None
    match = _EARLIER_LIST.search(plain)
    if match is None:
        return None
    is_meant = _RETURNS.search(plain) or match.group() == plain.strip(" .!?")
    return GoBackTo(_LIST_NUMBERS[match["which"]]) if is_meant else None


def is_of_list(wanted: Wanted) -> bool:
    """Say whether nothing is said of what songs are to be, beside their number."""
    return not (wanted.genres or wanted.moods or wanted.era_words or wanted.minutes)


def _arranged(plain: str) -> Arrange | None:
    if _SHUFFLE.search(plain):
        return Arrange("shuffle")
    down = _DOWNWARDS.search(plain) is not None
    if _ALPHABET.search(plain):
        is_of_artists = re.search(r"\bartists?\b", plain) is not None
        return Arrange("artist" if is_of_artists else "title", down)
    sort = _SORT.search(plain)
    if sort:
        for words, order in _BY:
            if re.search(rf"\b(?:{words})\b", sort["by"]):
                return Arrange(order, down)
    if _CHRONOLOGY.search(plain):
        return Arrange("year", down)
    for words, order, is_descending in SUPERLATIVES:
        if re.search(
            rf"\b(?:{words})(?: (?:ones?|songs?|tracks?))? (?:(?:should )?(?:come |comes |go )?first\b"
            r"|to (?:the )?(?:\w{3,}est|least|most)\b)",
            plain,
        ):
            return Arrange(order, is_descending)
    turns = _REVERSE.search(plain) or _TURNED.match(plain)
    return Arrange("reverse") if turns else None


def _placed(clause: Clause, plain: str, wanted: Wanted) -> MoveTo | None:
    steps = _UP_DOWN.match(plain)
    if steps:
        pointed = pointed_in(clause, steps.start("what"), steps["what"])
        if pointed:
            count = number_of(steps["n"]) if steps["n"] else 1
            way = -count if steps["way"] == "up" else count
            return MoveTo(Wanted(), pointed, steps=way)
    if _TOGETHER.match(plain) and len(wanted.artists) == 1:
        first = Spot(1, OfArtist(wanted.artists[0]), is_before=True)
        return MoveTo(replace(wanted, words=()), (), first)
    patterns = [_FIRST_LAST, _STARTS, _SHOULD, _ONE_FIRST]
    if not commands.ADD.search(plain) and wanted.count is None:
        patterns.append(_ROW_FIRST)
    for pattern in patterns:
        match = pattern.match(plain)
        if match is None:
            continue
        pointed = pointed_in(clause, match.start("what"), match["what"])
        is_kind = bool(
            wanted.moods or wanted.genres or wanted.artists or wanted.era_words
        )
        if pattern is _STARTS and not pointed and (one := one_read(match, wanted)):
            return one
        is_row = pattern is _ROW_FIRST or _IS_ROW.search(match["what"]) is not None
        if not pointed and not (is_kind and is_row):
            continue
        spot = _spot(clause, match)
        if spot is None:
            continue
        kind = Wanted() if pointed else replace(wanted, words=())
        return MoveTo(kind, pointed, spot)
    return None


# "Put the slow ones at the end" moves songs of the list; "put jazz first" may add some.
_IS_ROW = re.compile(
    r"\b(?:the|all|every|those|these)\b"
    # "The Adele" is a name as a whole.
    r"|^(?!(?:an?|one|some|more|another|two|three|few|\d+) )(?:\w+ )*_{2,} (?:ones?|songs?|tracks?|tunes?|stuff)$"
)


# "The second Rain", of a song that stands in the list several times.
_WHICH = re.compile(rf"\b(?P<o>{ORDINAL}) [\"“'‘]?$")


def titles_in(clause: Clause, start: int = 0, end: int | None = None) -> list[Titled]:
    """Return the songs that a clause, or a part of it, names by their titles."""
    found = []
    for named in clause.named:
        at = named.start - clause.start
        if named.kind == "title" and start <= at and (end is None or at < end):
            which = _WHICH.search(clause.masked[:at])
            nth = ORDINALS[which["o"]] if which else 0
            found.append(Titled(int(named.key), nth))
    return found


def pointed_in(clause: Clause, start: int, what: str) -> tuple[Reference, ...]:
    """Return what some words of the clause point at, by number, title or "it"."""
    named = titles_in(clause, start, start + len(what))
    bare = what.strip()
    if re.fullmatch(rf"(?:number |no\.? ?|song |track |#)?{CARDINAL}", bare):
        word = re.sub(r"^(?:number |no\.? ?|song |track |#)", "", bare)
        return (Place(number_of(word), is_of_playlist=True),)
    if bare in ("it", "this", "that", "that one", "this one", "the song", "that song"):
        return (ThatOne(),)
    if re.fullmatch(rf"(?:the )?(?:{ORDINAL}){_ONES}", bare):
        word = next(o for o in ORDINALS if re.search(rf"\b{o}\b", bare))
        return (Place(ORDINALS[word], is_of_playlist=True),)
    found = references_in(f"remove {what}")
    return (*named, *map(of_playlist, found))


def spot_read(clause: Clause, match: re.Match[str]) -> Spot | None:
    """Return the place that an addition names; `match` is of `SPOT`."""
    return _spot(clause, match)


def _spot(clause: Clause, match: re.Match[str]) -> Spot | None:
    groups = match.groupdict()
    if groups.get("a"):
        word = groups["a"]
        after = ORDINALS[word] if word in ORDINALS else number_of(word)
        return Spot(after + 1, Place(after, is_of_playlist=True))
    if groups.get("top"):
        return Spot(1)
    if groups.get("end"):
        return Spot(-1)
    if groups.get("n"):
        return Spot(number_of(groups["n"]))
    if groups.get("bare"):
        return Spot(int(groups["bare"]))
    if groups.get("o"):
        return Spot(ORDINALS[groups["o"]])
    if groups.get("mid"):
        return Spot(1, Half(1))
    if not groups.get("beside"):
        return None
    beside = _beside(clause, match) or references_in(
        f"remove {groups['beside'].strip()}"
    )
    if not beside and (
        number := re.fullmatch(rf"(?:#|number )?({CARDINAL})", groups["beside"].strip())
    ):
        beside = (Place(number_of(number[1])),)
    if len(beside) != 1:
        return None
    is_before = groups["side"].split()[-1] in ("before", "above", "of")
    is_before = is_before and groups["side"] != "next to"
    return Spot(1, of_playlist(beside[0]), is_before)


def _beside(clause: Clause, match: re.Match[str]) -> tuple[Reference, ...]:
    """Return the song that is named where another is to stand, or its artist's."""
    start, end = (clause.start + place for place in match.span("beside"))
    inside = [n for n in clause.named if start <= n.start < end]
    titles = tuple(Titled(int(n.key)) for n in inside if n.kind == "title")
    return titles or tuple(OfArtist(int(n.key)) for n in inside if n.kind == "artist")


def of_playlist(reference: Reference) -> Reference:
    """Count a place in the playlist, and not in what was shown last."""
    if isinstance(reference, Place):
        return replace(reference, is_of_playlist=True)
    return reference
