from django.db import migrations


class Migration(migrations.Migration):
    """Search measures vectors in its own columns, and no longer walks an index."""

    dependencies = [("catalog", "0015_track_changes")]

    operations = [
        migrations.RunSQL(
            """
            DO $$
            DECLARE name text;
            BEGIN
                FOR name IN
                    SELECT indexname FROM pg_indexes
                    WHERE schemaname = current_schema()
                      AND tablename = 'catalog_embedding'
                      AND indexname LIKE 'catalog_embedding_hnsw_%'
                LOOP
                    EXECUTE format('DROP INDEX %I', name);
                END LOOP;
            END $$
            """,
            migrations.RunSQL.noop,
        ),
    ]
