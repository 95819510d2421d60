"""`manage.py import_tracks FILE`, from rows to tracks."""

import gzip
import json
import os
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.advisory import Lock, is_locked
from catalog.ingest.queueing import runs_sweep
from catalog.jobs import embed_texts
from catalog.models import Album, Artist, Embedding, IngestRun, Tag, Track, TrackSource
from catalog.slots import audio_queue
from tests import site
from tests.catalog.ingest.tables.written import csv_text, spotify_row
from tests.factories import make_track
from tests.waiting import until

pytestmark = [pytest.mark.django_db]


def import_tracks(path, *options):
    out = StringIO()
    call_command("import_tracks", str(path), *options, stdout=out)
    return out.getvalue()


def import_spotify(path, rows):
    path.write_text(csv_text(rows))
    return import_tracks(path, "--format", "spotify-features")


def import_text(tmp_path, text, *options, name="songs.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_tracks(path, *options)


def reported():
    run = IngestRun.objects.order_by("-pk").first()
    with open(run.options["report"], encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_a_spotify_table_fills_every_field(tmp_path):
    out = import_spotify(tmp_path / "s.csv", [spotify_row(1)])

    track = Track.objects.get()
    assert "1 rows: 1 new, 0 changed, 0 unchanged, 0 refused" in out
    assert (track.title, track.album.title, track.popularity) == (
        "Song 1",
        "Album 1",
        66,
    )
    assert [c.artist.name for c in track.credits.all()] == ["Artist 1"]
    assert (str(track.released_on), track.released_precision) == ("2019-06-14", "day")
    assert (track.year, track.duration_ms) == (2019, 180_010)
    assert (track.pitch_class, track.is_major, track.tempo_bpm) == (6, True, 122.036)
    assert (track.loudness_lufs, track.energy, track.liveness) == (
        -2.634,
        0.916,
        0.0653,
    )
    assert set(track.attribute_sources.values()) == {"spotify-features"}
    assert set(track.tags.values_list("kind", "name")) == {
        ("genre", "electronic"),
        ("genre", "big room"),
    }
    assert track.spotify_id == f"{1:022d}"
    assert track.document.startswith("Song 1 by Artist 1, from Album 1 (2019, 2010s).")
    assert track.song_key
    source = track.sources.get()
    assert (source.kind, source.origin) == ("table", "spotify-features")


def test_the_document_is_what_a_refresh_would_write(tmp_path):
    from catalog.ingest.store import document_refresh

    import_spotify(tmp_path / "s.csv", [spotify_row(n) for n in range(9)])

    for track in Track.objects.all():
        before = track.document
        document_refresh(track)
        assert track.document == before


def test_the_same_file_twice_changes_nothing(tmp_path):
    rows = [spotify_row(n) for n in range(30)]
    rows += [
        spotify_row(3, playlist_genre="rock"),
        spotify_row(4, track_popularity="1"),
    ]
    import_spotify(tmp_path / "s.csv", rows)
    before = list(Track.objects.order_by("pk").values())

    out = import_spotify(tmp_path / "s.csv", rows)

    assert "32 rows: 0 new, 0 changed, 32 unchanged, 0 refused" in out
    assert list(Track.objects.order_by("pk").values()) == before
    assert TrackSource.objects.count() == 30
    assert Track.objects.get(title="Song 4").popularity == 66


def test_one_song_in_several_playlists_gathers_its_genres(tmp_path):
    rows = [spotify_row(1), spotify_row(1, playlist_genre="r&b", playlist_subgenre="")]
    import_spotify(tmp_path / "s.csv", rows)
    import_spotify(tmp_path / "t.csv", [spotify_row(1, playlist_genre="latin")])

    genres = set(Track.objects.get().tags.values_list("name", flat=True))
    assert genres == {"electronic", "big room", "r&b", "latin"}


def test_a_changed_row_changes_its_track_and_leaves_measured_attributes(tmp_path):
    import_spotify(tmp_path / "s.csv", [spotify_row(1)])
    Track.objects.update(
        energy=0.25,
        attribute_sources={"energy": "measured", "valence": "spotify-features"},
    )

    out = import_spotify(
        tmp_path / "s.csv",
        [
            spotify_row(
                1, track_name="New", track_artist="Bob", energy="0.9", valence="0.1"
            )
        ],
    )

    track = Track.objects.get()
    assert "0 new, 1 changed" in out
    assert (track.title, track.energy, track.valence) == ("New", 0.25, 0.1)
    assert [a.name for a in track.artists.all()] == ["Bob"]
    assert track.attribute_sources["energy"] == "measured"
    assert track.document.startswith("New by Bob")


def test_unknown_values_stay_null_and_wrong_ones_are_dropped_and_said(tmp_path):
    row = spotify_row(
        1, key="-1", tempo="0.0", energy="1.4", valence="high", loudness="-900",
        duration_ms="-5", track_popularity="101", track_album_release_date="2019-13",
    )  # fmt: skip
    out = import_spotify(tmp_path / "s.csv", [row])

    track = Track.objects.get()
    unknown = ("pitch_class", "is_major", "tempo_bpm", "energy", "valence")
    unknown += ("loudness_lufs", "duration_ms", "popularity", "year", "released_on")
    assert {getattr(track, name) for name in unknown} == {None}
    assert "6 single values dropped" in out
    assert len(reported()) == 6
    assert {line["refused"] for line in reported()} == {False}
    assert any(r["reason"] == "energy '1.4' is not within 0 to 1." for r in reported())


def test_rows_without_a_title_are_refused_with_row_and_reason(tmp_path):
    rows = [spotify_row(1), spotify_row(2, track_name="", track_artist="")]
    rows.append(spotify_row(3, track_name="NA", track_artist="NA"))
    out = import_spotify(tmp_path / "s.csv", rows)

    assert "1 new, 0 changed, 0 unchanged, 2 refused" in out
    assert [line["row"] for line in reported()] == [2, 3]
    assert "no title" in reported()[0]["reason"]
    assert reported()[0]["raw"]["track_id"] == f"{2:022d}"


@pytest.mark.parametrize(
    ("given", "date", "precision"),
    [("1994", "1994-01-01", "year"), ("1994-05", "1994-05-01", "month"),
     ("1994-05-21T00:00:00Z", "1994-05-21", "day")],
)  # fmt: skip
def test_dates_have_any_precision(tmp_path, given, date, precision):
    import_spotify(tmp_path / "s.csv", [spotify_row(1, track_album_release_date=given)])

    track = Track.objects.get()
    assert (str(track.released_on), track.released_precision) == (date, precision)


JAMENDO = (
    "TRACK_ID\tARTIST_ID\tALBUM_ID\tPATH\tDURATION\tTAGS\n"
    "track_0000948\tartist_000087\talbum_000149\t48/948.mp3\t212.7\t{}\n"
)


def test_jamendo_rows_get_honest_placeholders_and_tags_of_both_files(tmp_path):
    moods = JAMENDO.format("mood/theme---dark\tmood/theme---film")
    genres = JAMENDO.format("genre---newage\tinstrument---piano")
    import_text(tmp_path, moods, "--format", "jamendo", name="a.tsv")
    out = import_text(tmp_path, genres, "--format", "jamendo", name="b.tsv")

    track = Track.objects.get()
    assert "0 new, 1 changed" in out
    assert (track.title, track.artists.get().name) == ("Track 948", "Artist 87")
    assert (track.album.title, track.duration_ms) == ("Album 149", 212_700)
    assert set(track.tags.values_list("kind", "name")) == {
        ("mood", "dark"),
        ("theme", "film"),
        ("genre", "new age"),
        ("instrument", "piano"),
    }
    assert "CC BY-NC-SA" in track.licence
    assert track.sources.get().origin == "jamendo"
    assert "new age" in track.document


def test_audio_is_found_below_the_folder_that_is_named_and_nowhere_else(tmp_path):
    folder = tmp_path / "audio"
    (folder / "48").mkdir(parents=True)
    (folder / "48/948.mp3").write_bytes(b"x")
    outside = JAMENDO.replace("48/948", "../secret").replace("0948", "0949")
    (tmp_path / "secret.mp3").write_bytes(b"x")
    options = ("--format", "jamendo", "--audio-root", str(folder))
    import_text(tmp_path, JAMENDO.format("genre---rock"), *options, name="a.tsv")
    import_text(tmp_path, outside.format("genre---rock"), *options, name="b.tsv")

    paths = dict(Track.objects.values_list("title", "audio_path"))
    assert paths["Track 948"] == str((folder / "48/948.mp3").resolve())
    assert paths["Track 949"] == ""


def test_a_generic_table_is_guessed_and_mapped(tmp_path):
    text = (
        "Song Name;Performer;Length;Style;What\n"
        "Blue (Live);Ada Lane;3:25;Hip-Hop|Jazz;GBAYE9400123\n"
    )
    import_text(tmp_path, text, "--map", "What=isrc", "--origin", "mine")

    track = Track.objects.get()
    assert (track.title, track.version, track.duration_ms) == (
        "Blue (Live)",
        "live",
        205_000,
    )
    assert track.isrc == "GBAYE9400123"
    assert set(track.tags.values_list("name", flat=True)) == {"hip hop", "jazz"}
    assert track.sources.get().origin == "mine"


def test_what_is_spotifys_says_so_whatever_it_is_called(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text(csv_text([spotify_row(1)]))
    import_tracks(path, "--format", "spotify-features", "--origin", "mine")
    ids = "title,artist,spotify_uri\nBlue,Ada,spotify:track:4uLU6hMCjMI75M1A2tKUQC\n"
    import_text(tmp_path, ids, name="dump.csv")
    import_text(tmp_path, ids, "--origin", "Spotify charts")

    origins = TrackSource.objects.order_by("pk").values_list("origin", flat=True)
    assert list(origins) == ["spotify-mine", "spotify-dump", "Spotify charts"]


def test_json_lines_are_taken_gzipped_as_well(tmp_path):
    lines = [
        {"title": "One", "artists": ["Ada", "Bob"], "bpm": 120},
        {"title": "Two", "artists": ["Ada"], "genres": ["jazz"], "explicit": True},
        ["no object"],
    ]
    text = "\n".join(json.dumps(line) for line in lines) + "\n{broken\n"
    raw = gzip.compress(text.encode())
    out = import_text(tmp_path, raw, name="songs.jsonl.gz")

    assert "2 new, 0 changed, 0 unchanged, 2 refused" in out
    assert Track.objects.get(title="One").artists.count() == 2
    assert Track.objects.get(title="Two").is_explicit is True
    assert Track.objects.get(title="One").tempo_bpm == 120


def test_a_row_meets_the_track_of_a_file_and_fills_its_gaps(tmp_path):
    track = make_track(
        "Song 1",
        artist="Artist 1",
        duration_ms=181_000,
        song_key="song 1 | artist 1",
        source="file",
        energy=0.5,
        attribute_sources={"energy": "measured"},
    )
    out = import_spotify(tmp_path / "s.csv", [spotify_row(1)])

    track.refresh_from_db()
    assert "0 new, 1 changed" in out
    assert (track.source, track.duration_ms, track.energy) == ("file", 181_000, 0.5)
    assert (track.valence, track.album.title) == (0.518, "Album 1")
    assert track.attribute_sources["energy"] == "measured"
    assert track.attribute_sources["valence"] == "spotify-features"
    assert track.credits.count() == 1
    assert "0 new, 0 changed, 1 unchanged" in import_spotify(
        tmp_path / "s.csv", [spotify_row(1)]
    )


def test_two_ids_of_one_recording_are_one_track_of_two_sources(tmp_path):
    rows = [
        spotify_row(1),
        spotify_row(2, track_name="Song 1", track_artist="Artist 1"),
    ]
    import_spotify(tmp_path / "s.csv", rows)

    assert Track.objects.get().sources.count() == 2
    assert "2 unchanged" in import_spotify(tmp_path / "s.csv", rows)


def test_strange_json_is_refused_or_dropped_and_stops_nothing(tmp_path):
    lines = [
        r'{"title": "half \ud800", "artist": "Ada"}',
        r'{"title": "nul \u0000", "artist": "Ada"}',
        '{"title": "Far", "key": 1%s, "tempo": 1e999, "energy": NaN}' % ("0" * 400),
        '{"title": {"a": 1}, "artist": "Ada"}',
        '{"title": "Odd", "genre": {"a": 1}, "artists": [1, null, "Ada"], "year": []}',
        "[" * 100_000,
    ]
    out = import_text(tmp_path, "\n".join(lines), name="a.jsonl")

    assert "2 new, 0 changed, 0 unchanged, 4 refused" in out
    assert Track.objects.get(title="Far").tempo_bpm is None


def test_a_run_that_was_left_is_closed_when_the_file_is_another(tmp_path):
    path = tmp_path / "s.csv"
    left = IngestRun.objects.create(kind=IngestRun.Kind.TABLE, root=str(path))

    import_spotify(path, [spotify_row(1)])

    left.refresh_from_db()
    assert left.status == IngestRun.Status.FAILED
    assert left.error


def test_a_dry_run_keeps_nothing(tmp_path):
    out = import_text(tmp_path, "title,artist\nOne,Ada\n", "--dry-run")

    assert "Nothing was kept" in out
    assert "1 new" in out
    for model in (Track, Artist, Album, Tag, IngestRun):
        assert not model.objects.exists()


def test_missing_columns_are_told_with_those_that_are_there(tmp_path):
    with pytest.raises(CommandError, match=r"columns are: foo, bar.*Fields: id, title"):
        import_text(tmp_path, "foo,bar\n1,2\n")
    with pytest.raises(CommandError, match=r"no column 'x'.*columns are: title"):
        import_text(tmp_path, "title\na\n", "--map", "x=artist")
    with pytest.raises(CommandError, match="'y' is no field"):
        import_text(tmp_path, "title\na\n", "--map", "title=y")
    with pytest.raises(CommandError, match="needs the columns track_id"):
        import_text(tmp_path, "title\na\n", "--format", "jamendo")
    assert not IngestRun.objects.exists()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"PK\x03\x04" + bytes(range(256)) * 9, "Excel"),
        (bytes(range(256)) * 40, "not a text file"),
        (b"\x1f\x8b" + b"\x08garbage" * 9, "damaged"),
        (b'[{"title": "a"}]', "JSON array"),
    ],
)
def test_files_that_are_no_tables_are_told_so(tmp_path, raw, words):
    with pytest.raises(CommandError, match=words):
        import_text(tmp_path, raw)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1", "utf-16-le"])
def test_any_encoding_is_read(tmp_path, encoding):
    text = "title,artist\nDéjà vu,Beyoncé\n" + "Other,Ada\n" * 20
    out = import_text(tmp_path, text.encode(encoding))

    assert Track.objects.filter(title="Déjà vu", artists__name="Beyoncé").exists()
    assert ("read as Windows-1252" in out) == (encoding == "latin-1")


def test_bad_rows_are_refused_and_good_ones_beside_them_kept(tmp_path):
    long = b"x" * 10_000_000
    raw = (
        b"title,artist\nOne,Ada\nshort\nTwo,Ada,more,cells\nTh\0ree,Ada\n"
        + long
        + b",Ada\nFour,"
        + b"\nFive,Ada,,\n"
        + b"y" * 600
        + b",Ada\n"
    )
    out = import_text(tmp_path, raw)

    titles = set(Track.objects.values_list("title", flat=True))
    assert titles == {"One", "Four", "Five"}
    assert "5 refused" in out
    reasons = {line["row"]: line["reason"] for line in reported()}
    assert "1 cells" in reasons[2]
    assert "4 cells" in reasons[3]
    assert "NUL" in reasons[4]
    assert "longer than 1 MB" in reasons[5]
    assert "longer than 500" in reasons[8]


def test_an_unclosed_quotation_mark_is_told(tmp_path):
    text = 'title,artist\nOne,Ada\n"Two,Ada\n' + "More,Ada\n" * 200
    out = import_text(tmp_path, text)

    assert "1 new, 0 changed, 0 unchanged, 1 refused" in out
    assert "quotation mark" in reported()[0]["reason"]


def test_a_truncated_gzip_keeps_what_came_and_says_so(tmp_path):
    text = csv_text([spotify_row(n) for n in range(5000)])
    raw = gzip.compress(text.encode())[:-2000]

    with pytest.raises(CommandError, match="breaks off"):
        import_text(tmp_path, raw, "--format", "spotify-features", name="s.csv.gz")

    run = IngestRun.objects.get()
    assert run.status == IngestRun.Status.FAILED
    assert run.rows_settled == sum(run.counts[k] for k in ("new", "refused"))
    assert Track.objects.count() == run.counts["new"] > 3000


def test_ids_given_twice_are_one_track_told_by_the_first_row(tmp_path):
    out = import_text(tmp_path, "id,title,artist\n7,One,Ada\n7,Two,Ada\n")

    assert Track.objects.get().title == "One"
    assert "1 new, 0 changed, 1 unchanged" in out


def test_hostile_text_is_stored_as_text(tmp_path):
    title = "Robert'); DROP TABLE catalog_track;-- \\N \\. {{7*7}}"
    text = json.dumps({"title": title, "artist": "\\N"})
    import_text(tmp_path, text + "\n", name="a.jsonl")

    assert Track.objects.get().title == title
    assert Artist.objects.get().name == "\\N"


@pytest.mark.usefixtures("clean_redis")
def test_the_sweeper_leaves_tables_alone():
    IngestRun.objects.create(kind=IngestRun.Kind.TABLE, root="x.csv")

    assert runs_sweep() == 0


@pytest.mark.usefixtures("clean_redis")
@pytest.mark.django_db(transaction=True)
def test_the_sweeper_has_texts_embedded_in_the_background(tmp_path):
    import_spotify(tmp_path / "s.csv", [spotify_row(n) for n in range(3)])

    assert (runs_sweep(), runs_sweep()) == (1, 0)
    embed_texts()

    assert Embedding.objects.filter(space__kind="text").count() == 3
    audio_queue().empty()
    assert runs_sweep() == 0


def test_texts_are_embedded_at_once_if_asked_and_anew_when_they_change(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text(csv_text([spotify_row(1)]))
    import_tracks(path, "--format", "spotify-features", "--embed")
    assert Embedding.objects.count() == 1

    import_spotify(path, [spotify_row(1, playlist_genre="latin")])

    assert not Embedding.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on_and_loses_or_doubles_nothing(tmp_path):
    rows = [spotify_row(n) for n in range(7000)] + [spotify_row(9, track_name="")]
    path = tmp_path / "s.csv"
    path.write_text(csv_text(rows))
    command = [sys.executable, "manage.py", "import_tracks", str(path)]

    victim = subprocess.Popen(
        [*command, "--format", "spotify-features"],
        cwd=site.ROOT,
        env={**os.environ, "DATABASE_URL": site.tests_database_url()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while victim.poll() is None:
        run = IngestRun.objects.first()
        if run and run.rows_settled:
            victim.send_signal(signal.SIGKILL)
            victim.wait()
    assert victim.returncode == -signal.SIGKILL
    settled = IngestRun.objects.get().rows_settled
    assert 0 < settled < 7001
    assert Track.objects.count() == settled
    until(lambda: not is_locked(Lock.TABLE_IMPORT, 0), "the dead import holds its lock")

    out = import_tracks(path, "--format", "spotify-features")

    assert f"Went on behind row {settled}" in out
    assert "7001 rows: 7000 new, 0 changed, 0 unchanged, 1 refused" in out
    assert Track.objects.count() == TrackSource.objects.count() == 7000
    assert IngestRun.objects.get().status == IngestRun.Status.DONE
    assert [line["row"] for line in reported()] == [7001]
