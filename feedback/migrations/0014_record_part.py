from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0013_hold_drawn")]

    operations = [
        migrations.AddField(
            model_name="donatedrecord",
            name="part",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=10
            ),
        ),
    ]
