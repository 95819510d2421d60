"""Find names and paths by their words, and refused items by their run."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0017_aliases"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="album",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("key", config="simple"),
                name="catalog_album_words_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="artist",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("key", config="simple"),
                name="catalog_artist_words_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="ingestitem",
            index=models.Index(
                fields=["run", "status", "position"], name="catalog_ingestitem_status"
            ),
        ),
        migrations.AddIndex(
            model_name="track",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("key", config="simple"),
                name="catalog_track_words_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(
                condition=models.Q(("language", ""), _negated=True),
                fields=["language"],
                name="catalog_track_language_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="tracksource",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    models.Func(
                        models.F("key"),
                        models.Value("/\\_.-:"),
                        models.Value("      "),
                        function="translate",
                        output_field=models.TextField(),
                    ),
                    config="simple",
                ),
                name="catalog_tracksource_words",
            ),
        ),
    ]
