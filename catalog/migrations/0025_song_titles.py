"""Find songs by their titles without version, as `catalog.models.words` writes it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0024_catalog_map"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="track",
            index=models.Index(
                models.Func(
                    models.F("song_key"),
                    models.Value(" | "),
                    models.Value(1),
                    function="split_part",
                    output_field=models.TextField(),
                ),
                name="catalog_track_song_title_idx",
            ),
        ),
    ]
