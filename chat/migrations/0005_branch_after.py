import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0004_llm_call"),
    ]

    operations = [
        migrations.AddField(
            model_name="branch",
            name="after",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followed_by",
                to="chat.message",
            ),
        ),
    ]
