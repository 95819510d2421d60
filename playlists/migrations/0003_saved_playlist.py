import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import playlists.models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_service_account"),
        ("catalog", "0024_catalog_map"),
        ("playlists", "0002_share_link"),
    ]

    operations = [
        migrations.CreateModel(
            name="FoundTrack",
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
                ("ref", models.CharField(blank=True, max_length=200)),
                (
                    "near",
                    models.JSONField(
                        default=list, help_text="offers, as saving.service has them"
                    ),
                ),
                (
                    "is_chosen",
                    models.BooleanField(default=False, help_text="by the listener"),
                ),
                ("found_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="found_tracks",
                        to="accounts.serviceaccount",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="found",
                        to="catalog.track",
                    ),
                ),
            ],
            options={
                "ordering": ("account", "track"),
                "indexes": [
                    models.Index(fields=["found_at"], name="playlists_found_at")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "track"), name="playlists_found_track_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedPlaylist",
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
                ("is_public", models.BooleanField(default=False)),
                (
                    "is_wanted",
                    models.BooleanField(
                        default=True, help_text="there, and not to be taken away"
                    ),
                ),
                (
                    "asked",
                    models.PositiveIntegerField(
                        default=1, help_text="how often it was asked for"
                    ),
                ),
                (
                    "carried_out",
                    models.PositiveIntegerField(
                        default=0, help_text="the newest asking that was carried out"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("working", "Working"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nothing is wrong"),
                            ("busy", "too many requests for now"),
                            ("quota", "the site's share of requests is used up"),
                            ("down", "the service doesn't answer"),
                            ("reconnect", "the listener must connect it again"),
                            ("not_allowed", "the service forbids it"),
                            ("refused", "the service takes a request for wrong"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="since it was asked"
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="when to try next",
                    ),
                ),
                ("progress", models.FloatField(default=0, help_text="0 to 1")),
                (
                    "marker",
                    models.CharField(
                        default=playlists.models.make_marker,
                        editable=False,
                        max_length=32,
                    ),
                ),
                ("creating_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ref",
                    models.CharField(
                        blank=True, help_text="its name there", max_length=200
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=300)),
                (
                    "placed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "holds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "stamp",
                    models.CharField(
                        blank=True, help_text="while it holds that", max_length=200
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="the number of the version that is there",
                        null=True,
                    ),
                ),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_playlists",
                        to="accounts.serviceaccount",
                    ),
                ),
                (
                    "playlist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved",
                        to="playlists.playlist",
                    ),
                ),
            ],
            options={
                "ordering": ("playlist", "account"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("playlist", "account"), name="playlists_saved_once"
                    )
                ],
            },
        ),
    ]
