import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_listenbrainz"),
        ("catalog", "0026_ids_elsewhere"),
        ("feedback", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReactionSharing",
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
                ("is_on", models.BooleanField(default=True)),
                ("agreed_at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nothing is wrong"),
                            ("busy", "too many requests for now"),
                            ("down", "the service doesn't answer"),
                            ("reconnect", "the listener must connect it again"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="that failed in a row"
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        help_text="when to try next",
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reaction_sharing",
                        to="accounts.serviceaccount",
                    ),
                ),
            ],
            options={"ordering": ("account",)},
        ),
        migrations.CreateModel(
            name="SharedReaction",
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
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="the recording's name there, once found",
                        max_length=200,
                    ),
                ),
                (
                    "wanted",
                    models.SmallIntegerField(
                        help_text="1 for liked, -1 for disliked, or 0"
                    ),
                ),
                (
                    "sent",
                    models.SmallIntegerField(
                        default=0,
                        help_text="what is there from us; empty: nobody knows",
                        null=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("missing", "Missing"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_reactions",
                        to="accounts.serviceaccount",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_reactions",
                        to="catalog.track",
                    ),
                ),
            ],
            options={
                "ordering": ("account", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "track"),
                        name="feedback_shared_reaction_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wanted__in", (-1, 0, 1))),
                        name="feedback_shared_reaction_wanted",
                    ),
                ],
            },
        ),
    ]
