"""Folders of music made for tests of importing."""

from __future__ import annotations

from pathlib import Path

import mutagen

from tests.catalog.audio.sounds import make_music, write_sound

CODECS = {
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".flac": "flac",
    ".ogg": "vorbis",
    ".opus": "libopus",
    ".wav": "pcm_s16le",
    ".aiff": "pcm_s16be",
    ".wma": "wmav2",
}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


def make_song(path: Path, *, seconds: float = 2.0, seed: int = 1, **tags) -> Path:
    """Write a short song in the format of the path's suffix, with easy tags."""
    path.parent.mkdir(parents=True, exist_ok=True)
    codec = CODECS[path.suffix]
    rate_hz = 48_000 if codec == "libopus" else 44_100
    samples = make_music(seconds=seconds, rate_hz=rate_hz, seed=seed)
    write_sound(path, samples, codec=codec, rate_hz=rate_hz)
    if tags:
        file = mutagen.File(path, easy=True)
        if file.tags is None:
            file.add_tags()
        for name, value in tags.items():
            file[name] = value
        file.save()
    return path
