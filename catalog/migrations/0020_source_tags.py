import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0019_embedding_attempt")]

    operations = [
        migrations.AddField(
            model_name="tracksource",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                editable=False,
                help_text="ids of the tags that it states; null where nobody knows",
                null=True,
                size=None,
            ),
        ),
    ]
