from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0011_reaction_talk")]

    operations = [
        migrations.AddField(
            model_name="curationentry",
            name="then",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "First"), (2, "Second"), (3, "Third")], null=True
            ),
        ),
    ]
