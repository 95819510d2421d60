"""Empties the database behind a test that commits, by what the test has written.

Django's flush truncates every table, which makes some two hundred files anew, and then
each content type and permission: longer than most tests take. Few tests write many
rows, and those are deleted instead; what the apps put there themselves stays.
"""

from __future__ import annotations

from django.db import connections, transaction
from django.test import TransactionTestCase

# What the apps put there, and no test changes; and what tells readers of the catalog
# in other processes that its tracks are gone.
KEPT = frozenset(
    {
        "django_content_type",
        "auth_permission",
        "auth_group",
        "auth_group_permissions",
        "catalog_trackchange",
    }
)
# The database itself refuses to delete their rows.
GUARDED = ("feedback_curationentry", "feedback_recordedit", "feedback_release")
# From so many rows in a table on, truncating is quicker.
MANY_ROWS = 2000


def database_empty(alias: str = "default") -> None:
    """Delete the rows of all models' tables. Ten milliseconds for a hundred tracks."""
    connection = connections[alias]
    names = connection.introspection.django_table_names(
        only_existing=True, include_views=False
    )
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{name}', count(*)"  # noqa: S608 (names of our tables)
                f' FROM (SELECT FROM "{name}" LIMIT {MANY_ROWS}) AS written'
                for name in {*names} - KEPT
            )
        )
        filled = {f'"{name}"': count for name, count in cursor.fetchall() if count}
        are_many = any(count == MANY_ROWS for count in filled.values())
        guarded = [n for n in GUARDED if are_many or f'"{n}"' in filled]
        for name in guarded:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        if are_many:
            cursor.execute(f"TRUNCATE {', '.join(filled)} CASCADE")
        else:
            # Foreign keys are looked at when all rows are gone: at the commit.
            for name in filled:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 (names of our tables)
        # A table can't be altered while what is deferred waits for it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in guarded:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _teardown(self):
    for alias in self._databases_names(include_mirrors=False):
        database_empty(alias)


# pytest-django makes its test cases of this class, and has no hook of its own for it.
TransactionTestCase._fixture_teardown = _teardown  # type: ignore[attr-defined]
