"""What the demo library looks like on disk: sound files and covers."""

import subprocess
import sys
from xml.etree import ElementTree

import av
import numpy as np
import pytest

from catalog.demo.cover import render_cover
from catalog.demo.encode import write_opus
from catalog.demo.library import demo_tracks
from catalog.demo.synth.signal import RATE_HZ
from catalog.demo.tags import tags_of
from tests.catalog.demo.rendered import one_of_each_style, sound

SVG = "{http://www.w3.org/2000/svg}"


def test_an_opus_file_decodes_with_its_length_and_tags(tmp_path):
    each = next(t for t in demo_tracks() if not t.artists[0].isascii())
    path = tmp_path / "track.opus"

    write_opus(path, sound(each.slug), rate_hz=RATE_HZ, tags=tags_of(each))

    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        tags = {**container.metadata, **stream.metadata}
        decoded = sum(frame.samples for frame in container.decode(stream))
        assert stream.rate == RATE_HZ
        assert stream.channels == 2
    assert decoded / RATE_HZ == pytest.approx(each.duration_s, abs=0.05)
    assert tags["title"] == each.title
    assert tags["artist"] == "; ".join(each.artists)
    assert tags["album"] == each.album
    assert tags["date"] == str(each.year)
    assert tags["genre"] == each.genre
    assert path.stat().st_size < 600_000
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_no_file_under_the_name(tmp_path):
    path = tmp_path / "missing" / "track.opus"

    with pytest.raises(OSError, match="No such file"):
        write_opus(path, np.zeros((4800, 2), np.float32), rate_hz=RATE_HZ, tags={})

    assert not path.exists()


def test_mono_samples_are_refused(tmp_path):
    with pytest.raises(ValueError, match="stereo"):
        write_opus(
            tmp_path / "a.opus", np.zeros(480, np.float32), rate_hz=RATE_HZ, tags={}
        )


def test_every_cover_is_small_well_formed_and_harmless():
    for each in demo_tracks():
        cover = render_cover(each)
        root = ElementTree.fromstring(cover)  # noqa: S314 (our own output)

        assert len(cover) < 6 * 1024, each.slug
        assert root.tag == f"{SVG}svg"
        assert root.get("viewBox") == "0 0 600 600"
        for element in root.iter():
            assert element.tag.removeprefix(SVG) not in ("script", "image", "use", "a")
            for name, value in element.attrib.items():
                assert not name.startswith("on")
                assert "href" not in name
                assert "url(" not in value or value.startswith("url(#")
        words = "".join(root.itertext()).lower()
        assert each.artists[0].lower() in words


def test_covers_are_the_same_each_time_and_differ_by_album():
    tracks = one_of_each_style()

    assert render_cover(tracks[0]) == render_cover(tracks[0])
    assert len({render_cover(each) for each in tracks}) == len(tracks)


def test_tracks_of_one_album_share_the_shapes_of_their_cover():
    album = [t for t in demo_tracks() if t.album == "Homework Hours"]
    outlines = [
        [element.tag for element in ElementTree.fromstring(render_cover(t)).iter()]  # noqa: S314
        for t in album
    ]

    assert len(album) >= 3
    assert all(outline == outlines[0] for outline in outlines)


def test_the_command_renders_the_tracks_that_are_named(tmp_path):
    slug = demo_tracks()[0].slug

    subprocess.run(
        [sys.executable, "-m", "catalog.demo", str(tmp_path), "--only", slug],
        check=True,
        capture_output=True,
    )

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{slug}.opus",
        f"{slug}.svg",
    ]
