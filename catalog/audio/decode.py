"""Decode a few windows of a recording, and never more than that.

The rule of this file: what a file claims about itself is checked before it is
believed, and no file, however it is made, costs more than bounded time and memory.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from catalog.audio.excerpts import DecodeError, Excerpts, Samples
from catalog.audio.opening import open_audio
from catalog.audio.window import Window

MIN_S = 1.0
# Decoders swallow some of the beginning and end of what a header promises.
MIN_WINDOW_S = 0.5
MAX_S = 6 * 3600.0
# A header is believed when sound is found this close before the end that it claims.
END_CHECK_S = 2.0
# Decoders need some packets before the first good sample: MP3's bit reservoir about
# 0.1 s, Opus 80 ms. Earlier packets are passed over without decoding.
PREROLL_S = 0.25
# Below -80 dBFS nothing is heard: the dither of 16 bits lies near -93 dBFS.
SILENCE_PEAK = 1e-4
# The shortest usual packet is 2.5 ms (Opus): six hours are 8.6 million of them.
MAX_PACKETS = 9_000_000
MAX_BAD_PACKETS = 400
# FFmpeg lets the trimmed last packet of an Ogg stream last 2**32 samples less a few.
MAX_PACKET_S = 60.0
DEADLINE_S = 60.0


def decode_excerpts(
    path: Path,
    *,
    rate_hz: int = 22_050,
    window_s: float = 8.0,
    window_count: int = 4,
) -> Excerpts:
    """Decode windows spread evenly over a recording, as mono.

    Each window lies in the middle of its equal share of the recording, so neither the
    first nor the last seconds of a long one count. A recording no longer than all
    windows together is taken whole, as one window. Channels are averaged, samples
    clipped to [-1, 1]. duration_ms is measured where the header is wrong.

    A recording that is damaged in places gives the windows that can be decoded.
    Raises DecodeError with the reason in a sentence. Takes ~60 ms on a CPU core
    for an MP3 of three minutes; of more, packets are only counted.
    """
    with open_audio(path) as (container, stream):
        return _decode(_Source(container, stream), rate_hz, window_s, window_count)


@dataclass
class _Source:
    """An open container, one of its audio streams, and what has been spent on it."""

    container: InputContainer
    stream: AudioStream
    packets: int = 0
    bad_packets: int = 0
    started_s: float = field(default_factory=time.monotonic)

    @property
    def start_s(self) -> float:
        return self._seconds(self.stream.start_time or 0)

    def _seconds(self, ticks: int) -> float:
        # Not every demuxer gives a time base, but FFmpeg sets one by then.
        return float(ticks * (self.stream.time_base or 0))

    def span_s(self, packet: Packet[AudioStream]) -> tuple[float, float] | None:
        """Return where a packet begins and ends, or None when it doesn't say."""
        ticks = packet.pts if packet.pts is not None else packet.dts
        if ticks is None:
            return None
        begin_s = self._seconds(ticks) - self.start_s
        lasts_s = self._seconds(packet.duration or 0)
        return begin_s, begin_s + (lasts_s if lasts_s < MAX_PACKET_S else 0.0)

    def seek(self, at_s: float) -> None:
        """Go to the last place at or before `at_s` from which one can decode."""
        base = self.stream.time_base
        if base is None:
            raise DecodeError("The file doesn't say how it counts time.")
        self.container.seek(
            int((max(at_s, 0.0) + self.start_s) / base), stream=self.stream
        )

    def read(self) -> Iterator[Packet[AudioStream]]:
        """Yield packets from here to the end, within the limits."""
        packets = self.container.demux(self.stream)
        while True:
            try:
                packet = next(packets, None)
            except (av.error.EOFError, av.error.InvalidDataError):
                return
            if packet is None:
                return
            self.packets += 1
            if self.packets > MAX_PACKETS or (
                self.packets % 256 == 0
                and time.monotonic() - self.started_s > DEADLINE_S
            ):
                raise DecodeError("The file takes too long to read.")
            yield packet

    def frames(self, packet: Packet[AudioStream]) -> list[AudioFrame]:
        try:
            return packet.decode()
        except av.error.FFmpegError as error:
            self.bad_packets += 1
            if self.bad_packets > MAX_BAD_PACKETS:
                raise DecodeError("The file is damaged.") from error
            return []


def _decode(
    source: _Source, rate_hz: int, window_s: float, window_count: int
) -> Excerpts:
    duration_s = _measure_duration_s(source)
    if duration_s > MAX_S:
        raise DecodeError("The recording is longer than six hours.")
    if duration_s < MIN_S:
        raise DecodeError("The recording is shorter than a second.")

    if duration_s <= window_s * window_count:
        spans = [(0.0, duration_s)]
    else:
        share_s = duration_s / window_count
        spans = [
            ((i + 0.5) * share_s - window_s / 2, window_s) for i in range(window_count)
        ]
    decoded = (
        _decode_window(source, begin_s, length_s, rate_hz)
        for begin_s, length_s in spans
    )
    windows = tuple(w for w in decoded if w.size >= MIN_WINDOW_S * rate_hz)
    if not windows:
        raise DecodeError("The file is damaged: none of its sound can be decoded.")
    if max(float(np.abs(w).max()) for w in windows) < SILENCE_PEAK:
        raise DecodeError("The recording is silent.")
    return Excerpts(windows, rate_hz, round(duration_s * 1000))


def _measure_duration_s(source: _Source) -> float:
    """Return where the sound ends, whatever the header says. Decodes nothing."""
    stream, container = source.stream, source.container
    claimed_s = 0.0
    if stream.duration is not None and stream.time_base is not None:
        claimed_s = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        claimed_s = container.duration / av.time_base
    if claimed_s > END_CHECK_S:
        try:
            source.seek(claimed_s - END_CHECK_S)
        except av.error.FFmpegError:
            pass
        else:
            end_s = _end_s(source)
            # A seek past the true end may land anywhere before it.
            if end_s >= claimed_s - END_CHECK_S:
                return end_s
    source.seek(0.0)
    return _end_s(source)


def _end_s(source: _Source) -> float:
    end_s = untimed_s = 0.0
    for packet in source.read():
        if packet.size == 0:
            continue
        span = source.span_s(packet)
        if span is not None:
            end_s = max(end_s, span[1])
        elif packet.duration and packet.time_base:
            untimed_s += float(packet.duration * packet.time_base)
        if max(end_s, untimed_s) > MAX_S:
            break
    return max(end_s, untimed_s)


def _decode_window(
    source: _Source, begin_s: float, length_s: float, rate_hz: int
) -> Samples:
    """Decode one window. Returns (n,) float32; n is 0 where nothing can be decoded."""
    try:
        source.seek(begin_s - PREROLL_S)
    except av.error.FFmpegError:
        source.seek(0.0)
    window = Window(begin_s, length_s, rate_hz)
    for packet in source.read():
        span = source.span_s(packet)
        if packet.size and span is not None and span[1] < begin_s - PREROLL_S:
            continue
        for frame in source.frames(packet):
            window.add(frame, source.start_s)
        if window.is_full:
            break
    return window.samples()
