import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_known_encoders")]

    operations = [
        migrations.AddField(
            model_name="space",
            name="is_filling",
            field=models.BooleanField(
                default=False,
                help_text="what lacks a vector in it is being embedded",
            ),
        ),
        migrations.CreateModel(
            name="EmbeddingWanted",
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
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wanted",
                        to="catalog.space",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.track",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("space", "track"),
                        name="catalog_embeddingwanted_track",
                    )
                ],
            },
        ),
    ]
