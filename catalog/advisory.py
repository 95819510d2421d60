"""PostgreSQL's advisory locks: the database frees them when their holder dies.

The rule of this file: every kind of lock has its number here, so that no two meanings
share a key.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection


class Lock(IntEnum):
    """What a lock guards. The second key of each is an id."""

    SPACE_NEW = 5101
    SPACE_VECTORS = 5102
    RUN_CLAIM = 5103
    RUN_SLOT = 5104
    RUN_NEW = 5105
    RUN_FINISH = 5106
    TABLE_IMPORT = 5110
    TEXTS = 5111
    HEARSAY = 5112
    RECORDING = 5120
    EMBED_TRACK = 5130
    EMBED_SLOT = 5131
    EMBED_FINISH = 5132
    BRIDGE_FIT = 5133
    MAP = 5134
    COLUMNS_BASE = 5140
    PLAYLIST_SAVE = 5150
    REACTIONS_SEND = 5151
    PLAYLIST_REFRESH = 5152
    LIBRARY = 5160
    DONATION = 5170
    RELEASE_NEW = 5180
    RELEASE = 5181
    RECORDS = 5184
    BRIDGE_SWITCH = 5182
    BRIDGE_TRAINING = 5183
    # Shared by whoever writes a list of a listener's, alone for whoever rules songs out.
    # Waited for before any row that is locked.
    REFUSALS = 5190


def lock_until_commit(kind: Lock, key: int = 0, *, is_shared: bool = False) -> None:
    """Wait for a lock, and hold it until the transaction ends."""
    function = "pg_advisory_xact_lock_shared" if is_shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [int(kind), key])


@contextmanager
def session_lock(kind: Lock, key: int) -> Iterator[None]:
    """Wait for a lock, and hold it over several transactions of this connection.

    Such locks belong to a connection, so a pooler in transaction mode (PgBouncer)
    may not stand between.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [int(kind), key])
    try:
        yield
    finally:
        _unlock(kind, key)


@contextmanager
def try_session_lock(kind: Lock, key: int) -> Iterator[bool]:
    """Hold a lock over several transactions, or yield False where another has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [int(kind), key])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            _unlock(kind, key)


def is_locked(kind: Lock, key: int) -> bool:
    """Say whether any living connection to this database holds a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
              SELECT FROM pg_locks
              WHERE locktype = 'advisory' AND granted AND objsubid = 2
                AND classid = %s AND objid = %s
                AND database = (SELECT oid FROM pg_database
                                WHERE datname = current_database())
            )
            """,
            [int(kind), key],
        )
        return bool(cursor.fetchone()[0])


def _unlock(kind: Lock, key: int) -> None:
    # A connection that was lost has lost its locks as well: nothing to free then.
    if connection.connection is None or connection.connection.closed:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [int(kind), key])
