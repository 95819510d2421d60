"""Say of each track that is there which song it is of, and in which version.

Nothing to reverse: the columns go with the migrations that made them.
"""

from django.db import migrations

from catalog.versions import song_key_of, title_parts

CHUNK = 2000


def songs_fill(apps, schema_editor):
    Track = apps.get_model("catalog", "Track")
    TrackArtist = apps.get_model("catalog", "TrackArtist")
    last = 0
    while chunk := list(
        Track.objects.filter(pk__gt=last).order_by("pk").only("title")[:CHUNK]
    ):
        credits = TrackArtist.objects.filter(track__in=chunk).order_by("-position")
        first = dict(credits.values_list("track", "artist__key"))
        for track in chunk:
            parts = title_parts(track.title)
            track.song_key = song_key_of(parts, [first.get(track.pk, "")])
            track.version = parts.version
            track.version_detail = parts.detail
        Track.objects.bulk_update(chunk, ["song_key", "version", "version_detail"])
        last = chunk[-1].pk


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_track_version_detail")]
    operations = [migrations.RunPython(songs_fill, migrations.RunPython.noop)]
