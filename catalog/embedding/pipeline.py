"""Decode ahead while the model encodes, in batches gathered across files.

The rule of this file: memory is bounded by how many tracks are decoded ahead, a file
that can't be heard stops no other, and whatever ends the work leaves every track either
stored or as it was. A file that kills the process is counted out like one that can't be
heard, after a few attempts.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from django.db import DatabaseError

from catalog.audio.decode import decode_excerpts
from catalog.audio.excerpts import DecodeError, Excerpts
from catalog.embedding.attempts import (
    MAX_ATTEMPTS,
    STOPPED_WORKER,
    attempts_at,
    attempts_begin,
    attempts_take_back,
)
from catalog.embedding.store import failures_store, vectors_store
from catalog.embedding.wanted import Claims, tracks_lacking
from catalog.encoders.protocol import AudioEncoder, Vectors
from catalog.encoders.weights import ModelUnusable
from catalog.media.files import audio_file
from catalog.models import Space
from catalog.spaces import space_refit_if_due

logger = logging.getLogger(__name__)

# Tracks encoded together, and decoded ahead. Four windows of 10 s at 48 kHz are 8 MB:
# together under 200 MB.
BATCH, AHEAD = 8, 16
MAX_DECODERS = 4
# Early on each batch moves a standardised space; later a look now and then is enough.
REFITS_EACH_UNTIL, REFITS_EVERY = 4, 16
NOT_FINITE = "The model gives no finite numbers for it."
NO_FILE = "There is no file here."


@dataclass
class Filled:
    """How far a worker came: tracks stored, and those that couldn't be heard.

    is_complete: no track lacks, so nobody else is at work either.
    """

    done: int = 0
    failed: int = 0
    is_complete: bool = False


@dataclass
class _Ahead:
    """Tracks on their way from file to samples, in the order of their claims."""

    encoder: AudioEncoder
    pool: ThreadPoolExecutor
    waiting: deque[tuple[int, Future[Excerpts]]] = field(default_factory=deque)

    def add(self, track_id: int, audio_path: str) -> None:
        self.waiting.append((track_id, self.pool.submit(self._decode, audio_path)))

    def _decode(self, audio_path: str) -> Excerpts:
        file = audio_file(audio_path)
        if file is None:
            raise DecodeError(NO_FILE)
        return file_decode(file.path, self.encoder)

    def take(self, count: int) -> tuple[dict[int, Excerpts], dict[int, str]]:
        """Wait for the next decoded tracks. Returns samples, and reasons of others."""
        heard: dict[int, Excerpts] = {}
        reasons: dict[int, str] = {}
        while self.waiting and len(heard) < count:
            track_id, future = self.waiting.popleft()
            try:
                heard[track_id] = future.result()
            except DecodeError as error:
                reasons[track_id] = str(error)
            except (OSError, ValueError, MemoryError) as error:
                logger.exception("track %s can't be decoded", track_id)
                reasons[track_id] = f"Decoding it failed ({type(error).__name__})."
        return heard, reasons


def file_decode(path: Path, encoder: AudioEncoder) -> Excerpts:
    """Decode a file into the windows that an encoder hears. Raises DecodeError."""
    return decode_excerpts(
        path,
        rate_hz=encoder.rate_hz,
        window_s=encoder.window_s,
        window_count=encoder.window_count,
    )


def space_fill(
    space: Space,
    encoder: AudioEncoder,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
    on_progress: Callable[[Filled], None] = lambda filled: None,
) -> Filled:
    """Embed the tracks that lack a vector in a space, until nothing can be claimed.

    Any number of workers may do so at once. Raises ModelUnusable before anything is
    claimed; DatabaseError where the database is gone. An interrupt in between leaves
    what was stored, and the rest as it was. Tracks that a worker died over come last,
    each alone.
    """
    encoder.load()
    filled = Filled()
    claims = Claims(space)
    decoders = min(MAX_DECODERS, os.cpu_count() or 1)
    pool = ThreadPoolExecutor(decoders, thread_name_prefix="decode")
    ahead = _Ahead(encoder, pool)
    batches = 0
    try:
        while True:
            if not is_stopping():
                _take_more(space, claims, ahead, filled)
            if not ahead.waiting:
                break
            heard, reasons = ahead.take(BATCH)
            vectors, unfit = _encoded(encoder, heard)
            reasons |= unfit
            filled.done += vectors_store(space, encoder, vectors)
            if reasons:
                failures_store(space, reasons)
            filled.failed += len(reasons)
            claims.release([*vectors, *reasons])
            batches += 1
            is_look = batches <= REFITS_EACH_UNTIL or batches % REFITS_EVERY == 0
            if encoder.is_standardised and is_look:
                space_refit_if_due(space)
            on_progress(filled)
    except BaseException as stopped:
        # A stop from outside isn't a file's fault. Where the database is gone the
        # attempts stay counted, as they can't be taken back.
        if not isinstance(stopped, DatabaseError):
            attempts_take_back(space, claims.held)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        claims.release_all()
    filled.is_complete = not tracks_lacking(space).exists()
    return filled


def _take_more(space: Space, claims: Claims, ahead: _Ahead, filled: Filled) -> None:
    """Claim tracks and have them decoded: as many as fit, or at last one suspect."""
    taken = claims.take(AHEAD - len(ahead.waiting))
    while not taken and not ahead.waiting and (suspect := claims.take_suspect()):
        track_id, _ = suspect
        if attempts_at(space, track_id) < MAX_ATTEMPTS:
            taken = [suspect]
            continue
        logger.error("track %s failed in %s: %s", track_id, space, STOPPED_WORKER)
        failures_store(space, {track_id: STOPPED_WORKER})
        claims.release([track_id])
        filled.failed += 1
    attempts_begin(space, [track_id for track_id, _ in taken])
    for track_id, path in taken:
        ahead.add(track_id, path)


def _encoded(
    encoder: AudioEncoder, heard: dict[int, Excerpts]
) -> tuple[dict[int, Vectors], dict[int, str]]:
    """Encode a batch. Where it fails, one by one, to find the recording at fault."""
    if not heard:
        return {}, {}
    ids = list(heard)
    try:
        rows = encoder.encode_audio([heard[pk] for pk in ids])
    except ModelUnusable:
        raise
    except (RuntimeError, ValueError) as error:
        # torch tells a lack of memory and a wrong shape alike by RuntimeError.
        if len(ids) == 1:
            logger.exception("track %s can't be encoded", ids[0])
            return {}, {ids[0]: f"The model failed at it ({type(error).__name__})."}
        logger.warning("a batch of %s failed, now one by one: %s", len(ids), error)
        vectors: dict[int, Vectors] = {}
        reasons: dict[int, str] = {}
        for pk in ids:
            one, reason = _encoded(encoder, {pk: heard[pk]})
            vectors |= one
            reasons |= reason
        if not vectors:
            # No file is at fault where all of them fail.
            raise
        return vectors, reasons
    is_finite = [bool(np.isfinite(row).all()) for row in rows]
    return (
        {pk: row for pk, row, fine in zip(ids, rows, is_finite, strict=True) if fine},
        {pk: NOT_FINITE for pk, fine in zip(ids, is_finite, strict=True) if not fine},
    )
