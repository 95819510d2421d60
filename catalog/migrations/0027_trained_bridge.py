import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0026_ids_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrainedBridge",
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
                ("text_model", models.CharField(max_length=200)),
                ("learned_from", models.CharField(max_length=100)),
                ("seed", models.PositiveIntegerField()),
                ("arrays", models.JSONField()),
                ("figures", models.JSONField()),
                ("held_out", models.JSONField()),
                ("is_offered", models.BooleanField()),
                ("is_current", models.BooleanField(default=False)),
                ("ended", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        help_text="which was current when this one became so; none: the catalog's own",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.trainedbridge",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trained_bridges",
                        to="catalog.space",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("space",),
                        name="catalog_trainedbridge_one_current",
                    )
                ],
            },
        ),
    ]
