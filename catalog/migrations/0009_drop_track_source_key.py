"""A track's identity lies in its sources now: the columns that held it go.

Reversed, each track gets the key of its first source back.
"""

from django.db import migrations

FIRST_KEYS = """
UPDATE catalog_track SET source_key = first.key, fingerprint = first.fingerprint
FROM (
  SELECT DISTINCT ON (track_id) track_id, key, fingerprint
  FROM catalog_tracksource ORDER BY track_id, id
) AS first
WHERE first.track_id = catalog_track.id
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_song_keys")]
    operations = [
        migrations.RemoveConstraint(
            model_name="track", name="catalog_track_source_key"
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FIRST_KEYS),
        migrations.RemoveField(model_name="track", name="source_key"),
        migrations.RemoveField(model_name="track", name="fingerprint"),
    ]
