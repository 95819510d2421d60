"""Acts that find songs: asking, "more like", "more upbeat", "add some", "longer"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from catalog.search.query import Taste
from catalog.search.result import Hit, Result
from chat.agent.asking import Leanings, fits, keeps_wish, query_of
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.constraints import Kind, put
from chat.agent.state import Given
from chat.agent.understanding.lexicon import Leaning
from chat.agent.understanding.reading import (
    AddSome,
    Ask,
    Mood,
    MoreLike,
    Resize,
    Shift,
    Wanted,
)
from chat.agent.wanting import given_with
from chat.agent.wishes import mood_wishes, shift_wishes
from playlists.edits import Add, Clear, Edit, Rename

ADD_COUNT = 4
MAX_SIZE = 100
# Liked songs stay when the list is made anew, but not so many that nothing changes.
KEPT_LIKES = 3
# What was liked on the way, in Rocchio's sum.
LIKE_WEIGHT = 0.6
RECENT_OPINIONS = 20
TITLE_CHARS = 60
# Who names no number takes a short list of just what was asked over a long one that
# isn't; below this the time that was asked for gives way.
ENOUGH = 6
# Likes of other talks and days move the order a little, and bring nothing in.
TASTE_STRENGTH = 0.15
# What holds for every song that comes in, whatever kind is asked for next.
STANDING: frozenset[Kind] = frozenset(
    {"language", "instrumental", "explicit", "unheard", "duration"}
)


def ask(desk: Desk, act: Ask) -> None:
    """Find songs for a request, and make them the list."""
    wanted = act.wanted
    old = Given() if act.is_fresh else desk.state.given
    given = _given(desk, old, wanted)
    if wanted.unknown_names:
        desk.say(*phrases.unknown_names(wanted.unknown_names))
        if replace(wanted, words=()).is_empty:
            return
    is_of_words = bool(wanted.words) and replace(wanted, words=()).is_empty
    if is_of_words and not desk.tools.are_familiar(wanted.words):
        desk.ask_for_more()
        return
    if _is_only_chance(desk, wanted):
        desk.ask_for_more()
        return
    keep: list[int] = list(wanted.like_tracks)
    if not act.is_fresh:
        keep.extend(_still_fitting(desk, given, wanted))
    names = desk.tools.artist_names(given.artists)
    title = phrases.list_title(wanted, names.values()) if act.is_fresh else ""
    has_number = wanted.count is not None or wanted.minutes is not None
    _make_list(desk, given, keep, title=title, has_number=has_number)


def _is_only_chance(desk: Desk, wanted: Wanted) -> bool:
    """Say whether a list would be lost to words that may not even ask for music."""
    if not replace(wanted, words=()).is_empty or not desk.tools.tracks():
        return False
    return bool(wanted.words) and not desk.tools.asks_for_music()


def more_like(desk: Desk, act: MoreLike, shift: Shift | None) -> None:
    """Find songs like some, perhaps moved in a direction."""
    seeds = desk.resolve(act.references)
    songs = desk.tools.songs(seeds)
    if not songs:
        desk.say(
            "I'm not sure which song you mean. Tell me its number in the list.",
            "Which one is that? A number from the list helps me.",
        )
        return
    desk.speak_of(songs[seeds[0]])
    # Where the list came from matters less now than the songs that were pointed at.
    given = replace(
        desk.state.given.lacking(
            held.id
            for held in desk.state.given.constraints
            if held.kind == "attribute"
            or (held.kind == "artist" and not held.is_refused)
        ),
        seeds=tuple(seeds),
        words=(),
    )
    if shift is not None:
        given = _shifted(desk, given, shift)
    _make_list(desk, given, keep=seeds)


def shift_list(desk: Desk, act: Shift) -> None:
    """Move the whole list: songs that fit the new direction stay."""
    if not desk.tools.tracks():
        # "Something calmer", as the first words: calmer than the catalog's middle.
        mood = Mood(act.phrase, act.leanings)
        ask(desk, Ask(Wanted(moods=(mood,)), is_fresh=True))
        return
    given = _shifted(desk, desk.state.given, act)
    moved = given.wishes[: len(act.leanings)]
    songs = desk.tools.songs(desk.tools.tracks())
    fitting = [
        t for t, s in songs.items() if all(keeps_wish(s, wish) for wish in moved)
    ]
    order = desk.tools.tracks()
    _make_list(desk, given, keep=[t for t in order if t in fitting])


def add_some(desk: Desk, act: AddSome) -> None:
    """Put a few more songs into the list, of a kind or by reference."""
    pointed = desk.resolve(act.references)
    if pointed and act.wanted.is_empty and not act.is_likeness:
        _add_these(desk, pointed, act.wanted.count)
        return
    wanted = act.wanted
    if wanted.unknown_names and replace(wanted, words=()).is_empty:
        desk.say(*phrases.unknown_names(wanted.unknown_names))
        return
    asked = _given(desk, Given(), wanted)
    base = desk.state.given
    given = replace(
        _beside(base, asked),
        seeds=(*asked.seeds, *(pointed if act.is_likeness else ())) or base.seeds,
    )
    count = wanted.count or _count_of_minutes(desk, wanted.minutes) or ADD_COUNT
    _append(desk, given, min(count, MAX_SIZE), phrases.kind_of(wanted))


def _beside(base: Given, asked: Given) -> Given:
    """Return what songs keep that are added: refusals stand, moods count less."""
    kept = [
        held
        for held in base.constraints
        if held.is_refused or held.kind in STANDING or held.kind == "attribute"
    ]
    soft = (
        replace(held, weight=held.weight / 4) if held.kind == "attribute" else held
        for held in kept
    )
    named = (held for held in asked.constraints if held.kind != "attribute")
    given = replace(asked, constraints=put(soft, named))
    return given.wishing(asked.wishes)


def _add_these(desk: Desk, pointed: Sequence[int], count: int | None) -> None:
    held = desk.tools.tracks()
    new = [t for t in pointed if t not in held][: count or ADD_COUNT]
    if not new:
        desk.say(
            "That is in the list already."
            if len(pointed) == 1
            else "All of those are in the list already."
        )
        return
    desk.edit([Add(tuple(new))], uses=new)
    songs = desk.tools.songs(new)
    desk.show(Result((), (), 0), new)
    desk.say(f"Added {phrases.listed(songs[t].credit for t in new)}.")


def lengthen(desk: Desk, act: Resize) -> None:
    """Make the list longer with songs of the same kind."""
    size = len(desk.tools.tracks())
    if act.times:
        act = replace(act, count=round(size * (act.times - 1)) or None)
    count = act.count or _count_of_minutes(desk, act.minutes) or ADD_COUNT
    if act.direction == 0:
        count = max(0, count - size)
    has_number = bool(act.count or act.minutes or act.times)
    enough = count if has_number else 0
    _append(desk, desk.state.given, min(count, MAX_SIZE), "", enough=enough)


def _append(
    desk: Desk, given: Given, count: int, kind: str, *, enough: int = 0
) -> None:
    held = desk.tools.tracks()
    result = _search(
        desk, given, beside=held, limit=count, seeds_from=held, enough=enough
    )
    found = [hit.track_id for hit in result.hits]
    if not found:
        desk.say(
            f"I found no more {kind or 'songs'} to add.",
            f"There is no more {kind or 'music like this'} in the catalog.",
        )
        return
    desk.edit([Add(tuple(found))], uses=found)
    desk.show(result, found)
    desk.found_count += len(found)
    desk.say(*phrases.added(len(found), kind))
    _tell_relaxed(desk, result, given)
    _tell_shortage(desk, count, len(found), kind)


def _make_list(
    desk: Desk,
    given: Given,
    keep: Sequence[int],
    *,
    title: str = "",
    has_number: bool = False,
) -> None:
    """Make the list: what stays, then what the search brings, up to the size.

    Only a list that was made changes what is given: a wish that nothing fits is
    answered and forgotten.
    """
    held = desk.tools.tracks()
    opinions = desk.tools.opinions()
    stay = [t for t in dict.fromkeys(keep) if t not in opinions.disliked]
    likes = [t for t in held if t in opinions.liked and t not in stay]
    stay = [*stay, *likes[:KEPT_LIKES]] if stay else stay
    stay = stay[: given.size]
    limit = given.size - len(stay)
    if limit:
        enough = limit if has_number else min(limit, max(0, ENOUGH - len(stay)))
        result = _search(
            desk, given, beside=stay, limit=limit, seeds_from=held, enough=enough
        )
    else:
        result = Result((), (), desk.tools.catalog_size())
    found = [hit.track_id for hit in result.hits]
    tracks = [*stay, *found]
    if not tracks:
        desk.say(
            "I found nothing that fits all of that, so I left the list as it was.",
            "Nothing in the catalog fits that. The list is as before.",
        )
        return
    edits: list[Edit] = [Clear(), Add(tuple(tracks))]
    if title and (not held or desk.tools.content().title == desk.state.auto_title):
        edits.append(Rename(title[:TITLE_CHARS]))
        desk.state = replace(desk.state, auto_title=title[:TITLE_CHARS])
    desk.edit(edits, uses=tracks)
    desk.give(given)
    desk.show(result, tracks)
    desk.found_count += len(found)
    songs = desk.tools.songs(tracks[:3])
    desk.speak_of(songs[tracks[0]])
    first = songs[tracks[0]].credit
    # Of two lists made in one turn only the last is there to speak of.
    went = len(set(held) - set(tracks))
    desk.say(*phrases.made(len(found), len(stay), went, first), topic="list")
    _tell_relaxed(desk, result, given)
    _tell_shortage(desk, limit, len(found), "")


def _tell_relaxed(desk: Desk, result: Result, given: Given) -> None:
    """Tell what was let go to find enough, and what came instead."""
    if result.relaxed:
        desk.say(*phrases.relaxed(result.relaxed), topic="relaxed")
    outside = _outside(result.hits, result.kept_all)
    if outside and {"years"} == {step.constraint for step in result.ledger_of(outside)}:
        songs = desk.tools.songs(hit.track_id for hit in outside)
        years = [song.year for song in songs.values() if song.year is not None]
        asked = given.years
        kept = len(result.kept_all)
        desk.say(*phrases.years_relaxed(asked, kept, years), topic="years")


def _outside(hits: Sequence[Hit], kept: Sequence[Hit]) -> list[Hit]:
    inside = {hit.track_id for hit in kept}
    return [hit for hit in hits if hit.track_id not in inside]


def _tell_shortage(desk: Desk, asked: int, found: int, kind: str) -> None:
    if 0 < found < asked:
        desk.say(f"That is all the catalog has{f' of {kind}' if kind else ''}.")


def _search(
    desk: Desk,
    given: Given,
    *,
    beside: Iterable[int],
    limit: int,
    seeds_from: Iterable[int],
    enough: int,
) -> Result:
    """Search for what is given; below `enough` songs, times may give way."""
    leanings = _leanings(desk, set(seeds_from))
    query = query_of(
        given, limit=limit, beside=beside, leanings=leanings, enough=enough
    )
    return desk.tools.find_tracks(query)


def _leanings(desk: Desk, listed: Collection[int]) -> Leanings:
    """Return what draws the search to some songs: likes of this talk, and of others.

    Likes count in full where they belong to this talk's songs: last week's metal says
    little of tonight's lullabies.
    """
    opinions = desk.tools.opinions()
    likes = [t for t in opinions.liked if t in listed][:RECENT_OPINIONS]
    dislikes = [t for t in opinions.disliked if t in listed][:RECENT_OPINIONS]
    lasting = [t for t in opinions.liked if t not in listed][:RECENT_OPINIONS]
    refused = [t for t in opinions.disliked if t not in listed][:RECENT_OPINIONS]
    return Leanings(
        liked=dict.fromkeys(likes, LIKE_WEIGHT),
        disliked=dict.fromkeys(dislikes, 1.0),
        taste=Taste(
            dict.fromkeys(lasting, 1.0),
            dict.fromkeys(refused, 1.0),
            strength=TASTE_STRENGTH,
        ),
        refused=frozenset(opinions.disliked),
        heard=desk.tools.heard_lately(),
    )


def _given(desk: Desk, old: Given, wanted: Wanted) -> Given:
    """Return what is given once a request is added to what was."""
    given = given_with(old, wanted, levels=desk.levels)
    like = desk.tools.tracks_by_artists(wanted.like_artists, limit=5)
    size = wanted.count or _count_of_minutes(desk, wanted.minutes) or old.size
    return replace(
        given,
        seeds=(*wanted.like_tracks, *like) or old.seeds,
        size=min(size, MAX_SIZE),
    )


def _shifted(desk: Desk, given: Given, shift: Shift) -> Given:
    songs = desk.tools.songs(desk.tools.tracks()).values()
    leanings: tuple[Leaning, ...] = shift.leanings
    moved = shift_wishes(leanings, shift.phrase, songs, desk.levels)
    return given.wishing(moved)


def _still_fitting(desk: Desk, given: Given, wanted: Wanted) -> list[int]:
    """Return the list's songs that keep what is given, and the moods named just now."""
    songs = desk.tools.songs(desk.tools.tracks())
    named = mood_wishes(wanted.moods, desk.levels)
    return [
        track
        for track in desk.tools.tracks()
        if fits(songs[track], given) and all(keeps_wish(songs[track], w) for w in named)
    ]


def _count_of_minutes(desk: Desk, minutes: int | None) -> int | None:
    """Return how many songs fill a time, by the catalog's middle length."""
    if minutes is None:
        return None
    songs = desk.tools.songs(desk.tools.tracks()).values()
    lengths = [s.duration_ms for s in songs if s.duration_ms]
    middle_ms = sorted(lengths)[len(lengths) // 2] if lengths else 210_000
    return max(1, round(minutes * 60_000 / middle_ms))
