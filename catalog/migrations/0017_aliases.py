"""Keep what merged tracks and artists went by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0016_drop_vector_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArtistAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("key", models.CharField(editable=False, max_length=300, unique=True)),
            ],
            options={
                "verbose_name_plural": "artist aliases",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="TrackAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
            ],
            options={
                "verbose_name_plural": "track aliases",
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="artistalias",
            name="artist",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="aliases",
                to="catalog.artist",
            ),
        ),
        migrations.AddField(
            model_name="trackalias",
            name="track",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="aliases",
                to="catalog.track",
            ),
        ),
    ]
