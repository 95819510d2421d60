"""Documents say what is stored, and nothing else."""

import dataclasses

import pytest

from catalog.documents import KnownTrack, known_tracks, sound_phrases, track_document
from tests.factories import make_track

FULL = KnownTrack(
    title="Blue Hour",
    artists=("Ada Lane", "Bob"),
    album="Nightfall",
    year=1994,
    genres=("jazz",),
    moods=("melancholic",),
    instruments=("piano", "brushes"),
    tempo_bpm=71.6,
    pitch_class=0,
    is_major=False,
    energy=0.1,
    valence=0.2,
    acousticness=0.9,
)


def test_a_document_tells_all_that_is_known():
    assert track_document(FULL) == (
        "Blue Hour by Ada Lane and Bob, from Nightfall (1994, nineties). Genre: jazz."
        " Mood: melancholic. Instruments: piano, brushes. Sound: slow, very calm,"
        " quiet, gentle, dark, sad, melancholic, acoustic, minor. 72 BPM. C minor."
    )


def test_nothing_is_said_of_what_is_not_known():
    assert track_document(KnownTrack(title="Blue Hour")) == "Blue Hour."
    assert sound_phrases(KnownTrack(title="Blue Hour", artists=("Ada",))) == ()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("energy", ("calm", "quiet")),
        ("valence", ("dark", "sad")),
        ("tempo_bpm", ("slow", "BPM")),
        ("acousticness", ("acoustic",)),
        ("is_major", ("minor",)),
    ],
)
def test_an_unknown_attribute_leaves_no_word(field, words):
    facts = dataclasses.asdict(FULL) | {"moods": (), field: None}

    text = track_document(KnownTrack(**facts))

    assert not any(word in text for word in words)


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"tempo_bpm": 60}, "very slow"),
        ({"tempo_bpm": 128}, "fast"),
        ({"energy": 0.9}, "intense, powerful"),
        ({"energy": 0.5}, "relaxed"),
        ({"valence": 0.9}, "happy, joyful, bright"),
        ({"valence": 0.5}, ""),
        ({"valence": 0.0}, "dark, sad, melancholic"),
        ({"danceability": 0.69}, ""),
        ({"instrumentalness": 1.0}, "instrumental"),
    ],
)
def test_attributes_have_words(attributes, words):
    expected = f"x. Sound: {words}." if words else "x."
    assert track_document(KnownTrack("x", **attributes)).startswith(expected)


def test_phrases_hold_no_name_of_artist_title_or_album():
    phrases = " ".join(sound_phrases(FULL))

    assert "jazz" in phrases
    assert "piano" in phrases
    for name in ("Blue", "Ada", "Bob", "Nightfall", "1994"):
        assert name not in phrases


@pytest.mark.django_db
def test_facts_come_from_the_rows():
    track = make_track(
        "One", artist="Ada", genres=("jazz", "bossa nova"), moods=("warm",), year=2003
    )

    known = known_tracks([track.pk])[track.pk]

    assert track_document(known) == (
        "One by Ada (2003, 2000s). Genre: bossa nova, jazz. Mood: warm."
    )
