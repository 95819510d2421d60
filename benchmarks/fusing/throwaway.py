"""A database of its own for a run, with the songs of dialogues in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from chat.evaluation.cpcd.dialogues import Song
from chat.evaluation.throwaway import throwaway_site


@contextmanager
def catalog_of(
    songs: Mapping[str, Song], *, table: Path | None, distractors: int, cache: Path
) -> Iterator[dict[str, int]]:
    """Start servers, set Django up, and fill a catalog; yield track ids by song.

    Once a process. table, distractors: as in `songs.load`; cache: for text vectors.
    """
    with tempfile.TemporaryDirectory(prefix="bench-fusion-") as folder:
        home = Path(folder)
        with throwaway_site(home):
            yield _filled(songs, table, distractors, cache, home)


def _filled(
    songs: Mapping[str, Song],
    table: Path | None,
    distractors: int,
    cache: Path,
    folder: Path,
) -> dict[str, int]:
    from django.db import connection

    from catalog.encoders.text import text_encoder
    from chat.evaluation.cpcd.songs import load
    from chat.evaluation.cpcd.texts import KeptTexts

    texts = KeptTexts(text_encoder(), cache)
    ids = load(
        songs,
        table=table,
        distractors=distractors,
        texts=texts,
        folder=folder,
        is_heard=True,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return ids
