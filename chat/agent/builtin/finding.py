"""Acts that find songs: asking, "more like", "more upbeat", "add some", "longer"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.search.result import Hit, Result
from chat.agent.asking import fits, keeps_wish
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import MAX_SIZE, Measure, gather
from chat.agent.builtin.placing import (
    in_order,
    insert,
    settle_size,
    spot_of,
    tell_length,
)
from chat.agent.builtin.unknowing import known_here
from chat.agent.constraints import Kind, put
from chat.agent.lasting import UNKNOWN_MS, lasting
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
# Liked songs stay when the list is made anew, but not so many that nothing changes.
KEPT_LIKES = 3
TITLE_CHARS = 60
# Who names no number takes a short list of just what was asked over a long one that
# isn't; below this the time that was asked for gives way.
ENOUGH = 6
# What holds for every song that comes in, whatever kind is asked for next.
STANDING: frozenset[Kind] = frozenset(
    {"language", "instrumental", "explicit", "unheard", "duration"}
)


def ask(desk: Desk, act: Ask) -> None:
    """Find songs for a request, and make them the list."""
    wanted = act.wanted
    if wanted.contradictions:
        _tell_contradiction(desk, wanted)
        return
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


def _tell_contradiction(desk: Desk, wanted: Wanted) -> None:
    first, *others = wanted.contradictions
    rest = phrases.listed(others)
    desk.say(
        f"No song can be both “{first}” and “{rest}”. Which of the two shall it be?",
        f"“{first}” and “{rest}” can't both be so. Which one counts?",
    )


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
        _add_these(desk, pointed, act.wanted.count, at=spot_of(desk, act.spot))
        return
    wanted = act.wanted
    if wanted.unknown_names and replace(wanted, words=()).is_empty:
        desk.say(*phrases.unknown_names(wanted.unknown_names))
        return
    asked = _given(desk, Given(), wanted)
    base = desk.state.given
    given = replace(
        given_beside(base, asked),
        seeds=(*asked.seeds, *(pointed if act.is_likeness else ())) or base.seeds,
    )
    count = min(wanted.count or ADD_COUNT, MAX_SIZE)
    minutes = None
    if wanted.minutes is not None and not wanted.count:
        # "Add half an hour of jazz" is on top of what is there.
        minutes = round(desk.duration_ms() / 60_000) + wanted.minutes
    measure = Measure(count, minutes)
    _append(desk, given, measure, phrases.kind_of(wanted), at=spot_of(desk, act.spot))
    settle_size(desk)


def given_beside(base: Given, asked: Given) -> Given:
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


def _add_these(
    desk: Desk, pointed: Sequence[int], count: int | None, *, at: int | None
) -> None:
    held = desk.tools.tracks()
    new = [t for t in pointed if t not in held][: count or ADD_COUNT]
    if not new:
        desk.say(
            "That is in the list already."
            if len(pointed) == 1
            else "All of those are in the list already."
        )
        return
    insert(desk, new, at=at)
    settle_size(desk)
    desk.point_at(new)
    songs = desk.tools.songs(new)
    desk.show(Result((), (), 0), new)
    desk.say(f"Added {phrases.listed(songs[t].credit for t in new)}.")


def lengthen(desk: Desk, act: Resize) -> None:
    """Make the list longer with songs of the same kind."""
    size = len(desk.tools.tracks())
    given = desk.state.given
    if act.minutes is not None:
        played = round(desk.duration_ms() / 60_000)
        minutes = act.minutes if act.direction == 0 else played + act.minutes
        desk.give(replace(given, minutes=minutes))
        _append(desk, desk.state.given, Measure(0, minutes, MAX_SIZE), "")
        tell_length(desk, minutes)
        return
    if act.times:
        act = replace(act, count=round(size * (act.times - 1)) or None)
    count = act.count or ADD_COUNT
    if act.direction == 0:
        count = max(0, count - size)
    enough = count if act.count or act.times else 0
    desk.give(replace(given, minutes=None))
    _append(desk, desk.state.given, Measure(min(count, MAX_SIZE), enough=enough), "")
    settle_size(desk)


def _append(
    desk: Desk, given: Given, measure: Measure, kind: str, *, at: int | None = None
) -> None:
    """Put songs that are given by `given` into the list, at a place or where they fit."""
    held = desk.tools.tracks()
    given = known_here(desk, given)
    result = gather(desk, given, measure, beside=held)
    found = [hit.track_id for hit in result.hits]
    if not found:
        desk.say(
            f"I found no more {kind or 'songs'} to add.",
            f"There is no more {kind or 'music like this'} in the catalog.",
        )
        return
    insert(desk, found, at=at)
    desk.point_at(found)
    desk.show(result, found)
    desk.found_count += len(found)
    desk.say(*phrases.added(len(found), kind))
    _tell_relaxed(desk, result, given)
    if measure.minutes is None:
        _tell_shortage(desk, measure.count, len(found), kind)


def _make_list(
    desk: Desk,
    given: Given,
    keep: Sequence[int],
    *,
    title: str = "",
    has_number: bool = False,
) -> None:
    """Make the list: what stays, then what the search brings, up to the size or time.

    Only a list that was made changes what is given: a wish that nothing fits is
    answered and forgotten.
    """
    held = desk.tools.tracks()
    opinions = desk.tools.opinions()
    given = known_here(desk, given)
    stay = [t for t in dict.fromkeys(keep) if t not in opinions.disliked]
    likes = [t for t in held if t in opinions.liked and t not in stay]
    stay = [*stay, *likes[:KEPT_LIKES]] if stay else stay
    stay = _within(desk, stay, given)
    limit = max(0, given.size - len(stay))
    enough = limit if has_number else min(limit, max(0, ENOUGH - len(stay)))
    result = Result((), (), desk.tools.catalog_size())
    if limit or given.minutes is not None:
        measure = Measure(limit, given.minutes, enough)
        result = gather(desk, given, measure, beside=stay)
    found = [hit.track_id for hit in result.hits]
    tracks = [*stay, *found]
    if not tracks:
        desk.say(
            "I found nothing that fits all of that, so I left the list as it was.",
            "Nothing in the catalog fits that. The list is as before.",
        )
        return
    tracks = in_order(desk, given, tracks)
    edits: list[Edit] = [Clear(), Add(tuple(tracks))]
    if title and (not held or desk.tools.content().title == desk.state.auto_title):
        edits.append(Rename(title[:TITLE_CHARS]))
        desk.state = replace(desk.state, auto_title=title[:TITLE_CHARS])
    desk.edit(edits, uses=tracks)
    desk.give(given)
    desk.point_at(found)
    desk.show(result, tracks)
    desk.found_count += len(found)
    songs = desk.tools.songs(tracks[:3])
    desk.speak_of(songs[tracks[0]])
    first = songs[tracks[0]].credit
    # Of two lists made in one turn only the last is there to speak of.
    went = len(set(held) - set(tracks))
    desk.say(*phrases.made(len(found), len(stay), went, first), topic="list")
    _tell_relaxed(desk, result, given)
    if given.minutes is None:
        _tell_shortage(desk, limit, len(found), "")
    else:
        tell_length(desk, given.minutes)


def _within(desk: Desk, stay: list[int], given: Given) -> list[int]:
    """Return what may stay of songs without making the list too long."""
    if given.minutes is None:
        return stay[: given.size]
    songs = desk.tools.songs(stay)
    stay = [t for t in stay if t in songs]
    lengths = [songs[t].duration_ms for t in stay]
    sum_ms = sum(UNKNOWN_MS if ms is None else ms for ms in lengths)
    if sum_ms <= given.minutes * 60_000:
        return stay
    return [stay[i] for i in lasting(lengths, target_ms=given.minutes * 60_000)]


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


def _given(desk: Desk, old: Given, wanted: Wanted) -> Given:
    """Return what is given once a request is added to what was."""
    given = given_with(old, wanted, levels=desk.levels)
    like = desk.tools.tracks_by_artists(wanted.like_artists, limit=5)
    given = replace(
        given,
        seeds=(*wanted.like_tracks, *like) or old.seeds,
        arc=wanted.arc or old.arc,
    )
    if wanted.minutes is not None:
        return replace(given, minutes=wanted.minutes)
    if wanted.count is not None:
        return replace(given, size=min(wanted.count, MAX_SIZE), minutes=None)
    return given


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
