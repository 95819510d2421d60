from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_track_fingerprint")]
    operations = [
        migrations.AddField(
            model_name="space",
            name="fitted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
