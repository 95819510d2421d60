import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0005_releases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordEdit",
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
                    "uuid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("salt", models.BinaryField(max_length=16)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="feedback.donatedrecord",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="CurationEntry",
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
                ("record", models.UUIDField(db_index=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("edited", "Text edited"),
                            ("undone", "Undone"),
                            ("reopened", "Taken back for another look"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "look",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "First"), (2, "Second"), (3, "Third")], null=True
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none: it is approved"),
                            ("private", "still tells of somebody"),
                            ("spam", "spam, or a bot"),
                            ("contradictory", "its songs don't answer it"),
                            ("unclear", "nobody could tell what is asked"),
                            ("hurtful", "insults or threatens"),
                            ("not_music", "isn't about music"),
                            ("other", "something else"),
                        ],
                        default="",
                        max_length=13,
                    ),
                ),
                ("batch", models.UUIDField()),
                ("undoes", models.UUIDField(null=True)),
                ("edit", models.UUIDField(null=True)),
                ("before_digest", models.BinaryField(default=bytes, max_length=32)),
                ("after_digest", models.BinaryField(default=bytes, max_length=32)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="curation",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "curation entries",
                "ordering": ("-id",),
                "permissions": (
                    ("read_edits", "Can read what edits of records took out"),
                ),
                "indexes": [
                    models.Index(fields=["actor", "-id"], name="feedback_entry_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                    "look",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "First"), (2, "Second"), (3, "Third")]
                    ),
                ),
                ("is_approved", models.BooleanField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none: it is approved"),
                            ("private", "still tells of somebody"),
                            ("spam", "spam, or a bot"),
                            ("contradictory", "its songs don't answer it"),
                            ("unclear", "nobody could tell what is asked"),
                            ("hurtful", "insults or threatens"),
                            ("not_music", "isn't about music"),
                            ("other", "something else"),
                        ],
                        default="",
                        max_length=13,
                    ),
                ),
                ("is_drawn", models.BooleanField(default=False)),
                ("is_standing", models.BooleanField(default=True)),
                ("batch", models.UUIDField(help_text="that of its entry in the log")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="feedback.donatedrecord",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("record", "look", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_standing", True)),
                        fields=("record", "look"),
                        name="feedback_review_look_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_approved", True), ("reason", "")),
                            models.Q(
                                ("is_approved", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="feedback_review_reason",
                    ),
                ],
            },
        ),
    ]
