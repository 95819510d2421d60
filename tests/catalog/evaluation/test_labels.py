"""What is read from the names of recordings."""

import pytest

from catalog.evaluation.audio.labels import (
    collection_read,
    group_recordings,
)
from catalog.evaluation.failure import CannotEvaluate


def make_folder(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return folder


def labels_of(folder, **options):
    found = collection_read(folder, **options)
    return {recording.name: recording.label for recording in found.recordings}


def groups_of(folder, *, artists=None, **options):
    found = collection_read(folder).recordings
    return group_recordings(found, artists or [""] * len(found), **options)


def test_a_sub_folder_is_the_label(tmp_path):
    make_folder(tmp_path, "sad/a.mp3", "sad/deep/b.flac", "wild/1.ogg", "wild/2.ogg")

    assert labels_of(tmp_path) == {
        "sad/a.mp3": "sad",
        "sad/deep/b.flac": "sad",
        "wild/1.ogg": "wild",
        "wild/2.ogg": "wild",
    }


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (("Q1_x_0.mp3", "Q1_y_0.mp3", "Q2_-z_1.mp3", "Q2_w_0.mp3"), {"Q1", "Q2"}),
        (("calm-1.wav", "calm-2.wav", "wild-1.wav", "wild-2.wav"), {"calm", "wild"}),
        (("happy01.mp3", "happy02.mp3", "Sad1.mp3", "sad2.mp3"), {"happy", "sad"}),
    ],
)
def test_the_start_of_the_name_is_the_label(tmp_path, names, labels):
    make_folder(tmp_path, *names)

    assert set(labels_of(tmp_path).values()) == labels


def test_what_is_no_audio_or_carries_a_label_alone_is_left_out(tmp_path):
    make_folder(
        tmp_path, "a_1.mp3", "a_2.mp3", "b_1.mp3", "b_2.mp3", "c_1.mp3", "b_3.txt"
    )

    found = collection_read(tmp_path)

    assert [r.name for r in found.recordings] == [
        "a_1.mp3",
        "a_2.mp3",
        "b_1.mp3",
        "b_2.mp3",
    ]
    assert found.left_out == ("c_1.mp3",)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((), "no audio file"),
        (("a_1.mp3", "a_2.mp3"), "At least two labels .* a: 2"),
        (("a_1.mp3", "b_2.mp3"), "At least two labels"),
    ],
)
def test_too_little_is_told_in_a_sentence(tmp_path, names, told):
    make_folder(tmp_path, *names)

    with pytest.raises(CannotEvaluate, match=told):
        collection_read(tmp_path)


def test_clips_of_one_song_are_a_group(tmp_path):
    make_folder(
        tmp_path, "Q1_a_b_0.mp3", "Q1_a_b_1.mp3", "Q1_c_0.mp3", "Q2_d.mp3", "Q2_e_0.mp3"
    )

    groups = groups_of(tmp_path)

    assert groups.kind == "song"
    assert groups.names[0] == groups.names[1]
    assert len(set(groups.names)) == 4


def test_numbered_recordings_are_no_songs_of_one_another(tmp_path):
    make_folder(tmp_path, "pop.01.wav", "pop.02.wav", "folk.01.wav", "folk.02.wav")

    groups = groups_of(tmp_path)

    assert groups.kind == ""
    assert len(set(groups.names)) == 4


def test_artists_of_the_tags_come_first_unless_a_label_has_but_one(tmp_path):
    make_folder(tmp_path, "a/1.mp3", "a/2.mp3", "a/3.mp3", "b/1.mp3", "b/2.mp3")

    told = groups_of(tmp_path, artists=["ada", "ada", "bob", "bob", ""])
    various = groups_of(tmp_path, artists=["various"] * 5)

    assert told.kind == "artist"
    assert told.names[0] == told.names[1] != told.names[2] == told.names[3]
    assert various.kind == ""


def test_a_pattern_names_the_artist(tmp_path):
    make_folder(tmp_path, "a/x-1.mp3", "a/y-1.mp3", "b/x-2.mp3", "b/2.mp3")

    groups = groups_of(tmp_path, artist_pattern=r"/(\w)-\d")

    assert groups.names == ("x", "y", "b/2.mp3", "x")


@pytest.mark.parametrize("pattern", ["(", "nowhere"])
def test_a_useless_pattern_is_told(tmp_path, pattern):
    make_folder(tmp_path, "a/1.mp3", "a/2.mp3", "b/1.mp3", "b/2.mp3")

    with pytest.raises(CannotEvaluate, match="artist-pattern"):
        groups_of(tmp_path, artist_pattern=pattern)
