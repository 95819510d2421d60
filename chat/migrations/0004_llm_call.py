"""A log of calls to a language model."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0003_branches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LLMCall",
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
                ("model", models.CharField(max_length=200)),
                ("round_number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("called", "Called tools"),
                            ("stopped", "Stopped by the listener"),
                            ("busy", "Too many requests"),
                            ("unreachable", "Unreachable"),
                            ("stalled", "Stalled"),
                            ("refused", "Refused"),
                            ("failing", "Failed on its side"),
                            ("broken", "Sent what is no JSON"),
                            ("cut", "Broke off"),
                            ("slow", "Took longer than a turn may"),
                        ],
                        max_length=11,
                    ),
                ),
                ("started_at", models.DateTimeField(db_index=True)),
                (
                    "first_token_ms",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="until the first words; tool calls have none",
                        null=True,
                    ),
                ),
                ("total_ms", models.PositiveIntegerField()),
                ("tokens_in", models.PositiveIntegerField()),
                ("tokens_out", models.PositiveIntegerField()),
                (
                    "is_estimated",
                    models.BooleanField(
                        help_text="the server didn't count; four characters are taken for a token"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="llm_calls",
                        to="chat.conversation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="llm_calls",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "language model call",
                "ordering": ("-started_at", "-id"),
                "indexes": [
                    models.Index(
                        fields=["user", "started_at"], name="chat_llmcall_user_day"
                    )
                ],
            },
        ),
    ]
