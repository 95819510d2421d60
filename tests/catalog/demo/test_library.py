"""What is in the demo library."""

from collections import Counter

import pytest

from catalog.demo.library import demo_tracks

# The first year in which a genre could have been recorded.
BORN = {
    "ambient": 1970, "disco": 1972, "downtempo": 1989, "drum and bass": 1991,
    "funk": 1965, "hip-hop": 1979, "house": 1984, "lo-fi": 2000, "metal": 1969,
    "punk": 1974, "reggae": 1968, "rock": 1954, "soul": 1957, "synth-pop": 1977,
    "techno": 1985, "trance": 1991,
}  # fmt: skip


def test_there_is_enough_music_by_enough_artists():
    tracks = demo_tracks()

    assert 168 <= len(tracks) <= 240
    assert len({artist for track in tracks for artist in track.artists}) >= 40
    assert len({track.genre for track in tracks}) >= 12
    assert len({track.slug for track in tracks}) == len(tracks)
    assert len({(track.title, track.artists) for track in tracks}) == len(tracks)


def test_every_decade_since_the_fifties_is_there():
    decades = Counter(track.year // 10 * 10 for track in demo_tracks())

    assert set(decades) == set(range(1950, 2030, 10))
    assert min(decades.values()) >= 8


def test_no_genre_is_older_than_itself():
    for track in demo_tracks():
        assert 1950 <= track.year <= 2026
        assert track.year >= BORN.get(track.genre, 1950), track.slug


def test_hip_hop_of_the_nineties_is_there_in_number():
    found = [t for t in demo_tracks() if t.genre == "hip-hop" and 1990 <= t.year < 2000]

    assert len(found) >= 6


def test_several_artists_have_several_tracks_in_few_genres():
    by_artist: dict[str, list[str]] = {}
    for track in demo_tracks():
        by_artist.setdefault(track.artists[0], []).append(track.genre)

    assert sum(4 <= len(genres) <= 6 for genres in by_artist.values()) >= 20
    assert max(len(set(genres)) for genres in by_artist.values()) <= 2


def test_some_tracks_have_two_artists_and_some_names_are_not_ascii():
    tracks = demo_tracks()

    assert sum(len(track.artists) == 2 for track in tracks) >= 3
    assert sum(not track.artists[0].isascii() for track in tracks) >= 8


def test_facts_lie_within_their_ranges():
    for track in demo_tracks():
        for name in (
            "energy", "valence", "danceability", "acousticness", "instrumentalness",
        ):  # fmt: skip
            assert 0 <= getattr(track, name) <= 1, (track.slug, name)
        assert 0 <= track.popularity <= 100
        assert 0 <= track.pitch_class <= 11
        assert 40 <= track.tempo_bpm <= 220
        assert 20 <= track.duration_s <= 32
        assert track.moods
        assert track.themes
        assert track.instruments


def test_every_corner_of_the_mood_plane_is_full():
    corners = Counter((t.energy > 0.5, t.valence > 0.5) for t in demo_tracks())

    assert len(corners) == 4
    assert min(corners.values()) >= 30


@pytest.mark.parametrize("genre", ["jazz", "soul", "techno", "folk", "hip-hop"])
def test_one_genre_holds_glad_and_sad_music(genre):
    valences = [track.valence for track in demo_tracks() if track.genre == genre]

    assert min(valences) < 0.35
    assert max(valences) > 0.65


@pytest.mark.parametrize("count", [8, 12, 16])
def test_the_first_few_tracks_differ_as_much_as_they_can(count):
    first = demo_tracks()[:count]

    assert len({track.genre for track in first}) >= min(count - 1, 12)
    assert len({track.year // 10 for track in first}) >= 5
    corners = Counter((track.energy > 0.5, track.valence > 0.5) for track in first)
    assert len(corners) == 4
    assert len({track.artists[0] for track in first}) == count


def test_facts_and_order_do_not_change_between_runs():
    tracks = demo_tracks()
    demo_tracks.cache_clear()

    assert demo_tracks() == tracks
