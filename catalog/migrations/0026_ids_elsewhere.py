from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0025_song_titles")]

    operations = [
        migrations.AddField(
            "track",
            "youtube_id",
            models.CharField(
                blank=True, db_default="", max_length=11, verbose_name="YouTube id"
            ),
        ),
        migrations.AddField(
            "track",
            "apple_music_id",
            models.CharField(blank=True, db_default="", max_length=20),
        ),
        migrations.AddField(
            "track",
            "deezer_id",
            models.CharField(blank=True, db_default="", max_length=20),
        ),
    ]
