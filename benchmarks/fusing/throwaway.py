"""A database of its own for a run, with the songs of dialogues in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.fusing.dialogues import Song


@contextmanager
def catalog_of(
    songs: Mapping[str, Song], *, table: Path | None, distractors: int, cache: Path
) -> Iterator[dict[str, int]]:
    """Start servers, set Django up, and fill a catalog; yield track ids by song.

    Once a process. table, distractors: as in `songs.load`; cache: for text vectors.
    """
    import django
    from django.core.management import call_command
    from django.db import connections

    from personalais.embedded.lease import Lease

    with tempfile.TemporaryDirectory(prefix="bench-fusion-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # The embedded PostgreSQL of root is another user's.
        os.environ["DJANGO_SETTINGS_MODULE"] = "personalais.settings"
        os.environ["PERSONALAIS_ENV_FILE"] = ""
        os.environ["PERSONALAIS_HOME"] = str(home)
        for setting in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(setting, None)
        lease = Lease(home, is_throwaway=True)
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            yield _filled(songs, table, distractors, cache, home)
        finally:
            connections.close_all()
            lease.release(is_end_awaited=True)


def _filled(
    songs: Mapping[str, Song],
    table: Path | None,
    distractors: int,
    cache: Path,
    folder: Path,
) -> dict[str, int]:
    from django.db import connection

    from benchmarks.fusing.songs import load
    from benchmarks.fusing.texts import KeptTexts
    from catalog.encoders.text import text_encoder

    texts = KeptTexts(text_encoder(), cache)
    ids = load(songs, table=table, distractors=distractors, texts=texts, folder=folder)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return ids
