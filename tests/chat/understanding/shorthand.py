"""Readings in a notation that fits in a table: "add jazz count=3 | out 2 4".

All that a reading decides is in it, save the content words for the text search, so an
expectation says what a message must mean and also all that it mustn't.
"""

from __future__ import annotations

from catalog.names import name_key
from chat.agent.understanding.asked import OfCatalog, OfChange, OfList, OfSong, Steer
from chat.agent.understanding.pointing import (
    Half,
    NextTo,
    OfFirstList,
    Place,
    SongsOf,
    ThatOne,
    TheirSongs,
    Those,
    Titled,
    Utmost,
)
from chat.agent.understanding.reader import read_message
from chat.agent.understanding.reading import (
    AddSome,
    Arrange,
    Ask,
    AskHelp,
    CopyList,
    DescribeAs,
    DropRepeats,
    Follow,
    Forget,
    Further,
    GoBackTo,
    KeepOnly,
    MoreLike,
    MoveTo,
    OtherLanguage,
    PlayAgain,
    PlayThose,
    ReactTo,
    Recall,
    Redo,
    Refresh,
    RenameTo,
    ReplaceWith,
    Resize,
    RestoreVersion,
    SaveTo,
    Shift,
    ShiftYears,
    SmallTalk,
    StartOver,
    SwapPlaces,
    TakeOut,
    Undo,
    WhyNot,
    WhyOrder,
    WhyThis,
)
from chat.agent.understanding.spans import KnownNames

THIS_YEAR = 2026
ARTISTS = (
    "Nina Vale",
    "The Marlow Finch Quintet",
    "Célia Montenoro",
    "Bix Halloran's Nine",
    "Prophet Lionel & the Gully Roots",
    "Wren & Hollow",
    "Kessler-9",
    "Air",
    "Blue",
    "Down",
    "Klangwerk Süd",
)
TITLES = ("Paper Boats at Dawn", "Night School", "Happy", "Undo", "More Jazz")
_ARTISTS = {name_key(name): pk for pk, name in enumerate(ARTISTS, 1)}
_TITLES = {name_key(title): pk for pk, title in enumerate(TITLES, 101)}


def look_up(keys):
    """Know the catalog's names as the tools would."""
    return KnownNames(
        {key: pk for key, pk in _ARTISTS.items() if key in keys},
        {key: pk for key, pk in _TITLES.items() if key in keys},
    )


def read(message):
    """Read a message with the small catalog above."""
    return read_message(message, look_up, this_year=THIS_YEAR)


def in_short(message):
    """Read a message and write down what it means."""
    return shortened(read(message))


def shortened(reading):
    """Write down what a reading means."""
    return " | ".join(_act(act) for act in reading.acts)


def _act(act):
    match act:
        case Ask(wanted=wanted, is_fresh=is_fresh, is_pivot=is_pivot):
            word = "ask" if is_fresh else "refine"
            return _joined("pivot" if is_pivot else word, *_wanted(wanted))
        case AddSome(wanted=wanted, references=references, is_likeness=is_likeness):
            word = "add like" if is_likeness else "add"
            at = _spot(act.spot)
            often = f"x{act.times}" if act.times > 1 else ""
            often = "again" if act.is_again else often
            return _joined(word, *_wanted(wanted), *_pointed(references), often, at)
        case MoveTo(wanted=wanted, references=references, steps=steps):
            at = f"{steps:+d}" if steps else _spot(act.spot)
            return _joined("move", *_wanted(wanted), *_pointed(references), at)
        case SwapPlaces(first=first, second=second):
            return _joined("swap", *_pointed((first, second)))
        case Arrange(by=by, is_descending=is_descending):
            return f"sort {by}{' down' if is_descending else ''}"
        case Follow(arc=arc):
            return _joined("follow", _arc(arc))
        case ReplaceWith(gone=gone, wanted=wanted, leanings=leanings):
            new = (*_wanted(wanted), *_leanings(leanings), *_pointed(act.coming))
            old = (*_wanted(gone), *_pointed(act.references))
            return _joined("replace", *old, *(("with", *new) if any(new) else ()))
        case DropRepeats(of=of):
            return f"one each {of}"
        case GoBackTo(number=number):
            return f"back to {number}"
        case Further():
            return "further"
        case KeepOnly(wanted=wanted, references=references):
            return _joined("keep", *_wanted(wanted), *_pointed(references))
        case TakeOut(wanted=wanted, references=references):
            return _joined("out", *_wanted(wanted), *_pointed(references))
        case MoreLike(references=references):
            return _joined("like", *_pointed(references))
        case Shift(leanings=leanings):
            return _joined("shift", *_leanings(leanings))
        case Resize(count=count, minutes=minutes, direction=direction, times=times):
            way = {-1: "shorter", 0: "size", 1: "longer"}[direction]
            size = _field("count", count), _field("minutes", minutes)
            by = _field("by", act.by)
            return _joined(way, *size, _field("times", times), by)
        case ShiftYears(direction=direction):
            return "newer" if direction > 0 else "older"
        case RenameTo(title=title):
            return f"name {title}"
        case WhyThis(references=references):
            return _joined("why", *_pointed(references))
        case OfSong():
            artists = (f"by {ARTISTS[pk - 1]}" for pk in act.artists)
            name = f"unknown {act.name}" if act.name and not act.artists else ""
            return _joined(*act.about, *_pointed(act.references), name, *artists)
        case OfList():
            of = _wanted(act.wanted)
            by = act.by if act.what == "average" else ""
            return _joined("list", act.what, by, *_pointed(act.references), *of)
        case OfCatalog():
            theirs = "theirs" if act.is_theirs else ""
            way = ""
            if act.what in ("utmost", "album"):
                way = f"{'most' if act.is_descending else 'least'} {act.by}"
            return _joined("catalog", act.what, way, theirs, *_wanted(act.wanted))
        case OfChange(what=what):
            return f"changed {what}"
        case Steer(what=what):
            return f"player {what}"
        case PlayAgain(references=references):
            return _joined("play", *_pointed(references))
        case PlayThose():
            return "play those"
        case Redo():
            return "redo"
        case WhyNot():
            artists = (f"by {ARTISTS[pk - 1]}" for pk in act.artists)
            named = (*artists, *act.genres, *_pointed(act.references))
            return _joined("why not", *(named or (f"unknown {act.name}",)))
        case WhyOrder():
            pair = (act.first,) if act.second is None else (act.first, act.second)
            return _joined(
                "why after" if act.is_after else "why before", *_pointed(pair)
            )
        case Forget(what="named"):
            return _joined("forget", *_wanted(act.wanted))
        case Forget():
            return _joined(
                "forget", f"all {act.what}", "for good" if act.is_sure else ""
            )
        case Recall():
            return f"recall {act.of}"
        case ReactTo(references=references, value=value):
            return _joined(value, *_pointed(references))
        case Undo(times=times):
            return "undo" if times == 1 else f"undo {times}"
        case SaveTo(service=service):
            return f"save {service}"
        case Refresh(what=what):
            day = None if act.weekday is None else f"day={act.weekday}"
            some = _field("percent", act.percent), _field("count", act.count)
            return _joined(
                "refresh", what, act.every, day, *some, _field("weeks", act.weeks)
            )
        case CopyList(number=number, title=title):
            return _joined("copy", f"v{number}" if number else "", title)
        case RestoreVersion(number=number):
            return f"back to v{number}"
        case DescribeAs(text=text):
            return f"describe {text}"
        case StartOver():
            return "start over"
        case AskHelp():
            return "help"
        case SmallTalk(kind=kind):
            return kind
        case OtherLanguage(names=names):
            return f"in {' or '.join(names)}"
    raise AssertionError(f"no shorthand for {act}")


def _wanted(wanted):
    yield from wanted.genres
    yield from (f"-{genre}" for genre in wanted.without_genres)
    yield from (f"'{mood.phrase}'" for mood in wanted.moods)
    yield from (f"by {ARTISTS[pk - 1]}" for pk in wanted.artists)
    yield from (f"not by {ARTISTS[pk - 1]}" for pk in wanted.without_artists)
    yield from (f"like {ARTISTS[pk - 1]}" for pk in wanted.like_artists)
    yield from (f"like “{TITLES[pk - 101]}”" for pk in wanted.like_tracks)
    yield from (f"unknown {name}" for name in wanted.unknown_names)
    if wanted.year_from or wanted.year_to:
        yield f"{wanted.year_from or ''}..{wanted.year_to or ''}"
    yield from map(_constraint, wanted.constraints)
    yield from (f"either {words}" for words in wanted.contradictions)
    if wanted.arc is not None:
        yield _arc(wanted.arc)
    for one in wanted.portions:
        yield f"{one.share:.0%}({_joined(*_wanted(one.wanted))})"
    yield _field("count", wanted.count)
    yield _field("minutes", wanted.minutes)


def _constraint(held):
    sign = "-" if held.is_refused else ""
    span = ""
    if held.low is not None or held.high is not None:
        ends = ("" if end is None else f"{end:g}" for end in (held.low, held.high))
        span = "..".join(ends)
    if held.kind == "years":
        return f"{sign}{span}"
    detail = held.key or span
    return f"{sign}{held.kind}={detail}" if detail else f"{sign}{held.kind}"


def _pointed(references):
    for reference in references:
        match reference:
            case Place(position=position, count=count, is_of_playlist=of_playlist):
                row = f"{position}+{count - 1}" if count > 1 else str(position)
                yield f"#{row}" if of_playlist else row
            case ThatOne():
                yield "that"
            case TheirSongs():
                yield "theirs"
            case Those(count=count):
                yield f"those {count or ''}".strip()
            case NextTo(step=step, reference=other):
                yield f"{step:+d} of {' '.join(_pointed((other,)))}"
            case OfFirstList(place=place):
                yield f"{place.position} of first"
            case Titled(track_id=pk):
                yield f"“{TITLES[pk - 101]}”"
            case Utmost(by=by, is_descending=is_descending, count=count):
                yield f"{count} {'most' if is_descending else 'least'} {by}"
            case SongsOf(reference=other):
                yield f"theirs of {' '.join(_pointed((other,)))}"
            case Half(number=number):
                yield f"half {number}"


def _spot(spot):
    if spot is None:
        return ""
    if spot.reference is not None:
        side = "before" if spot.is_before else "after"
        return f"{side} {' '.join(_pointed((spot.reference,)))}"
    return "at end" if spot.position == -1 else f"at {spot.position}"


def _arc(arc):
    rows = []
    for name, letter in (("energy", "e"), ("valence", "v"), ("tempo_bpm", "t")):
        shares = [getattr(point, name) for point in arc.points]
        if None not in shares:
            signs = ("-" if s < 0.5 else "+" if s > 0.5 else "_" for s in shares)
            rows.append(letter + "".join(signs))
    return f"path {' '.join(rows)}"


def _leanings(leanings):
    for leaning in leanings:
        name = leaning.attribute.removesuffix("_bpm")
        yield f"{name}{'+' if leaning.step > 0 else '-'}"


def _field(name, value):
    return "" if value is None else f"{name}={value}"


def _joined(*parts):
    return " ".join(part for part in parts if part)


def sides(message):
    """Say on which side of the middle a request's moods put each attribute."""
    strongest = {}
    for act in read(message).acts:
        assert isinstance(act, Ask), act
        for mood in act.wanted.moods:
            for leaning in mood.leanings:
                held = strongest.get(leaning.attribute, 0)
                if abs(leaning.step) >= abs(held):
                    strongest[leaning.attribute] = leaning.step
    signs = {True: "+", False: "-"}
    return " ".join(
        f"{name.removesuffix('_bpm')}{signs[step > 0]}"
        for name, step in sorted(strongest.items())
        if step
    )
