from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_first_sources")]
    operations = [
        migrations.AddField(
            model_name="track",
            name="version_detail",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="which one of that version: whose remix, which concert",
                max_length=200,
            ),
            preserve_default=False,
        ),
    ]
