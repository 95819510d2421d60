"""Say of each track's only source that it states the track's tags.

Which of several sources stated what is not known: there it stays null, and no tag goes.
Reversed by dropping the column.
"""

from django.db import migrations

ONLY_SOURCES = """
UPDATE catalog_tracksource src
SET tags = ARRAY(
  SELECT tt.tag_id FROM catalog_track_tags tt
  WHERE tt.track_id = src.track_id ORDER BY tt.tag_id
)
WHERE NOT EXISTS (
  SELECT 1 FROM catalog_tracksource other
  WHERE other.track_id = src.track_id AND other.id <> src.id
)
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0020_source_tags")]
    operations = [migrations.RunSQL(ONLY_SOURCES, migrations.RunSQL.noop)]
