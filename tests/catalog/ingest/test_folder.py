"""Walking a folder: what is audio, what is passed over, what is refused unopened."""

import os

import pytest

from catalog.ingest.folder import FolderCount, folder_files


def walk(folder):
    count = FolderCount()
    return {f.key.rsplit("/", 1)[-1]: f for f in folder_files(folder, count)}, count


def test_audio_is_found_in_all_folders_and_hidden_ones_are_passed_over(tmp_path):
    for name in ("a.mp3", "b/c.FLAC", ".hidden.mp3", ".git/d.mp3", "b/._e.mp3"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")

    found, count = walk(tmp_path)

    assert list(found) == ["a.mp3", "c.FLAC"]
    assert count.hidden == 3
    assert not any(file.reason for file in found.values())


def test_what_lies_beside_music_is_counted_and_not_reported(tmp_path):
    for name in ("cover.jpg", "notes.TXT", "a.cue", "b.m3u8", "rip.log", "README"):
        (tmp_path / name).write_bytes(b"x")

    found, count = walk(tmp_path)

    assert found == {}
    assert count.beside == 6


def test_a_loop_of_links_ends_and_no_file_comes_twice(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "song.mp3").write_bytes(b"x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "same.mp3").symlink_to(tmp_path / "a" / "song.mp3")
    os.link(tmp_path / "a" / "song.mp3", tmp_path / "a" / "too.mp3")

    found, _ = walk(tmp_path)

    assert len(found) == 1


def test_what_can_not_be_audio_is_refused_unopened(tmp_path):
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "program.exe").write_bytes(b"MZ")
    os.mkfifo(tmp_path / "pipe.ogg")
    (tmp_path / "gone.flac").symlink_to(tmp_path / "nowhere.flac")
    with (tmp_path / "huge.wav").open("wb") as file:
        file.truncate(3 * 1024**3)
    bad_name = os.fsencode(tmp_path) + b"/caf\xe9.mp3"
    with open(bad_name, "wb") as file:
        file.write(b"x")

    found, _ = walk(tmp_path)

    reasons = {name: file.reason for name, file in found.items()}
    assert reasons == {
        "empty.mp3": "It's empty.",
        "program.exe": "It's not an audio file by its name (.exe).",
        "pipe.ogg": "It's not a regular file.",
        "gone.flac": "It links to nothing that is there.",
        "huge.wav": "It's too large (3.2 GB; at most 2 GB are read).",
        "caf\\xe9.mp3": "Its name isn't valid UTF-8; please rename it.",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told(tmp_path):
    (tmp_path / "closed").mkdir(mode=0)

    found, _ = walk(tmp_path)

    assert found["closed"].reason == "It can't be read (Permission denied)."
