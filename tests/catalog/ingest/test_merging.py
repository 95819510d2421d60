"""What a track says when several sources speak of it."""

from dataclasses import replace
from datetime import date

import pytest

from catalog.ingest.facts import TrackFacts
from catalog.ingest.merging import Voice, attribute_rank, facts_merge
from catalog.models import Track
from tests.catalog.ingest.songs import make_song
from tests.catalog.ingest.test_identity import take_in

FILE = TrackFacts(
    source="file",
    source_key="/m/a.mp3",
    fingerprint="1",
    title="Blue Hour",
    audio_path="/m/a.mp3",
    raw=None,
    duration_ms=181_000,
    attributes={"energy": 0.4, "loudness_lufs": -11.0, "replaygain_db": -6.5},
    attribute_sources={
        "energy": "measured",
        "loudness_lufs": "measured",
        "replaygain_db": "tags",
    },
    renewed=frozenset({"measured", "tags"}),
)


def make_table_track(**fields):
    return Track(
        source="table",
        title="Blue Hour - Single",
        popularity=61,
        energy=0.8,
        loudness_lufs=-7.0,
        attribute_sources={"energy": "spotify", "loudness_lufs": "spotify"},
        **fields,
    )


@pytest.mark.parametrize("voice", [Voice.FIRST, Voice.LATER])
def test_what_a_table_gave_outlives_a_file(voice):
    track = make_table_track(year=1994, isrc="GBAYE9400123", is_explicit=False)

    facts_merge(track, FILE, voice=voice)

    assert (track.popularity, track.isrc, track.year) == (61, "GBAYE9400123", 1994)
    assert track.is_explicit is False
    assert (track.energy, track.attribute_sources["energy"]) == (0.8, "spotify")
    # Except where listening knows better, and where nothing was known.
    assert track.loudness_lufs == -11.0
    assert track.attribute_sources["loudness_lufs"] == "measured"
    assert track.replaygain_db == -6.5
    assert (track.audio_path, track.duration_ms) == ("/m/a.mp3", 181_000)


def test_the_first_source_names_a_track_and_later_ones_fill_in():
    track = make_table_track()

    facts_merge(track, replace(FILE, language="en"), voice=Voice.LATER)
    assert (track.title, track.language) == ("Blue Hour - Single", "en")

    facts_merge(track, replace(FILE, language=""), voice=Voice.FIRST)
    assert (track.title, track.language) == ("Blue Hour", "en")


def test_a_date_is_taken_whole_or_not_at_all():
    told = replace(
        FILE, year=1994, released_on=date(1994, 5, 3), released_precision="day"
    )
    for year, expected in ((None, "day"), (1994, "day"), (1990, "")):
        track = make_table_track(year=year)
        facts_merge(track, told, voice=Voice.LATER)
        assert track.released_precision == expected
        assert track.year == (year or 1994)


def test_the_only_source_takes_back_what_it_no_longer_says():
    track = Track(source="file", title="Blu Hour", language="en")
    facts_merge(track, replace(FILE, language="en"), voice=Voice.ALONE)

    again = replace(FILE, attributes={}, attribute_sources={})
    facts_merge(track, replace(again, renewed=frozenset({"tags"})), voice=Voice.ALONE)

    assert (track.title, track.language) == ("Blue Hour", "")
    assert track.replaygain_db is None
    assert track.energy == 0.4
    assert set(track.attribute_sources) == {"energy", "loudness_lufs"}


def test_the_maker_is_believed_before_tables_and_tables_before_listening():
    for name in ("energy", "tempo_bpm", "valence"):
        ranks = [attribute_rank(name, s) for s in ("generator", "spotify", "measured")]
        assert ranks == sorted(ranks, reverse=True)
        assert len(set(ranks)) == 3
    assert attribute_rank("loudness_lufs", "measured") > attribute_rank(
        "loudness_lufs", "spotify"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clean_redis")
def test_popularity_of_a_table_outlives_importing_the_folder_again(tmp_path):
    path = make_song(tmp_path / "a.mp3", title="One", artist="Ada", genre="Jazz")
    take_in(tmp_path)
    track = Track.objects.get()
    track.sources.create(kind="table", origin="spotify", key="7")
    track.popularity, track.valence = 61, 0.25
    track.attribute_sources["valence"] = "spotify"
    track.save()
    path.unlink()
    make_song(path, title="One", artist="Ada", genre="Soul", seed=4)

    take_in(tmp_path)

    track.refresh_from_db()
    assert (track.popularity, track.valence) == (61, 0.25)
    assert track.attribute_sources["valence"] == "spotify"
    assert track.attribute_sources["loudness_lufs"] == "measured"
    assert sorted(tag.name for tag in track.tags.all()) == ["Jazz", "Soul"]
