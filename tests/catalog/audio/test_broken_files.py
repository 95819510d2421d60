"""Files that are no music, or no longer: each is refused by name of what is wrong."""

import os
import struct

import av
import numpy as np
import pytest
from mutagen.id3 import APIC, ID3

from catalog.audio.decode import decode_excerpts
from catalog.audio.excerpts import DecodeError
from tests.catalog.audio.sounds import make_music, make_sine, write_sound

UNREADABLE = "The file is no audio that can be read, or its beginning is damaged."


def refusal(path) -> str:
    with pytest.raises(DecodeError) as caught:
        decode_excerpts(path)
    return str(caught.value)


def make_wav(path, *, seconds: float, rate_hz: int = 8000, claimed_bytes=None):
    """Write a mono 8-bit WAV without its samples taking room on the disk."""
    size = int(seconds * rate_hz)
    data = size if claimed_bytes is None else claimed_bytes
    head = b"RIFF" + struct.pack("<I", min(36 + data, 2**32 - 1)) + b"WAVEfmt "
    head += struct.pack("<IHHIIHH", 16, 1, 1, rate_hz, rate_hz, 1, 8)
    path.write_bytes(head + b"data" + struct.pack("<I", data))
    os.truncate(path, len(head) + 8 + size)
    return path


def ogg_checksum(page: bytes) -> int:
    """Return the CRC-32 of an Ogg page: polynomial 0x04c11db7, not reflected."""
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1) ^ (0x104C11DB7 if crc & 0x80000000 else 0)
    return crc


def make_video(path):
    """Write a video without sound."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(20):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def test_no_file(tmp_path):
    assert refusal(tmp_path / "gone.mp3") == "There is no file here."


def test_a_folder_is_no_file(tmp_path):
    assert refusal(tmp_path) == "There is no file here."


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp3")

    assert refusal(tmp_path / "pipe.mp3") == "There is no file here."


def test_an_empty_file(tmp_path):
    (tmp_path / "empty.mp3").touch()

    assert refusal(tmp_path / "empty.mp3") == "The file is empty."


@pytest.mark.parametrize("name", ["song.mp3", "song.flac", "song.m4a", "song.ogg"])
def test_a_text_is_no_audio_whatever_its_name(tmp_path, name):
    (tmp_path / name).write_text("La la la, but only in writing.\n" * 400)

    assert refusal(tmp_path / name) == UNREADABLE


@pytest.mark.parametrize("size", [1, 100, 100_000])
def test_noise_is_no_audio(tmp_path, size):
    path = tmp_path / "noise.mp3"
    path.write_bytes(np.random.default_rng(3).bytes(size))

    assert refusal(path) == UNREADABLE


def test_a_picture_is_no_audio(tmp_path):
    path = tmp_path / "cover.png"
    with av.open(str(path), "w", format="image2") as out:
        stream = out.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = 8, 8, "rgb24"
        frame = av.VideoFrame.from_ndarray(np.zeros((8, 8, 3), np.uint8), "rgb24")
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))

    assert refusal(path) == UNREADABLE


def test_a_cover_alone_is_no_audio(tmp_path):
    path = tmp_path / "cover.mp3"
    tags = ID3()
    tags.add(APIC(mime="image/png", type=3, data=b"\x89PNG\r\n\x1a\n" + bytes(50_000)))
    tags.save(path)

    assert refusal(path) == UNREADABLE


def test_a_video_without_sound(tmp_path):
    path = make_video(tmp_path / "clip.mp4")

    assert refusal(path) == "The file holds pictures but no sound."


def test_a_playlist_opens_nothing_else(tmp_path):
    song = write_sound(
        tmp_path / "song.aac", make_sine(), codec="aac", container="adts"
    )
    path = tmp_path / "list.m3u8"
    path.write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\n{song}\n#EXT-X-ENDLIST\n"
    )

    assert refusal(path) == UNREADABLE


def test_a_concat_script_opens_nothing_else(tmp_path):
    write_sound(tmp_path / "song.wav", make_sine(), codec="pcm_s16le")
    path = tmp_path / "list.mp3"
    path.write_text("ffconcat version 1.0\nfile song.wav\n")

    assert refusal(path) == UNREADABLE


def test_less_than_a_second(tmp_path):
    path = write_sound(
        tmp_path / "click.wav", make_sine(seconds=0.5), codec="pcm_s16le"
    )

    assert refusal(path) == "The recording is shorter than a second."


def test_silence(tmp_path):
    path = write_sound(tmp_path / "rest.flac", np.zeros(44_100 * 40), codec="flac")

    assert refusal(path) == "The recording is silent."


def test_more_than_six_hours(tmp_path):
    path = make_wav(tmp_path / "day.wav", seconds=24 * 3600)

    assert refusal(path) == "The recording is longer than six hours."


def test_a_header_that_promises_more_than_there_is(tmp_path):
    path = write_sound(
        tmp_path / "song.wav", make_sine(seconds=50, rate_hz=44_100), codec="pcm_s16le"
    )
    os.truncate(path, 44 + 20 * 44_100 * 4)

    excerpts = decode_excerpts(path)

    assert abs(excerpts.duration_ms - 20_000) < 100
    assert len(excerpts.windows) == 1


def test_a_header_that_promises_days_but_holds_seconds(tmp_path):
    path = make_wav(tmp_path / "song.wav", seconds=20, claimed_bytes=2**32 - 1)

    # Unsigned bytes of zero are the lowest level, not silence.
    assert abs(decode_excerpts(path).duration_ms - 20_000) < 100


@pytest.mark.parametrize(
    ("name", "codec", "container"),
    [
        ("song.mp3", "libmp3lame", None),
        ("song.flac", "flac", None),
        ("song.opus", "libopus", "ogg"),
        ("song.aac", "aac", "adts"),
        ("song.wma", "wmav2", "asf"),
    ],
)
def test_a_file_cut_in_half_is_heard_as_far_as_it_goes(
    tmp_path, name, codec, container
):
    path = write_sound(
        tmp_path / name,
        make_music(seconds=40, rate_hz=48_000),
        codec=codec,
        container=container,
        rate_hz=48_000,
    )
    os.truncate(path, path.stat().st_size // 2)

    excerpts = decode_excerpts(path, window_s=4.0)

    assert abs(excerpts.duration_ms - 20_000) < 3_000
    assert [w.size for w in excerpts.windows] == [4 * 22_050] * 4


def test_an_mp4_without_its_index_is_refused(tmp_path):
    # Its index stands at its end.
    path = write_sound(tmp_path / "song.m4a", make_sine(seconds=30), codec="aac")
    os.truncate(path, path.stat().st_size // 2)

    assert refusal(path) == UNREADABLE


@pytest.mark.parametrize(
    ("name", "codec"), [("song.mp3", "libmp3lame"), ("song.flac", "flac")]
)
def test_damage_in_the_middle_leaves_the_rest(tmp_path, name, codec):
    path = write_sound(
        tmp_path / name, make_music(seconds=40, rate_hz=44_100), codec=codec
    )
    data = bytearray(path.read_bytes())
    hole = slice(len(data) * 4 // 10, len(data) * 6 // 10)
    data[hole] = np.random.default_rng(1).bytes(hole.stop - hole.start)
    path.write_bytes(data)

    excerpts = decode_excerpts(path)

    assert 2 <= len(excerpts.windows) <= 4
    assert all(np.isfinite(w).all() for w in excerpts.windows)


@pytest.mark.parametrize("rate_hz", [1, 2**31 - 1])
def test_a_sample_rate_that_no_music_has(tmp_path, rate_hz):
    path = make_wav(tmp_path / "song.wav", seconds=9, rate_hz=8000)
    head = bytearray(path.read_bytes())
    head[24:32] = struct.pack("<II", rate_hz, rate_hz)
    path.write_bytes(head)

    assert refusal(path) == "The file claims a sample rate that no music has."


@pytest.mark.parametrize("cut", [100, 500, 900])
def test_an_ogg_that_ends_within_its_last_packet(tmp_path, cut):
    # The last page says where the sound ends, which may be before the packet begins.
    path = write_sound(
        tmp_path / "song.ogg", make_music(seconds=3, rate_hz=44_100), codec="vorbis"
    )
    with av.open(str(path)) as whole:
        packets = list(whole.demux(whole.streams.audio[0]))
        end = max((p.pts or 0) + (p.duration or 0) for p in packets)
    data = bytearray(path.read_bytes())
    page = data.rindex(b"OggS")
    struct.pack_into("<q", data, page + 6, end - cut)
    struct.pack_into("<I", data, page + 22, 0)
    struct.pack_into("<I", data, page + 22, ogg_checksum(bytes(data[page:])))
    path.write_bytes(data)

    assert abs(decode_excerpts(path).duration_ms - 3000) < 100


def test_tags_in_no_known_encoding_do_no_harm(tmp_path):
    path = write_sound(
        tmp_path / "song.mp3", make_music(rate_hz=44_100), codec="libmp3lame"
    )
    tag = b"TAG" + b"\xff\xfe\xe4\xf6" * 30 + bytes(5)
    path.write_bytes(path.read_bytes() + tag)

    assert len(decode_excerpts(path).windows) == 1


def test_nothing_is_written_to_the_terminal(tmp_path, capfd):
    path = tmp_path / "noise.mp3"
    path.write_bytes(b"\xff\xfb\x90\x00" * 20_000)

    with pytest.raises(DecodeError):
        decode_excerpts(path)

    assert capfd.readouterr() == ("", "")
