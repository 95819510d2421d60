import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_space_fitted_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmbeddingFailure",
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
                ("reason", models.CharField(max_length=500)),
                ("attempts", models.PositiveSmallIntegerField(default=1)),
                ("failed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="TrackSource",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("demo", "Demo library"),
                            ("file", "Audio file"),
                            ("table", "Table"),
                        ],
                        max_length=8,
                    ),
                ),
                ("origin", models.CharField(blank=True, max_length=60)),
                (
                    "key",
                    models.CharField(
                        help_text="what identifies it within its origin: a path, a slug, an id",
                        max_length=1000,
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True,
                        help_text="changes when the source does, so that it's read again",
                        max_length=64,
                    ),
                ),
                (
                    "content_hash",
                    models.CharField(
                        blank=True,
                        help_text="of the audio stream alone, without tags: a moved file keeps it",
                        max_length=64,
                    ),
                ),
                ("seen_at", models.DateTimeField(auto_now_add=True)),
                ("vanished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("track", "id"),
            },
        ),
        migrations.AddField(
            model_name="album",
            name="is_compilation",
            field=models.BooleanField(
                default=False,
                help_text="of various artists, and credited to none of them",
            ),
        ),
        migrations.AddField(
            model_name="ingestrun",
            name="counts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="ingestrun",
            name="error",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="ingestrun",
            name="options",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="ingestrun",
            name="rows_settled",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="track",
            name="liveness",
            field=models.FloatField(blank=True, help_text="0 to 1", null=True),
        ),
        migrations.AddField(
            model_name="track",
            name="replaygain_db",
            field=models.FloatField(
                blank=True,
                help_text="of the track",
                null=True,
                verbose_name="ReplayGain (dB)",
            ),
        ),
        migrations.AddField(
            model_name="track",
            name="song_key",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="title without its version, and first artist: what kin share",
                max_length=800,
            ),
        ),
        migrations.AddField(
            model_name="track",
            name="speechiness",
            field=models.FloatField(blank=True, help_text="0 to 1", null=True),
        ),
        migrations.AddField(
            model_name="track",
            name="vanished_at",
            field=models.DateTimeField(
                blank=True,
                help_text="since when none of its sources is there any more",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="track",
            name="version",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Original"),
                    ("live", "Live"),
                    ("remix", "Remix"),
                    ("remaster", "Remaster"),
                    ("acoustic", "Acoustic"),
                    ("instrumental", "Instrumental"),
                    ("demo", "Demo"),
                    ("edit", "Edit"),
                    ("cover", "Cover"),
                    ("karaoke", "Karaoke"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="ingestrun",
            name="kind",
            field=models.CharField(
                choices=[("folder", "Folder"), ("demo", "Demo"), ("table", "Table")],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="ingestrun",
            name="status",
            field=models.CharField(
                choices=[
                    ("running", "Running"),
                    ("done", "Done"),
                    ("failed", "Failed"),
                ],
                default="running",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(
                condition=models.Q(("song_key", ""), _negated=True),
                fields=["song_key"],
                name="catalog_track_song_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("speechiness__isnull", True),
                    models.Q(("speechiness__gte", 0), ("speechiness__lte", 1)),
                    _connector="OR",
                ),
                name="catalog_track_speechiness_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("liveness__isnull", True),
                    models.Q(("liveness__gte", 0), ("liveness__lte", 1)),
                    _connector="OR",
                ),
                name="catalog_track_liveness_unit",
            ),
        ),
        migrations.AddField(
            model_name="embeddingfailure",
            name="space",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="failures",
                to="catalog.space",
            ),
        ),
        migrations.AddField(
            model_name="embeddingfailure",
            name="track",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="catalog.track",
            ),
        ),
        migrations.AddField(
            model_name="tracksource",
            name="track",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sources",
                to="catalog.track",
            ),
        ),
        migrations.AddConstraint(
            model_name="embeddingfailure",
            constraint=models.UniqueConstraint(
                fields=("space", "track"), name="catalog_embeddingfailure_track"
            ),
        ),
        migrations.AddIndex(
            model_name="tracksource",
            index=models.Index(
                condition=models.Q(("content_hash", ""), _negated=True),
                fields=["content_hash"],
                name="catalog_tracksource_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="tracksource",
            constraint=models.UniqueConstraint(
                fields=("kind", "origin", "key"), name="catalog_tracksource_key"
            ),
        ),
    ]
