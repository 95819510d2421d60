import django.db.models.deletion
from django.db import migrations, models

# Whether the public sees a release may change; nothing else of it, once it is made.
SEAL = """
    CREATE FUNCTION feedback_release_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        shown CONSTANT text[] := ARRAY['is_published', 'published_at'];
    BEGIN
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - shown = to_jsonb(NEW) - shown THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'release % is made, and is not changed', OLD.number
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER feedback_release_sealed
        BEFORE UPDATE OR DELETE ON feedback_release
        FOR EACH ROW WHEN (OLD.status = 'done')
        EXECUTE FUNCTION feedback_release_seal();
"""
UNSEAL = """
    DROP TRIGGER feedback_release_sealed ON feedback_release;
    DROP FUNCTION feedback_release_seal();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0004_turns_withheld"),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
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
                ("number", models.PositiveIntegerField(unique=True)),
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
                    "progress",
                    models.FloatField(
                        default=0, help_text="share that is done, 0 to 1"
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("floor", models.PositiveSmallIntegerField()),
                ("licence", models.CharField(max_length=60)),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("files", models.JSONField(blank=True, default=list)),
                ("is_published", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-number",),
                "permissions": (
                    (
                        "publish_release",
                        "Can show releases to the public, and hide them",
                    ),
                    ("download_release", "Can download releases that aren't public"),
                ),
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("status__in", ("waiting", "working"))),
                        name="feedback_release_one_in_making",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False), ("status", "done"), _connector="OR"
                        ),
                        name="feedback_release_published_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("floor__gte", 2)),
                        name="feedback_release_floor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleasedRecord",
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
                ("part", models.CharField(max_length=10)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="released",
                        to="feedback.donatedrecord",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="feedback.release",
                    ),
                ),
            ],
            options={
                "ordering": ("release", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "record"),
                        name="feedback_released_record_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(SEAL, UNSEAL),
    ]
