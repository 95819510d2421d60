from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_initial")]
    operations = [
        migrations.AddField(
            model_name="track",
            name="fingerprint",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="changes when the source does, so that it's read again",
                max_length=64,
            ),
        ),
    ]
