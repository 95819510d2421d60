"""How fast the admin's pages open over a large catalog, beside Django's usual way.

    ./bin/bench admin [--tracks 100000] [--rounds 5]

A catalog is generated in SQL in an embedded PostgreSQL of its own: twelve tracks an
artist and ten an album, a file and often a row of a table for each, tags, a vector in a
small space. Then pages are asked for as a browser does, through Django's whole stack
but without a socket, and the middle of the rounds is told.

Beside each search stands the same term the way that `search_fields` finds it
(`icontains` over title, artists, album, ISRC and paths, with the exact count that
Django's paginator makes), on the same catalog in the same run.

Progress goes to stderr; the last line of stdout is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from chat.evaluation.throwaway import throwaway_site

SYLLABLES = "{ba,lo,mi,ren,ta,su,ve,dor,kin,al,ess,ra,no,fi,lun,dra,mo,cal,tre,wyn}"
LIST = "/admin/catalog/track/"
FILL = """
CREATE FUNCTION word(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT s[1 + n % 20] || s[1 + n / 20 % 20] || s[1 + n / 400 % 20]
  FROM (SELECT {syllables}::text[] AS s) AS all_of_them $$;

INSERT INTO catalog_artist (uuid, name, key)
SELECT gen_random_uuid(), initcap(k), k
FROM (SELECT word(n * 7919) || ' ' || word(n * 104729) || ' ' || n AS k
      FROM generate_series(1, {tracks} / 12) AS n) AS names;

INSERT INTO catalog_album (uuid, title, key, artist_id, year, is_compilation)
SELECT gen_random_uuid(), initcap(word(n * 31)) || ' ' || n, word(n * 31) || ' ' || n,
       1 + n % ({tracks} / 12), 1950 + n % 75, false
FROM generate_series(1, {tracks} / 10) AS n;

INSERT INTO catalog_tag (kind, name, key)
SELECT 'genre', name, name FROM unnest(ARRAY['jazz', 'folk', 'pop', 'metal']) AS name
UNION ALL SELECT 'mood', 'mood ' || n, 'mood ' || n FROM generate_series(1, 40) AS n;

INSERT INTO catalog_track (
  uuid, title, key, song_key, version, version_detail, album_id, year, released_precision,
  duration_ms, isrc, musicbrainz_id, spotify_id, language, licence, source, audio_path,
  cover_path, document, attribute_sources)
SELECT gen_random_uuid(), initcap(k), k, k || ' | ' || a.key, '', '', 1 + n / 10,
       1950 + n % 75, '', 180000 + n % 60000,
       'XX' || lpad((n % 1000)::text, 3, '0') || lpad((n / 1000)::text, 7, '0'),
       gen_random_uuid(), lpad(n::text, 22, 'x'), '', '', 'file',
       'audio/' || n || '.ogg', '',
       initcap(k) || ' by ' || a.name || '. jazz. mood ' || n % 40, '{{}}'
FROM (SELECT n, word(n * 17) || ' ' || word(n * 12289) AS k
      FROM generate_series(0, {tracks} - 1) AS n) AS songs
JOIN catalog_artist a ON a.id = 1 + songs.n % ({tracks} / 12);

INSERT INTO catalog_trackartist (track_id, artist_id, position)
SELECT id, 1 + (id - 1) % ({tracks} / 12), 0 FROM catalog_track;

INSERT INTO catalog_track_tags (track_id, tag_id)
SELECT id, 1 + id % 4 FROM catalog_track
UNION ALL SELECT id, 5 + id % 40 FROM catalog_track;

INSERT INTO catalog_tracksource
  (track_id, kind, origin, key, fingerprint, content_hash, seen_at)
SELECT t.id, 'file', '', '/srv/music/' || replace(a.name, ' ', '_') || '/'
       || lpad((t.id % 20)::text, 2, '0') || ' - ' || t.title || '.flac', '',
       md5(t.id::text), now()
FROM catalog_track t JOIN catalog_trackartist c ON c.track_id = t.id
JOIN catalog_artist a ON a.id = c.artist_id
ON CONFLICT DO NOTHING;

INSERT INTO catalog_tracksource
  (track_id, kind, origin, key, fingerprint, content_hash, seen_at)
SELECT id, 'table', 'spotify-features', spotify_id, '', '', now()
FROM catalog_track WHERE id % 3 = 0;

INSERT INTO catalog_embedding (track_id, space_id, vector, created_at)
SELECT t.id, s.id, l2_normalize(ARRAY(
         SELECT sin(t.id * (i + 1))::real FROM generate_series(1, 16) AS i)::vector),
       now()
FROM catalog_track t CROSS JOIN catalog_space s;
"""


def main() -> None:
    """Measure, and print figures."""
    parser = argparse.ArgumentParser(prog="./bin/bench admin")
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="bench-admin-") as folder,
        throwaway_site(Path(folder), is_timed=True),
    ):
        figures = _measure(options.tracks, options.rounds)
    sys.stdout.write(json.dumps(figures) + "\n")


def _measure(tracks: int, rounds: int) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from accounts.models import User
    from catalog.models import Track

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", verbosity=0, interactive=False)
    seconds = _fill(tracks)
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    track = Track.objects.select_related("album").get(pk=tracks // 2)
    artist = track.artists.get()
    source = track.sources.filter(kind="file").first()
    terms = {
        "one word of many titles": "balomi",
        "title": track.title,
        "title and artist": f"{track.title} {artist.name}",
        "a tag with a word": "jazz balomi",
        "one letter": "b",
        "ISRC": track.isrc,
        "MusicBrainz id": str(track.musicbrainz_id),
        "path": source.key if source else "/srv/music",
        "nothing": "zzzzqqq",
    }
    pages = {
        "list": LIST,
        "a page far behind": f"{LIST}?p={min(199, tracks // 50 - 1)}",
        "decade": f"{LIST}?decade=1990",
        "genre": f"{LIST}?genre=jazz",
        "not heard": f"{LIST}?vector=no-audio",
        "by artist": f"{LIST}?artist={artist.pk}",
        "by tag": f"{LIST}?tag=1",
        "probable duplicates": f"{LIST}?duplicates=probable",
        "change page": f"{LIST}{track.pk}/change/",
        "artists": "/admin/catalog/artist/",
        "artists nearly alike": "/admin/catalog/artist/?duplicates=probable",
        "albums": "/admin/catalog/album/",
        "spaces": "/admin/catalog/space/",
    }
    figures: dict[str, Any] = {
        "benchmark": "admin",
        "tracks": tracks,
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs",
        "load_before": round(os.getloadavg()[0], 1),
        "fill_seconds": round(seconds, 1),
        "pages": {name: _asked(client, url, rounds) for name, url in pages.items()},
    }
    figures["searches"] = {
        name: {
            **_asked(client, LIST, rounds, {"q": term}),
            "usual_ms": _timed(partial(_usual, str(term)), 2),
        }
        for name, term in terms.items()
    }
    figures["usual_count_ms"] = _timed(Track.objects.count, rounds)
    return figures


def _fill(tracks: int) -> float:
    from django.db import connection

    from catalog.spaces import space_ensure

    began = time.perf_counter()
    space_ensure(
        slug="bench", kind="audio", model_id="bench", revision="1", dimensions=16
    )
    with connection.cursor() as cursor:
        filled = FILL.format(tracks=tracks, syllables=f"'{SYLLABLES}'")
        for statement in filled.split(";\n\n"):
            cursor.execute(statement)
            sys.stderr.write(f"{time.perf_counter() - began:.0f} s\n")
        cursor.execute("VACUUM ANALYZE")
    return time.perf_counter() - began


def _asked(
    client: Any, url: str, rounds: int, data: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Ask for a page once to warm up, then `rounds` times."""
    answer = client.get(url, data)
    if answer.status_code != 200:
        raise SystemExit(f"{url} {data} answered {answer.status_code}.")
    sys.stderr.write(f"{url} {data or ''}\n")
    changes = answer.context_data.get("cl")
    return {
        "ms": _timed(lambda: client.get(url, data), rounds),
        **({"found": changes.result_count} if changes else {}),
    }


def _usual(term: str) -> None:
    """Count and fetch the first page as `search_fields` of Django's admin do."""
    from django.db.models import Q

    from catalog.models import Track

    found = Track.objects.all()
    for word in term.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(artists__name__icontains=word)
            | Q(album__title__icontains=word)
            | Q(isrc__icontains=word)
            | Q(sources__key__icontains=word)
        )
    found = found.distinct()
    found.count()
    list(found.defer("document", "document_vector").order_by("-pk")[:50])


def _timed(do: Callable[[], Any], rounds: int) -> float:
    """Return the middle of the rounds, in milliseconds."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        do()
        took.append(time.perf_counter() - began)
    return round(statistics.median(took) * 1000, 1)


if __name__ == "__main__":
    main()
