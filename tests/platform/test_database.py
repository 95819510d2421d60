"""How the site speaks to its database."""

from django.db import connection

from playlists.models import Playlist


def test_a_statement_that_comes_again_is_planned_once(db):
    for pk in range(8):
        Playlist.objects.filter(pk=pk).exists()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans + custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%%FROM \"playlists_playlist\" WHERE%%'"
        )
        (plans,) = cursor.fetchone()
    assert plans == 3
