"""Give each track that is there its first source. Reversed by dropping the table."""

from django.db import migrations

FIRST_SOURCES = """
INSERT INTO catalog_tracksource
  (track_id, kind, origin, key, fingerprint, content_hash, seen_at)
SELECT id, source, '', source_key, fingerprint, '', now() FROM catalog_track
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_track_sources")]
    operations = [migrations.RunSQL(FIRST_SOURCES, migrations.RunSQL.noop)]
