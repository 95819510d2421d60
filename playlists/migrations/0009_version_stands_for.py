"""A version may stand for another, without what was ruled out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("playlists", "0008_import_description"),
    ]

    operations = [
        migrations.AddField(
            model_name="playlistversion",
            name="stands_for",
            field=models.ForeignKey(
                help_text="it is that version without what its owner never wants to hear",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="playlists.playlistversion",
            ),
        ),
    ]
