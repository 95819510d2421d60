"""Acts that find songs: asking, "more like", "more upbeat", "older"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from catalog.genres import genre_name
from catalog.search.result import Result
from chat.agent.asking import fits, keeps_wish
from chat.agent.builtin import phrases
from chat.agent.builtin.desk import Desk
from chat.agent.builtin.gathering import MAX_SIZE, Measure, gather, with_only
from chat.agent.builtin.ledger import tell_parts, tell_relaxed, tell_shortage
from chat.agent.builtin.nearing import Way, along, spread
from chat.agent.builtin.placing import (
    in_order,
    tell_length,
    tell_number,
)
from chat.agent.builtin.refusing import tell_never
from chat.agent.builtin.retiming import retime
from chat.agent.builtin.unknowing import (
    known_here,
    offer_nearest,
    tell_known_for,
    tell_missing,
    tell_unknown_names,
    tell_why_nothing,
)
from chat.agent.builtin.ways import way_beside, way_between
from chat.agent.chips import words_uncovered
from chat.agent.constraints import artist, years
from chat.agent.dislikes import disliked_among
from chat.agent.lasting import UNKNOWN_MS, lasting
from chat.agent.state import Given
from chat.agent.understanding.lexicon import Leaning
from chat.agent.understanding.moods import Mood, is_compared
from chat.agent.understanding.reading import (
    Ask,
    MoreLike,
    Shift,
    ShiftYears,
)
from chat.agent.understanding.wish import (
    Wanted,
)
from chat.agent.wanting import given_with
from chat.agent.wishes import SHIFT_WEIGHT, mood_wishes, shift_wishes
from playlists.edits import Add, Clear, Edit, Rename, as_held

# Liked songs stay when the list is made anew, but not so many that nothing changes.
KEPT_LIKES = 3
# So many songs say what artists are like.
SEEDS_OF_ARTISTS = 5
TITLE_CHARS = 60
# Who names no number takes a short list of just what was asked over a long one that
# isn't; below this the time that was asked for gives way.
ENOUGH = 4
# Among so many times more the nearest are chosen, where a list is moved.
SPARE_SHARE = 2
SPARE_SHARE_OF_LIKES = 6
# Fewer titles are of Christmas than songs are like others.
SPARE_SHARE_OF_WORDS = 3


def ask(desk: Desk, act: Ask) -> None:
    """Find songs for a request, and make them the list."""
    wanted = with_contradictions(act.wanted)
    if wanted.contradictions:
        _tell_contradiction(desk, wanted)
        return
    old = refusals_standing(desk.state.given) if act.is_fresh else desk.state.given
    given = given_for(desk, old, wanted)
    if wanted.unknown_names:
        tell_unknown_names(desk, wanted.unknown_names)
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
    is_first = act.is_fresh or desk.state.given == Given()

    def titled(held: Given) -> str:
        wanted_here = as_held_by(held, wanted)
        return phrases.list_title(wanted_here, names.values()) if is_first else ""

    has_number = wanted.count is not None or wanted.minutes is not None
    is_made = make_list(
        desk,
        given,
        keep,
        titled=titled,
        has_number=has_number,
        towards=way_beside(desk, given, wanted),
        apart=wanted.like_artists,
    )
    if not is_made:
        offer_nearest(desk, wanted)
    tell_number(desk, wanted.count, wanted.minutes)


def as_held_by(given: Given, wanted: Wanted) -> Wanted:
    """Return a wish with the genres that stand in for those that aren't here."""
    if not given.genres or set(wanted.genres) <= set(given.genres):
        return wanted
    return replace(wanted, genres=given.genres)


def refusals_standing(given: Given) -> Given:
    """Return what a request finds that begins anew: refusals that nothing else followed.

    "No Ed Sheeran", and then "love songs", are one wish in two sentences.
    """
    asked = [held for held in given.constraints if not held.is_refused]
    is_open = not (asked or given.words or given.seeds or given.parts or given.arc)
    return replace(Given(), constraints=given.constraints) if is_open else Given()


def with_contradictions(wanted: Wanted) -> Wanted:
    """Note also where a message asks for a genre and refuses it: "jazz but no jazz"."""
    both = [key for key in wanted.genres if key in wanted.without_genres]
    if not both:
        return wanted
    name = genre_name(both[0])
    return replace(wanted, contradictions=(name, f"no {name}"))


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
        parts=(),
    )
    if shift is not None:
        given = shifted(desk, given, shift)
    make_list(desk, given, keep=seeds)


def shift_list(desk: Desk, act: Shift) -> None:
    """Move the whole list: songs that fit the new direction stay."""
    if not desk.tools.tracks():
        # "Something calmer", as the first words: calmer than the catalog's middle.
        mood = Mood(act.phrase, act.leanings)
        ask(desk, Ask(Wanted(moods=(mood,)), is_fresh=True))
        return
    given = shifted(desk, desk.state.given, act)
    moved = given.wishes[: len(act.leanings)]
    songs = desk.tools.songs(desk.tools.tracks())
    fitting = [
        t for t, s in songs.items() if all(keeps_wish(s, wish) for wish in moved)
    ]
    order = desk.tools.tracks()
    is_of_words = bool(words_uncovered(given)) and not given.seeds
    # Earlier ways hold as well, and would bring songs of anything just as the last does.
    ways = tuple(wish for wish in given.wishes if wish.weight >= SHIFT_WEIGHT)
    towards = ways if is_of_words else moved
    way = Way(tuple(songs.values()), act.leanings, towards, keeps_subject=is_of_words)
    make_list(desk, given, keep=[t for t in order if t in fitting], towards=way)


def shift_years(desk: Desk, act: ShiftYears) -> None:
    """Make the list anew from before, or after, the middle of its years."""
    order = desk.tools.tracks()
    songs = desk.tools.songs(order)
    known = sorted(song.year for song in songs.values() if song.year is not None)
    if not known:
        desk.say("I don't know of any song in the list when it is from.")
        return
    middle = known[len(known) // 2]
    older = act.direction < 0
    span = years(
        None if older else middle + 1, middle - 1 if older else None, words=act.phrase
    )
    given = desk.state.given.having((span,))
    keep = [t for t in order if fits(songs[t], given)]
    make_list(desk, given, keep)


def make_list(
    desk: Desk,
    given: Given,
    keep: Sequence[int],
    *,
    title: str = "",
    titled: Callable[[Given], str] | None = None,
    has_number: bool = False,
    towards: Way | None = None,
    apart: Sequence[int] = (),
    without: Sequence[int] = (),
) -> bool:
    """Make the list: what stays, then what the search brings, up to the size or time.

    titled: makes the title of what is given once it is known what is here.
    towards: which way the list moves; songs that go it come first. apart:
    artists of whom nothing is brought. without: songs that aren't.
    Only a list that was made changes what is given: a wish that nothing fits is
    answered and forgotten. Returns whether one was.
    """
    held = desk.tools.tracks()
    opinions = desk.tools.opinions()
    given = known_here(desk, given)
    title = titled(given) if titled else title
    disliked = disliked_among(keep, opinions.refused)
    if never := desk.tools.refused_among(keep):
        tell_never(desk, tracks=sorted(never))
    stay = [t for t in as_held(keep, held) if t not in disliked | never]
    likes = [t for t in held if t in opinions.liked and t not in stay]
    stay = [*stay, *likes[:KEPT_LIKES]] if stay else stay
    stay = _within(desk, stay, given)
    limit = max(0, given.size - len(stay))
    enough = limit if has_number else min(limit, max(0, ENOUGH - len(stay)))
    result = Result((), (), desk.tools.catalog_size())
    if limit or given.minutes is not None:
        measure = Measure(
            limit,
            given.minutes,
            is_counted=given.is_counted,
            enough=enough,
            without=frozenset(without),
        )
        result = _gathered(desk, given, measure, stay, towards=towards, apart=apart)
    found = [hit.track_id for hit in result.hits]
    tracks = [*stay, *found]
    if never := desk.tools.never().artists & set(given.artists):
        tell_never(desk, artists=sorted(never))
    if not tracks:
        if not never:
            tell_why_nothing(desk, given)
        return False
    tracks = in_order(desk, given, tracks)
    edits: list[Edit] = [Clear(), Add(tuple(tracks), again=True)]
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
    # What the search brought anew of a list that is gone on with has only stayed.
    came = len(set(found) - set(held)) if stay else len(found)
    desk.say(*phrases.made(came, len(tracks) - came, went, first), topic="list")
    tell_relaxed(desk, result, given)
    tell_missing(desk, given, tracks)
    tell_known_for(desk, given, found)
    if given.parts:
        tell_parts(desk, given, tracks)
    if given.minutes is not None:
        retime(desk, given.minutes)
        tell_length(desk, given.minutes)
    elif not given.parts:
        tell_shortage(desk, limit, len(found), "")
    return True


def _gathered(
    desk: Desk,
    given: Given,
    measure: Measure,
    stay: Sequence[int],
    *,
    towards: Way | None,
    apart: Sequence[int],
) -> Result:
    refusals = tuple(artist(pk, is_refused=True) for pk in apart)
    given = given.having(refusals)
    if measure.minutes is not None or not towards:
        return gather(desk, given, measure, beside=stay)
    spare = SPARE_SHARE
    if towards.keeps_subject:
        # Slow songs of any kind would come before those that are alike and slow enough.
        given = given.lacking(f"attribute:{wish.attribute}" for wish in towards.wishes)
        spare = SPARE_SHARE_OF_LIKES if given.seeds else SPARE_SHARE_OF_WORDS
    count = measure.count * (1 + spare)
    wider = replace(measure, count=count, artist_cap=count)
    result = gather(desk, given, wider, beside=stay)
    hits = {hit.track_id: hit for hit in result.hits}
    songs = desk.tools.songs(hits)
    held = [
        credit for s in desk.tools.songs(stay).values() for credit in s.artist_ids[:1]
    ]
    order = along(towards, [t for t in hits if t in songs], songs, desk.levels)
    order = spread(order, songs, held)
    return with_only(result, [hits[t] for t in order[: measure.count]])


def _within(desk: Desk, stay: list[int], given: Given) -> list[int]:
    """Return what may stay of songs without making the list too long."""
    if given.minutes is None:
        return stay[: given.size]
    songs = desk.tools.songs(stay)
    stay = [t for t in stay if t in songs]
    stay = stay[: given.size] if given.is_counted else stay
    lengths = [songs[t].duration_ms for t in stay]
    sum_ms = sum(UNKNOWN_MS if ms is None else ms for ms in lengths)
    if sum_ms <= given.minutes * 60_000:
        return stay
    return [stay[i] for i in lasting(lengths, target_ms=given.minutes * 60_000)]


def given_for(desk: Desk, old: Given, wanted: Wanted) -> Given:
    """Return what is given once a request is added to what was.

    "Like Daft Punk, but slower" is slower than they are, and not than the catalog.
    """
    like = desk.tools.tracks_by_artists(wanted.like_artists, limit=SEEDS_OF_ARTISTS)
    seeds = (*wanted.like_tracks, *like)
    beside = [mood for mood in wanted.moods if seeds and is_compared(mood)]
    rest = replace(wanted, moods=tuple(m for m in wanted.moods if m not in beside))
    given = given_with(old, rest, levels=desk.levels)
    for mood in beside:
        shift = Shift(mood.phrase, mood.leanings)
        given = shifted(desk, given, shift, among=seeds)
    arc = wanted.arc or (way_between(desk, wanted.ends) if wanted.ends else None)
    given = replace(
        given,
        seeds=seeds or old.seeds,
        arc=arc or old.arc,
        is_mixed=old.is_mixed and not arc,
    )
    return sized(given, wanted.count, wanted.minutes)


def sized(given: Given, count: int | None, minutes: int | None) -> Given:
    """Return what is given once a list of so many songs, or so long, is asked for."""
    if count is not None:
        given = replace(given, size=min(count, MAX_SIZE))
    if count is not None or minutes is not None:
        is_counted = count is not None and minutes is not None
        return replace(given, minutes=minutes, is_counted=is_counted)
    return given


def shifted(
    desk: Desk, given: Given, shift: Shift, *, among: Sequence[int] | None = None
) -> Given:
    """Return what is given once songs are moved from where they are.

    among: those songs, None for the list's.
    """
    tracks = desk.tools.tracks() if among is None else among
    songs = desk.tools.songs(tracks).values()
    leanings: tuple[Leaning, ...] = shift.leanings
    moved = shift_wishes(leanings, shift.phrase, songs, desk.levels)
    now = given.wishing(moved)
    # "Calm" isn't searched for any more once the list is to be more upbeat.
    kept = {held.words for held in now.constraints}
    gone = {held.words for held in given.of("attribute")} - kept
    outdone = {word for words in gone for word in words.split()}
    return replace(now, words=tuple(w for w in given.words if w not in outdone))


def _still_fitting(desk: Desk, given: Given, wanted: Wanted) -> list[int]:
    """Return the list's songs that keep what is given, and the moods named just now."""
    songs = desk.tools.songs(desk.tools.tracks())
    named = mood_wishes(wanted.moods, desk.levels)
    return [
        track
        for track in desk.tools.tracks()
        if fits(songs[track], given) and all(keeps_wish(songs[track], w) for w in named)
    ]
