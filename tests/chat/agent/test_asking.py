"""From what is given to a query, and what a list breaks of it."""

from dataclasses import replace

import pytest

from catalog.search.query import Wish
from chat.agent.asking import NO_LEANINGS, keeps, query_of, violations
from chat.agent.constraints import Constraint, artist, genre, hardened, wished, years
from chat.agent.songs import Song
from chat.agent.state import Given

FACTS = {
    "energy": 0.5,
    "valence": 0.5,
    "tempo_bpm": 120.0,
    "danceability": 0.5,
    "acousticness": 0.5,
    "instrumentalness": 0.1,
    "popularity": 50,
}


def song(pk=1, *, facts=None, **fields):
    known = {
        "title": f"Song {pk}",
        "artists": ("Nina",),
        "artist_ids": (5,),
        "genres": frozenset({"bebop"}),
        "year": 1984,
        "duration_ms": 200_000,
    }
    return Song(pk, **{**known, **fields}, facts={**FACTS, **(facts or {})})


UNKNOWN = song(
    genres=frozenset(),
    year=None,
    duration_ms=None,
    facts=dict.fromkeys(FACTS),
)

# What is asked, a song that is it, one that isn't, whether the unknown may pass.
RULES = (
    (genre("jazz"), song(), song(genres=frozenset({"pop"})), False),
    (artist(5), song(), song(artist_ids=(6,)), None),
    (years(1980, 1989), song(year=1989), song(year=1990), False),
    (years(None, 1989), song(year=1920), song(year=1990), False),
    (
        Constraint("tempo", low=110, high=None),
        song(),
        song(facts={"tempo_bpm": 109.0}),
        False,
    ),
    (Constraint("duration", high=180), song(duration_ms=180_000), song(), False),
    (
        Constraint("language", key="pt"),
        song(language="pt-BR"),
        song(language="en"),
        False,
    ),
    (Constraint("version", key="live"), song(liveness=0.9), song(), False),
    (Constraint("version", key="remix"), song(version="remix"), song(), False),
    (
        Constraint("instrumental"),
        song(facts={"instrumentalness": 0.8}),
        song(),
        False,
    ),
    (Constraint("explicit"), song(is_explicit=True), song(is_explicit=False), False),
    (
        wished(Wish("energy", 0.4, 0.6, "even")),
        song(),
        song(facts={"energy": 0.7}),
        False,
    ),
)


@pytest.mark.parametrize(("asked", "inside", "outside", "unknown"), RULES)
def test_a_song_keeps_what_it_is_known_to_be(asked, inside, outside, unknown):
    assert keeps(inside, asked)
    assert not keeps(outside, asked)
    if unknown is not None:
        assert keeps(UNKNOWN, asked) is unknown


@pytest.mark.parametrize(("refused", "inside", "outside"), [rule[:3] for rule in RULES])
def test_a_refusal_is_kept_by_what_isnt_of_it(refused, inside, outside):
    refusal = Constraint(**{**vars(refused), "is_refused": True})

    assert not keeps(inside, refusal)
    assert keeps(outside, refusal)


def test_unknown_values_break_no_refusal_save_that_of_songs_without_a_voice():
    assert keeps(UNKNOWN, years(1980, 1989, is_refused=True))
    assert keeps(UNKNOWN, Constraint("explicit", is_refused=True))
    assert not keeps(UNKNOWN, Constraint("instrumental", is_refused=True))


def test_violations_name_the_constraint_and_the_songs():
    given = Given(
        constraints=(
            genre("jazz"),
            genre("pop"),
            years(1980, 1989),
            wished(Wish("energy", 0.9, None, "wild")),
        )
    )
    songs = [song(1), song(2, year=1991), song(3, genres=frozenset({"folk"}))]

    found = [(v.constraint.id, v.track_ids) for v in violations(given, songs)]

    # Either genre will do, and a soft constraint is never broken.
    assert found == [("genre:jazz", (3,)), ("years", (2,))]


def test_all_hard_constraints_are_filters_of_the_query():
    given = Given(
        constraints=(
            genre("jazz"),
            genre("country", is_refused=True),
            artist(5, is_refused=True),
            years(1980, 1999),
            years(1988, 1989, is_refused=True),
            Constraint("tempo", low=90, high=110),
            Constraint("duration", high=180),
            Constraint("language", key="de"),
            Constraint("language", key="en", is_refused=True),
            Constraint("version", key="live", is_refused=True),
            Constraint("instrumental"),
            Constraint("explicit", is_refused=True),
        )
    )

    filters = query_of(given, limit=10).filters

    assert filters.genres == {"jazz"}
    assert filters.without_genres == {"country"}
    assert filters.without_artists == {5}
    assert (filters.year_from, filters.year_to) == (1980, 1999)
    assert filters.without_years == {(1988, 1989)}
    assert (filters.tempo_from_bpm, filters.tempo_to_bpm) == (90, 110)
    assert (filters.duration_from_ms, filters.duration_to_ms) == (None, 180_000)
    assert filters.languages == {"de"}
    assert filters.without_languages == {"en"}
    assert filters.without_versions == {"live"}
    assert filters.is_instrumental is True
    assert filters.is_explicit is False


def test_only_times_tempos_and_lengths_that_are_hard_may_give_way_and_for_few():
    query = query_of(
        Given(constraints=(genre("jazz"), years(1990, 1999))), limit=12, enough=6
    )

    assert query.relax_below == 6
    assert "genres" in query.fixed
    assert "years" not in query.fixed


def test_what_is_soft_gives_way_until_the_list_is_full_and_what_is_hard_doesnt():
    given = Given(constraints=(genre("jazz"), years(1990, 1999)))
    given = Given(constraints=hardened(given.constraints, "genre:jazz", is_hard=False))

    query = query_of(given, limit=12, enough=6)

    assert query.filters.genres == {"jazz"}
    assert query.relax_below == 12
    assert "genres" not in query.fixed
    assert "years" in query.fixed


def test_a_soft_refusal_is_a_filter_only_as_long_as_it_is_asked_to_be():
    soft = Constraint("genre", is_hard=False, is_refused=True, key="country")
    given = Given(constraints=(soft,))

    assert query_of(given, limit=5, keeps_soft=True).filters.without_genres == {
        "country"
    }
    assert query_of(given, limit=5).filters.without_genres == frozenset()


def test_who_doesnt_know_songs_is_brought_better_known_ones():
    def wanted(count, given):
        leanings = replace(NO_LEANINGS, unknown_count=count)
        return query_of(given, limit=5, leanings=leanings).popularity

    plain, rare = Given(), Given().wishing([Wish("popularity", None, 30.0, "rare")])

    assert wanted(0, plain) < wanted(1, plain) < wanted(2, plain)
    assert wanted(20, plain) == 1.0
    assert wanted(2, rare) == 0.0
