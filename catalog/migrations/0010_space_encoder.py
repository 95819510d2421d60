from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_drop_track_source_key")]

    operations = [
        migrations.AddField(
            model_name="space",
            name="encoder",
            field=models.CharField(
                blank=True,
                help_text="family of the audio encoder that fills it",
                max_length=20,
            ),
        ),
    ]
