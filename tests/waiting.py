"""Waits for a state, and never for a time; the deadline only ends a hang."""

from __future__ import annotations

import time

from django.db import connection

DEADLINE_S = 180


def until(is_so, what):
    """Wait until something is so; fail with `what` if it never is."""
    end = time.monotonic() + DEADLINE_S
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def is_someone_waiting_for(kind):
    """Say whether anybody waits for a kind of advisory lock of this test's database.

    Other workers' databases are on the same server, and their locks in the same view.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            " AND NOT granted AND classid = %s"
            " AND database = (SELECT oid FROM pg_database"
            "                 WHERE datname = current_database())",
            [int(kind)],
        )
        return cursor.fetchone()[0] > 0


def is_someone_waiting_for_a_row():
    """Say whether anybody waits for a row of this test's database that another holds."""
    with connection.cursor() as cursor:
        # Within a transaction what was seen first would be seen for ever.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND datname = current_database()"
        )
        return cursor.fetchone()[0] > 0
