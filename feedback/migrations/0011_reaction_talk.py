from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0010_said_since")]

    operations = [
        migrations.AddField(
            model_name="reaction",
            name="talk",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
