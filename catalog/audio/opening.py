"""Opens files as audio, and refuses what isn't.

The rule of this file: FFmpeg is only let at containers that hold audio, so that a
playlist or a manifest can't make it open addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

from catalog.audio.excerpts import DecodeError
from catalog.audio.window import RATES_HZ

# Containers of recorded audio, by FFmpeg's names. Left out on purpose: hls, dash,
# concat, sdp and others that make FFmpeg open further files; pictures; devices.
FORMATS = (
    "aa,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,asf_o,au,avi,caf,dff,dsf,dts,dtshd,eac3,"
    "flac,flv,gsm,iff,loas,matroska,webm,mlp,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8,mpeg,"
    "mpegts,nut,oga,ogg,oma,opus,osq,qcp,qoa,rka,rm,shn,sox,spx,tak,truehd,tta,voc,vqf,"
    "w64,wav,wsd,wv,xwma"
)

UNREADABLE = "The file is no audio that can be read, or its beginning is damaged."


@contextmanager
def open_audio(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Open a file at its first audio stream, to read packets from.

    Raises DecodeError with the reason in a sentence, also where FFmpeg fails later,
    while the file is open.
    """
    _refuse_unreadable(path)
    try:
        with av.open(
            str(path),
            metadata_errors="ignore",
            container_options={
                "format_whitelist": FORMATS,
                "protocol_whitelist": "file",
            },
        ) as container:
            yield container, _audio_stream(container)
    except av.error.FFmpegError as error:
        raise DecodeError(UNREADABLE) from error


def _refuse_unreadable(path: Path) -> None:
    try:
        if not path.is_file():
            raise DecodeError("There is no file here.")
        if path.stat().st_size == 0:
            raise DecodeError("The file is empty.")
        # FFmpeg's own "permission denied" may be about what is inside.
        with path.open("rb"):
            pass
    except OSError as error:
        raise DecodeError("The file may not be read.") from error


def _audio_stream(container: InputContainer) -> AudioStream:
    # A stream without a rate is one that FFmpeg guessed from a name or a tag.
    for stream in container.streams.audio:
        if stream.codec_context is not None and stream.codec_context.sample_rate > 0:
            if stream.codec_context.sample_rate not in RATES_HZ:
                raise DecodeError("The file claims a sample rate that no music has.")
            stream.codec_context.thread_count = 1
            return stream
    if container.streams.video:
        raise DecodeError("The file holds pictures but no sound.")
    raise DecodeError(UNREADABLE)
