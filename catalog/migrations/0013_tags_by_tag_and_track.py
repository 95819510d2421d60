from django.db import migrations


class Migration(migrations.Migration):
    """All tracks of a tag from the index alone, without a visit to the table."""

    atomic = False

    dependencies = [("catalog", "0012_embedding_wanted")]

    operations = [
        # One that was interrupted lies there, invalid.
        migrations.RunSQL(
            "DROP INDEX CONCURRENTLY IF EXISTS catalog_track_tags_tag_track",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY catalog_track_tags_tag_track"
            " ON catalog_track_tags (tag_id, track_id)",
            "DROP INDEX CONCURRENTLY IF EXISTS catalog_track_tags_tag_track",
        ),
    ]
