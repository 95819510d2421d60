"""The hash of a recording's sound."""

import shutil

import mutagen
import pytest
from mutagen.apev2 import APEv2
from mutagen.id3 import ID3, TIT2

from catalog.audio.content import content_hash
from catalog.audio.decode import decode_excerpts
from catalog.audio.excerpts import DecodeError
from tests.catalog.audio.sounds import make_music, write_sound
from tests.catalog.ingest.songs import CODECS, make_song


@pytest.mark.parametrize("suffix", sorted(CODECS))
def test_new_tags_leave_the_hash_as_it_is(tmp_path, suffix):
    path = make_song(tmp_path / f"x{suffix}")
    before = content_hash(path)

    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    if isinstance(file.tags, ID3):
        file.tags.add(TIT2(encoding=3, text="New" * 3000))
    else:
        file["\xa9nam" if suffix == ".m4a" else "title"] = ["New" * 3000]
    file.save()

    assert content_hash(path) == before
    assert len(before) <= 64


def test_tags_behind_the_sound_are_no_sound(tmp_path):
    path = make_song(tmp_path / "x.mp3")
    before = content_hash(path)

    ID3(path).save(path, v1=2)
    tags = APEv2()
    tags["Comment"] = "z" * 5000
    tags.save(path)

    assert content_hash(path) == before


def test_other_sound_has_another_hash_and_a_cut_one_too(tmp_path):
    one = make_song(tmp_path / "a.mp3", seed=1)
    two = make_song(tmp_path / "b.mp3", seed=2)
    cut = tmp_path / "c.mp3"
    cut.write_bytes(one.read_bytes()[:-9000])
    shutil.copy(one, tmp_path / "d.mp3")

    assert len({content_hash(path) for path in (one, two, cut)}) == 3
    assert content_hash(tmp_path / "d.mp3") == content_hash(one)


def test_what_is_no_audio_has_none(tmp_path):
    (tmp_path / "a.mp3").write_text("no music at all")

    with pytest.raises(DecodeError):
        content_hash(tmp_path / "a.mp3")


def test_a_recording_of_two_hours_is_taken_like_any_other(tmp_path):
    minute = write_sound(
        tmp_path / "minute.mp3",
        make_music(seconds=60.0, rate_hz=16_000),
        codec="libmp3lame",
        rate_hz=16_000,
        bit_rate=16_000,
        layout="mono",
        options={"write_xing": "0", "id3v2_version": "0"},
    )
    path = tmp_path / "long.mp3"
    path.write_bytes(minute.read_bytes() * 120)

    excerpts = decode_excerpts(path)

    assert excerpts.duration_ms == pytest.approx(7_200_000, rel=0.01)
    assert sum(window.size for window in excerpts.windows) <= 33 * excerpts.rate_hz
    assert content_hash(path)
