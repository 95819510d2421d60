"""The tag formats that mutagen reads, brought to one shape.

Each format keeps its own key for the same thing: the tables say which. Keys after
Picard's mapping (https://picard-docs.musicbrainz.org/en/appendices/tag_mapping.html).
"""

from __future__ import annotations

import base64
import binascii
import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import mutagen
from mutagen.apev2 import APEv2
from mutagen.asf import ASFTags
from mutagen.flac import FLAC, Picture
from mutagen.flac import error as FlacError
from mutagen.id3 import ID3
from mutagen.mp4 import MP4Tags

logger = logging.getLogger(__name__)

# One row a thing: Vorbis comments, ID3 frames, MP4 atoms, ASF, APEv2.
ITUNES = "----:com.apple.iTunes:"
KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "title": (("title",), ("TIT2",), ("\xa9nam",), ("Title",), ("Title",)),
    "artists": (("artist",), ("TPE1",), ("\xa9ART",), ("Author",), ("Artist",)),
    # The same artists one by one, beside the credit as it's printed.
    "single_artists": (
        ("artists",),
        ("TXXX:ARTISTS",),
        (f"{ITUNES}ARTISTS",),
        ("WM/ARTISTS",),
        ("Artists",),
    ),
    "album": (("album",), ("TALB",), ("\xa9alb",), ("WM/AlbumTitle",), ("Album",)),
    "album_artist": (
        ("albumartist", "album artist"),
        ("TPE2",),
        ("aART",),
        ("WM/AlbumArtist",),
        ("Album Artist", "AlbumArtist"),
    ),
    "genres": (("genre",), ("TCON",), ("\xa9gen",), ("WM/Genre",), ("Genre",)),
    "moods": (
        ("mood",),
        ("TMOO", "TXXX:MOOD"),
        (f"{ITUNES}MOOD",),
        ("WM/Mood",),
        ("Mood",),
    ),
    "date": (
        ("date", "year"),
        ("TDRC", "TDRL"),
        ("\xa9day",),
        ("WM/Year",),
        ("Year",),
    ),
    "original_date": (
        ("originaldate", "originalyear"),
        ("TDOR", "TXXX:originalyear"),
        (f"{ITUNES}ORIGINALDATE", f"{ITUNES}originaldate"),
        ("WM/OriginalReleaseTime", "WM/OriginalReleaseYear"),
        ("OriginalDate", "originaldate"),
    ),
    "track_number": (
        ("tracknumber",),
        ("TRCK",),
        ("trkn",),
        ("WM/TrackNumber",),
        ("Track",),
    ),
    "isrc": (("isrc",), ("TSRC",), (f"{ITUNES}ISRC",), ("WM/ISRC",), ("ISRC",)),
    "musicbrainz_id": (
        ("musicbrainz_trackid",),
        ("UFID:http://musicbrainz.org",),
        (f"{ITUNES}MusicBrainz Track Id",),
        ("MusicBrainz/Track Id",),
        ("MUSICBRAINZ_TRACKID",),
    ),
    "language": (
        ("language",),
        ("TLAN",),
        (f"{ITUNES}LANGUAGE",),
        ("WM/Language",),
        ("Language",),
    ),
    "replaygain": (
        ("replaygain_track_gain",),
        ("TXXX:replaygain_track_gain",),
        (f"{ITUNES}replaygain_track_gain",),
        ("replaygain_track_gain",),
        ("REPLAYGAIN_TRACK_GAIN",),
    ),
    # In 1/256 dB, and against -23 LUFS where ReplayGain aims at -18 (RFC 7845, 5.2.1).
    "r128_gain": (("r128_track_gain",), (), (), (), ()),
    "compilation": (
        ("compilation",),
        ("TCMP",),
        ("cpil",),
        ("WM/IsCompilation",),
        ("Compilation",),
    ),
    "licence": (("license",), ("WCOP",), (f"{ITUNES}LICENSE",), ("LICENSE",), ()),
}
# Tags are read into memory whole: large pictures are fine, a film isn't.
MAX_ID3_BYTES = 64 * 1024**2
VORBIS, ID3_FRAMES, MP4_ATOMS, ASF_KEYS, APE_KEYS = range(5)
FRONT_COVER = 3


@dataclass(frozen=True)
class RawTags:
    """The values as they stand in the file."""

    title: str = ""
    artists: tuple[str, ...] = ()
    single_artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    date: str = ""
    original_date: str = ""
    track_number: str = ""
    isrc: str = ""
    musicbrainz_id: str = ""
    language: str = ""
    licence: str = ""
    replaygain: str = ""
    r128_gain: str = ""
    compilation: str = ""
    is_explicit: bool | None = None
    cover: bytes | None = field(default=None, repr=False)


def read_raw_tags(path: Path) -> RawTags | None:
    """Read a file's tags; None where it has none, or more than anybody has written.

    Raises mutagen.MutagenError, and on broken bytes whatever mutagen runs into.
    """
    if _id3_size_bytes(path) > MAX_ID3_BYTES:
        logger.warning("the tags of %s are too large to be read", path)
        return None
    file = mutagen.File(path)
    if file is None or file.tags is None:
        return None
    # mutagen carries no types.
    tags: Any = file.tags
    if isinstance(file.tags, ID3):
        raw = _raw(tags, ID3_FRAMES, cover=_id3_cover(tags))
        return raw if raw.replaygain else replace(raw, replaygain=_rva2_gain(tags))
    if isinstance(file.tags, MP4Tags):
        covers = tags.get("covr") or [None]
        explicit = {1: True, 2: False, 4: True}.get((tags.get("rtng") or [0])[0])
        cover = bytes(covers[0]) if covers[0] else None
        return _raw(tags, MP4_ATOMS, cover=cover, is_explicit=explicit)
    if isinstance(file.tags, ASFTags):
        return _raw(tags, ASF_KEYS, cover=_asf_cover(tags))
    if isinstance(file.tags, APEv2):
        return _raw(tags, APE_KEYS)
    pictures = list(file.pictures) if isinstance(file, FLAC) else _pictures(tags)
    return _raw(tags, VORBIS, cover=_front(pictures))


def _id3_size_bytes(path: Path) -> int:
    """Return what an ID3v2 header at the beginning says of its size, else 0."""
    with path.open("rb") as file:
        head = file.read(10)
    if len(head) < 10 or head[:3] != b"ID3":
        return 0
    return sum(
        (byte & 0x7F) << shift
        for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)
    )


def _raw(
    tags: Any,
    column: int,
    *,
    cover: bytes | None = None,
    is_explicit: bool | None = None,
) -> RawTags:
    found: dict[str, tuple[str, ...]] = {}
    # Programs don't agree on upper and lower case. Vorbis comments iterate as pairs.
    spelled = {key.lower(): key for key in tags.keys()}  # noqa: SIM118
    for name, columns in KEYS.items():
        for key in columns[column]:
            held = spelled.get(key.lower())
            values = _texts(tags[held]) if held is not None else ()
            if values:
                found[name] = values
                break
    several = ("artists", "single_artists", "genres", "moods")
    return RawTags(
        **{name: found.get(name, ()) for name in several},  # type: ignore[arg-type]
        **{
            name: found.get(name, ("",))[0]  # type: ignore[arg-type]
            for name in KEYS
            if name not in several
        },
        is_explicit=is_explicit,
        cover=cover,
    )


def _texts(value: Any) -> tuple[str, ...]:
    """Return a tag's values as texts, whatever its format keeps them in."""
    # ID3's genre frame knows the numbers of the old genre list.
    if hasattr(value, "genres"):
        return tuple(value.genres)
    if hasattr(value, "data") and hasattr(value, "owner"):
        return (value.data.decode("ascii", "replace"),)
    if hasattr(value, "url"):
        return (str(value.url),)
    if hasattr(value, "text") and not isinstance(value, str):
        value = value.text
    values = value if isinstance(value, (list, tuple)) else [value]
    texts = (_text(one) for one in values)
    return tuple(text for text in texts if text.strip("\0 "))


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return str(value[0])
    if isinstance(value, bytes):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


def _rva2_gain(tags: Any) -> str:
    """Return the gain of the master channel in an RVA2 frame, for the track if named."""
    frames = [frame for frame in tags.getall("RVA2") if frame.channel == 1]
    frames.sort(key=lambda frame: frame.desc.lower() != "track")
    named = [frame for frame in frames if frame.desc.lower() != "album"]
    return f"{named[0].gain} dB" if named else ""


def _id3_cover(tags: Any) -> bytes | None:
    return _front(tags.getall("APIC"))


def _front(pictures: list[Any]) -> bytes | None:
    """Return the front cover among pictures, else the first of them."""
    ordered = sorted(pictures, key=lambda picture: picture.type != FRONT_COVER)
    return bytes(ordered[0].data) if ordered else None


def _pictures(tags: Any) -> list[Any]:
    read: Any = Picture
    found = []
    for text in tags.get("metadata_block_picture") or []:
        try:
            found.append(read(base64.b64decode(text)))
        except (binascii.Error, FlacError, ValueError):
            continue
    return found


def _asf_cover(tags: Any) -> bytes | None:
    """Return the picture inside a WM/Picture value.

    Its layout (Microsoft, "WM_PICTURE"): type u8, size u32 little-endian, MIME type and
    description as UTF-16 ending in NUL, then the bytes.
    """
    for value in tags.get("WM/Picture", []):
        data = bytes(value.value)
        size = int.from_bytes(data[1:5], "little")
        if 0 < size <= len(data) - 9:
            return data[-size:]
    return None
