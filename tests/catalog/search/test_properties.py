"""What holds for every search, over random catalogs and queries.

The rules are written a second time here, on the stored facts and without SQL.
"""

from collections import Counter
from dataclasses import fields, replace

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.genres import genre_family
from catalog.models import Artist
from catalog.search.engine import search_tracks
from catalog.search.levels import levels_forget
from catalog.search.query import Filters, Query, RefusedGenre, TagWords, Taste, Wish
from catalog.search.selection import CAP_PER
from tests.catalog.search.catalogs import (
    GENRES,
    WORDS,
    make_random_catalog,
    make_spaces,
    make_tags,
)
from tests.emptying import database_empty

# Committed, so that the forty queries of a catalog read it once, as in a running site.
pytestmark = pytest.mark.django_db(transaction=True)

# 25 catalogs with 40 queries each, twice: on both cores where there are two.
CATALOGS, QUERIES = 25, 40

FIELDS_OF = {
    "tempo": ("tempo_from_bpm", "tempo_to_bpm"),
    "duration": ("duration_from_ms", "duration_to_ms"),
    "years": ("year_from", "year_to"),
    "languages": ("languages",),
    "explicit": ("is_explicit",),
    "versions": ("versions",),
    "instrumental": ("is_instrumental",),
    "genres": ("genres",),
    "artists": ("artists",),
    "tags": ("tagged",),
}
NOTHING = Filters()


@pytest.mark.parametrize("half", [1, 2])
@settings(
    max_examples=CATALOGS,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_search_keeps_its_promises(seed, half):
    chance = np.random.default_rng([half, seed])
    levels_forget()
    try:
        with transaction.atomic():
            known = make_random_catalog(chance, spaces=make_spaces(), tags=make_tags())
        for _ in range(QUERIES):
            query = random_query(chance, known)
            result = search_tracks(query)
            for promise in PROMISES:
                promise(query, result, known)
    finally:
        database_empty()


# --- random queries -----------------------------------------------------------------


def random_query(chance, known):
    def maybe(make, share=0.3):
        return make() if chance.uniform() < share else None

    def some(values, most, share=0.25):
        values = list(values)
        if not values or chance.uniform() > share:
            return []
        size = int(chance.integers(1, min(most, len(values)) + 1))
        return [values[i] for i in chance.choice(len(values), size, replace=False)]

    def dial(low):
        return float(chance.uniform(low, 1))

    tracks = list(known.tracks)
    filters = Filters(
        genres=frozenset(some(GENRES, 2)),
        without_genres=frozenset(some(GENRES, 1, 0.15)),
        artists=frozenset(some(known.artist_ids, 2, 0.15)),
        without_artists=frozenset(some(known.artist_ids, 1, 0.15)),
        without_tracks=frozenset(some(tracks, 3, 0.2)),
        year_from=maybe(lambda: int(chance.integers(1960, 2000))),
        year_to=maybe(lambda: int(chance.integers(1980, 2020))),
        without_years=frozenset(
            (None if low < 1970 else low, None if low > 2005 else low + 9)
            for low in some(range(1950, 2020), 2, 0.15)
        ),
        duration_from_ms=maybe(lambda: int(chance.integers(60, 200)) * 1000, 0.1),
        duration_to_ms=maybe(lambda: int(chance.integers(100, 400)) * 1000, 0.1),
        tempo_from_bpm=maybe(lambda: float(chance.integers(60, 120)), 0.1),
        tempo_to_bpm=maybe(lambda: float(chance.integers(80, 180)), 0.1),
        languages=frozenset(some(("en", "pt"), 1, 0.1)),
        without_languages=frozenset(some(("en", "pt"), 1, 0.1)),
        versions=frozenset(some(("", "live", "remix"), 2, 0.1)),
        without_versions=frozenset(some(("live", "karaoke"), 2, 0.15)),
        is_instrumental=maybe(lambda: bool(chance.integers(0, 2)), 0.15),
        is_explicit=maybe(lambda: bool(chance.integers(0, 2)), 0.2),
        must_play=bool(chance.uniform() < 0.2),
        tagged=frozenset(
            TagWords(word, frozenset({word}))
            for word in some((*GENRES, "jazz"), 1, 0.15)
        ),
        without_tagged=frozenset(
            TagWords(word, frozenset({word})) for word in some(GENRES, 1, 0.1)
        ),
        refused_genres=frozenset(
            RefusedGenre(
                genre,
                frozenset(some(known.artist_ids, 2, 0.7)),
                frozenset(some(GENRES, 1, 0.7)),
            )
            for genre in some(GENRES, 2, 0.2)
        ),
    )
    wishes = tuple(
        Wish(name, low, low + 0.3, name, float(chance.uniform(0.1, 1)))
        for name in some(("energy", "instrumentalness"), 2)
        for low in [float(chance.uniform(0, 0.7))]
    )
    return Query(
        text=" ".join(some((*WORDS, "Band 1", "sad", "jazz"), 3, 0.2)),
        liked=dict.fromkeys(some(tracks, 2), 1.0),
        disliked=dict.fromkeys(some(tracks, 2, 0.1), 1.0),
        wishes=wishes,
        filters=filters,
        limit=int(chance.integers(0, 16)),
        diversity=dial(0),
        artist_cap=int(chance.integers(1, 4)),
        taste=Taste(liked=dict.fromkeys(some(tracks, 3), 1.0), strength=dial(0)),
        popularity=dial(-1) if chance.uniform() < 0.3 else 0.0,
        beside=frozenset(some(tracks, 3, 0.2)),
        heard_lately=frozenset(some(tracks, 5, 0.2)),
        allow_kin=bool(chance.uniform() < 0.2),
        may_relax=bool(chance.uniform() < 0.7),
        fixed=frozenset(some(("genres", "artists", "years", "tags"), 2, 0.2)),
    )


# --- the rules, on stored facts -----------------------------------------------------


def is_kept(track, filters, known):
    """Say whether a track keeps all filters."""
    genres, artists = known.genres[track.pk], known.artists[track.pk]
    live = track.version == "live" or (track.liveness or 0) > 0.8
    versions = {track.version, *(["live"] if live else [])}
    voiceless = track.version in ("instrumental", "karaoke")
    measured = track.instrumentalness
    checks = [
        not filters.genres or any(genres & genre_family(g) for g in filters.genres),
        not any(genres & genre_family(g) for g in filters.without_genres),
        not filters.artists or bool(artists & filters.artists),
        not artists & filters.without_artists,
        track.pk not in filters.without_tracks,
        not track.song_key
        or track.song_key
        not in {known.tracks[pk].song_key for pk in filters.without_tracks},
        is_within(track.year, filters.year_from, filters.year_to),
        not any(
            track.year is not None and is_within(track.year, *span)
            for span in filters.without_years
        ),
        is_within(track.duration_ms, filters.duration_from_ms, filters.duration_to_ms),
        is_within(track.tempo_bpm, filters.tempo_from_bpm, filters.tempo_to_bpm),
        not filters.languages or track.language[:2] in filters.languages,
        track.language[:2] not in filters.without_languages,
        not filters.versions or bool(versions & filters.versions),
        not versions & filters.without_versions,
        filters.is_instrumental is not True
        or voiceless
        or (measured is not None and measured > 0.5),
        filters.is_instrumental is not False
        or (not voiceless and measured is not None and measured <= 0.5),
        filters.is_explicit is not True or track.is_explicit is True,
        filters.is_explicit is not False or track.is_explicit is not True,
        not filters.must_play or bool(track.audio_path),
        all(is_tagged(genres, tag) for tag in filters.tagged),
        not any(is_tagged(genres, tag) for tag in filters.without_tagged),
        not any(
            genres & genre_family(refused.genre)
            and not artists & refused.except_artists
            and not any(genres & genre_family(g) for g in refused.except_genres)
            for refused in filters.refused_genres
        ),
    ]
    return all(checks)


def is_tagged(tags, wanted):
    return any(f" {word} " in f" {tag} " for word in wanted.words for tag in tags)


def is_within(value, low, high):
    if low is None and high is None:
        return True
    if value is None:
        return False
    return (low is None or value >= low) and (high is None or value <= high)


def keeps_wish(track, wish):
    value = getattr(track, wish.attribute)
    return value is None or is_within(value, wish.low, wish.high)


def let_go(filters, constraints):
    """Return the filters without some constraints; refusals stay."""
    names = [name for c in constraints for name in FIELDS_OF[c]]
    if filters.is_explicit is False and "is_explicit" in names:
        names.remove("is_explicit")
    defaults = {f.name: getattr(NOTHING, f.name) for f in fields(Filters)}
    return replace(filters, **{name: defaults[name] for name in names})


def available(query, known, filters):
    """Return the tracks that may come at all under these filters."""
    held = {*query.liked, *query.beside}
    taken = songs_of(held, known) if not query.allow_kin else set()
    return [
        track
        for track in known.tracks.values()
        if track.vanished_at is None
        and track.pk not in held
        and (not track.song_key or track.song_key not in taken)
        and is_kept(track, filters, known)
    ]


def songs_of(ids, known):
    return {known.tracks[i].song_key for i in ids} - {""}


def count_of_songs(tracks, query):
    if query.allow_kin:
        return len(tracks)
    return len({t.song_key or t.pk for t in tracks})


# --- the promises -------------------------------------------------------------------


def a_hit_keeps_what_was_not_let_go_for_it(query, result, known):
    for hit in result.hits:
        track = known.tracks[hit.track_id]
        steps = result.ledger[: hit.step + 1] if hit.step is not None else ()
        gone = {step.constraint for step in steps}
        filters = let_go(query.filters, gone - {"wish"})
        lost = [step.wish for step in steps]
        assert track.vanished_at is None
        assert is_kept(track, filters, known), (query, hit, result.ledger)
        if not gone - {"wish"}:
            assert all(keeps_wish(track, w) for w in query.wishes if w not in lost)


def refusals_are_never_broken(query, result, known):
    refusals = let_go(query.filters, FIELDS_OF)
    assert all(is_kept(known.tracks[h.track_id], refusals, known) for h in result.hits)


def nothing_fixed_is_let_go(query, result, known):
    gone = {step.constraint for step in result.ledger} - {"wish"}
    assert not gone & query.fixed
    assert query.may_relax or not gone - {"tags"}


def hits_that_keep_more_come_first(query, result, known):
    steps = [-1 if hit.step is None else hit.step for hit in result.hits]
    assert steps == sorted(steps)
    gave = Counter(hit.step for hit in result.hits)
    assert all(step.gave == gave[i] for i, step in enumerate(result.ledger))


def no_track_comes_twice_and_no_seed(query, result, known):
    ids = [hit.track_id for hit in result.hits]
    assert len(ids) == len(set(ids))
    assert not set(ids) & {*query.liked, *query.beside}


def no_two_are_kin(query, result, known):
    if query.allow_kin:
        return
    songs = [known.tracks[h.track_id].song_key for h in result.hits]
    songs = [song for song in songs if song]
    assert len(songs) == len(set(songs))
    assert not set(songs) & songs_of({*query.liked, *query.beside}, known)


def as_many_come_as_there_are(query, result, known):
    gone = (set(FIELDS_OF) if query.may_relax else {"tags"}) - query.fixed
    there = available(query, known, let_go(query.filters, gone))
    assert len(result.hits) == min(query.limit, count_of_songs(there, query)), query


def too_few_have_a_reason(query, result, known):
    assert (result.shortage is None) == (len(result.hits) == query.limit)
    assert result.shortage is None or result.shortage.text


def the_artist_cap_holds_while_others_are_left(query, result, known):
    strict = [
        track
        for track in available(query, known, query.filters)
        if all(keeps_wish(track, wish) for wish in query.wishes)
    ]
    free = artists_without_a_cap(query, known)
    counts, before = Counter(), set()
    for hit in result.hits:
        if hit.step is not None:
            break
        theirs = known.artists[hit.track_id]
        cap = query.artist_cap * (1 + len(before) // CAP_PER)
        if any(counts[a] >= cap for a in theirs):
            songs = songs_of(before, known) if not query.allow_kin else set()
            others = [
                t.pk
                for t in strict
                if t.pk not in before
                and t.song_key not in songs
                and all(counts[a] < cap for a in known.artists[t.pk])
            ]
            assert not others, (query, hit, others)
        counts.update(set(theirs) - free)
        before.add(hit.track_id)


def artists_without_a_cap(query, known):
    """Return those whom the latest words name, or of whom two songs are liked."""
    words = (query.said[-1] if query.said else query.text).lower()
    named = {artist.pk for artist in Artist.objects.all() if artist.key in words}
    liked = Counter(a for track in query.liked for a in known.artists[track])
    return named | {artist for artist, count in liked.items() if count > 1}


def reasons_are_there_and_true(query, result, known):
    for hit in result.hits:
        track = known.tracks[hit.track_id]
        assert hit.reasons
        for reason in hit.reasons:
            assert reason.text
            match reason.kind:
                case "year":
                    assert reason.text == f"from {track.year}"
                case "genre":
                    named = reason.text in known.genres[hit.track_id]
                    assert named or not known.genres[hit.track_id]
                case "mood":
                    assert reason.text.removeprefix("tagged ") in ("sad", "warm")
                case "popularity":
                    assert reason.text.endswith(f"popularity {track.popularity}")
                case "artist":
                    assert known.artists[hit.track_id] & query.filters.artists
                case "heard":
                    assert hit.track_id in query.heard_lately
                case "relaxed":
                    assert hit.step is not None
                case "filter" if "BPM" in reason.text:
                    assert reason.text == f"{track.tempo_bpm:.0f} BPM"
                case "filter" if reason.text.startswith("instrumentalness"):
                    assert reason.text.endswith(f"{track.instrumentalness:.2f}")


PROMISES = (
    a_hit_keeps_what_was_not_let_go_for_it,
    refusals_are_never_broken,
    nothing_fixed_is_let_go,
    hits_that_keep_more_come_first,
    no_track_comes_twice_and_no_seed,
    no_two_are_kin,
    as_many_come_as_there_are,
    too_few_have_a_reason,
    the_artist_cap_holds_while_others_are_left,
    reasons_are_there_and_true,
)
