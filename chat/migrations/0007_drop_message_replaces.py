from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0006_places_of_branches"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="message",
            name="replaces",
        ),
    ]
