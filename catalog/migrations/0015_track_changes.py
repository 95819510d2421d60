from django.db import migrations, models
from django.db.models.functions import Now

# table, and the column that names the track
SOURCES = (
    ("catalog_track", "id"),
    ("catalog_trackartist", "track_id"),
    ("catalog_track_tags", "track_id"),
    ("catalog_embedding", "track_id"),
)
EVENTS = (
    ("insert", "REFERENCING NEW TABLE AS fresh"),
    ("update", "REFERENCING NEW TABLE AS fresh"),
    ("delete", "REFERENCING OLD TABLE AS fresh"),
)


def _function(column):
    # Bulk imports and refits write what the same transaction has noted already.
    return f"""
        CREATE FUNCTION catalog_note_change_{column}() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO catalog_trackchange (transaction, track)
            SELECT DISTINCT pg_current_xact_id()::text::bigint, {column} FROM fresh
            ON CONFLICT DO NOTHING;
            RETURN NULL;
        END $$
    """  # noqa: S608 (constants)


def _triggers(table, column):
    return [
        f"CREATE TRIGGER catalog_note_{event} AFTER {event.upper()} ON {table}"
        f" {fresh} FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_change_{column}()"
        for event, fresh in EVENTS
    ]


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_findable_tracks_by_year")]

    operations = [
        migrations.CreateModel(
            name="TrackChange",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "transaction",
                        "track",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("transaction", models.BigIntegerField()),
                ("track", models.BigIntegerField()),
                ("at", models.DateTimeField(db_default=Now())),
            ],
        ),
        *(
            migrations.RunSQL(
                _function(column),
                f"DROP FUNCTION catalog_note_change_{column}() CASCADE",
            )
            for column in ("id", "track_id")
        ),
        *(
            migrations.RunSQL(_triggers(table, column), migrations.RunSQL.noop)
            for table, column in SOURCES
        ),
    ]
