from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which tracks a search by years may find, without a visit to the table."""

    atomic = False

    dependencies = [("catalog", "0013_tags_by_tag_and_track")]

    operations = [
        AddIndexConcurrently(
            model_name="track",
            index=models.Index(
                fields=["year", "id"],
                condition=models.Q(vanished_at=None),
                name="catalog_track_findable_year",
            ),
        ),
    ]
