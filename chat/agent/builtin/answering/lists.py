"""Answers about the list: how many, how long, which are so, what is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from catalog.genres import genre_name
from catalog.names import name_key
from chat.agent.asking import fits, keeps_wish
from chat.agent.builtin import phrases
from chat.agent.builtin.answering.filtering import filters_for, is_known_filter
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.finding import given_for
from chat.agent.builtin.sorting import sort_key
from chat.agent.proof import ATTRIBUTE_NAMES, clock, number
from chat.agent.quoting import named, quoted
from chat.agent.songs import Song
from chat.agent.state import Given
from chat.agent.understanding.asked import OfList
from chat.agent.understanding.pointing import Order, Titled

EMPTY = (
    "The list is empty so far. What would you like to hear?",
    "There is nothing in the list yet: a mood, a genre or an artist begins it.",
)
# So many songs, artists or genres are named, and the others counted.
NAMED = 6
_NAMES = {"year": "year", "duration": "length"}


def of_list(desk: Desk, act: OfList) -> None:
    """Answer what is asked of the list."""
    tracks = desk.tools.tracks()
    held = desk.tools.songs(tracks)
    songs = [held[track] for track in tracks if track in held]
    if act.what == "title":
        desk.say(f"The list is called {quoted(desk.tools.content().title)}.")
        return
    if act.is_either:
        _tell_both(desk, act, songs)
        return
    if not songs:
        desk.say(*EMPTY)
        return
    match act.what:
        case "count" if is_known_filter(act.wanted):
            _tell_those(desk, act, songs, is_count=True)
        case "which":
            _tell_those(desk, act, songs)
        case "has":
            _tell_whether(desk, act, songs)
        case "count":
            desk.say(f"There {_are(len(songs))} in the list, {_length(songs)}.")
        case "length":
            desk.say(f"The list plays {_length(songs)}: {phrases.songs(len(songs))}.")
        case "average":
            _tell_middle(desk, songs, act.by)
        case "artists":
            _tell_artists(desk, songs)
        case "genres":
            _tell_genres(desk, songs)
        case "years":
            _tell_years(desk, songs)
        case "songs":
            _tell_songs(desk, songs)
    desk.state = replace(desk.state, is_of_list=True)


def titles(songs: Sequence[Song], most: int = NAMED) -> str:
    """Name songs, and count those that are more: "“A” by B, “C” by D and 3 more"."""
    told = [song.credit for song in songs[:most]]
    rest = len(songs) - len(told)
    return phrases.listed([*told, *([f"{rest} more"] if rest else [])])


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {phrases.songs(count)}"


def _length(songs: Sequence[Song]) -> str:
    total = sum(song.duration_ms or 0 for song in songs)
    unknown = sum(song.duration_ms is None for song in songs)
    if not total:
        return "of a length that isn't noted"
    more = f" and {phrases.songs(unknown)} of unknown length" if unknown else ""
    return f"{phrases.minutes(total)}{more}"


def _matching(desk: Desk, act: OfList, songs: Sequence[Song]) -> list[Song]:
    """Return the songs that are what is asked about."""
    named_songs = {r.track_id for r in act.references if isinstance(r, Titled)}
    if named_songs:
        return [song for song in songs if song.track_id in named_songs]
    if not is_known_filter(act.wanted):
        return []
    given = given_for(desk, Given(), act.wanted)
    return [
        song
        for song in songs
        if fits(song, given) and all(keeps_wish(song, wish) for wish in given.wishes)
    ]


def _tell_those(
    desk: Desk, act: OfList, songs: Sequence[Song], *, is_count: bool = False
) -> None:
    found = _matching(desk, act, songs)
    if not found:
        desk.say(f"None in the list, as far as is noted ({act.name}).")
        return
    desk.name_songs(found)
    places = _places(desk, found)
    if is_count:
        desk.say(
            f"{len(found)} of {len(songs)}{f' ({act.name})' if act.name else ''}: {places}."
        )
    else:
        desk.say(f"{len(found)} of {len(songs)}: {places}.")


def _places(desk: Desk, found: Sequence[Song]) -> str:
    tracks = desk.tools.tracks()
    told = [f"{s.credit} (number {tracks.index(s.track_id) + 1})" for s in found[:NAMED]]  # fmt: skip
    rest = len(found) - len(told)
    return phrases.listed([*told, *([f"{rest} more"] if rest else [])])


def _tell_both(desk: Desk, act: OfList, songs: Sequence[Song]) -> None:
    """Say how many there are in the list and in the catalog, where either may be meant."""
    found = _matching(desk, act, songs)
    count = desk.tools.catalog.count(filters_for(desk, act.wanted))
    here = f"{len(found)} of the {len(songs)} in the list" if songs else "The list is empty"  # fmt: skip
    desk.say(f"{here}; the catalog has {count} ({act.name}).")
    if found:
        desk.name_songs(found)


def _tell_whether(desk: Desk, act: OfList, songs: Sequence[Song]) -> None:
    key = name_key(act.name.partition(" by ")[0])
    found = [s for s in songs if key and _is_called(s, key)]
    found = found or _matching(desk, act, songs)
    found = found or [s for s in songs if key in map(name_key, s.artists)]
    if found:
        desk.name_songs(found)
        desk.say(f"Yes: {_places(desk, found)}.")
    else:
        desk.say(f"No, there is nothing of that in the list ({act.name}).")
        desk.offers.append(f"add {act.name}")


def _is_called(song: Song, key: str) -> bool:
    title = name_key(song.title)
    return title == key or title.startswith(f"{key} ")


def _tell_middle(desk: Desk, songs: Sequence[Song], by: Order) -> None:
    values = [k[0] for song in songs if (k := sort_key(song, by)) is not None]
    name = _NAMES.get(by, ATTRIBUTE_NAMES.get(by, by))
    if not values:
        desk.say(f"The {name} isn't noted of any song in the list.")
        return
    low, high, mean = min(values), max(values), sum(values) / len(values)
    of = "" if len(values) == len(songs) else f" over the {len(values)} where it is noted"  # fmt: skip
    desk.say(
        f"The average {name} is {_figure(by, mean)}{of}, from {_figure(by, low)} to "
        f"{_figure(by, high)}; half are at or below {_figure(by, median(values))}."
    )


def _figure(by: str, value: float) -> str:
    if by == "duration":
        return clock(value)
    return f"{value:.0f}" if by == "year" else number(by, value)


def _tell_artists(desk: Desk, songs: Sequence[Song]) -> None:
    counts = Counter(name for song in songs for name in song.artists)
    if not counts:
        desk.say("No artist is noted of these songs.")
        return
    told = [f"{named(name)}{f' ({n})' if n > 1 else ''}" for name, n in counts.most_common(2 * NAMED)]  # fmt: skip
    rest = len(counts) - len(told)
    desk.say(
        f"{len(counts)} artist{'s' if len(counts) > 1 else ''}: {phrases.listed([*told, *([f'{rest} more'] if rest else [])])}."
    )


def _tell_genres(desk: Desk, songs: Sequence[Song]) -> None:
    counts = Counter(genre for song in songs for genre in song.genres)
    if not counts:
        desk.say("No genre is noted of these songs.")
        return
    told = [f"{genre_name(genre)} ({n})" for genre, n in counts.most_common(NAMED)]
    rest = len(counts) - len(told)
    desk.say(
        f"Noted of them: {phrases.listed([*told, *([f'{rest} more'] if rest else [])])}."
    )


def _tell_years(desk: Desk, songs: Sequence[Song]) -> None:
    known = sorted(song.year for song in songs if song.year)
    if not known:
        desk.say("When they are from isn't noted.")
        return
    span = f"from {known[0]}" if known[0] == known[-1] else f"from {known[0]} to {known[-1]}"  # fmt: skip
    decades = Counter(f"{year // 10 * 10}s" for year in known)
    rows = phrases.listed(f"{n} of the {name}" for name, n in sorted(decades.items()))
    desk.say(f"They are {span}: {rows}.")


def _tell_songs(desk: Desk, songs: Sequence[Song]) -> None:
    told = (f"{i}. {s.credit}" for i, s in enumerate(songs[: 2 * NAMED], 1))
    rest = len(songs) - 2 * NAMED
    desk.say("; ".join(told) + (f"; and {rest} more." if rest > 0 else "."))
