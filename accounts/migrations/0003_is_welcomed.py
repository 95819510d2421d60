from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_language")]

    operations = [
        # Those who have an account already know their way.
        migrations.AddField(
            model_name="user",
            name="is_welcomed",
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name="user",
            name="is_welcomed",
            field=models.BooleanField(default=False),
        ),
    ]
