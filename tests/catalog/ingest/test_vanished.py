"""Files that go away and come back."""

import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from catalog.ingest.watch import Away, Changed, folder_changes
from catalog.links import audio_url
from catalog.models import Track, TrackSource
from catalog.search.conditions import matching_tracks
from catalog.search.query import Filters
from tests.catalog.ingest.songs import make_song
from tests.factories import make_track, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_redis"),
]


def ingest(folder, *options):
    out = StringIO()
    call_command("ingest", str(folder), *options, stdout=out)
    return out.getvalue()


def found():
    return set(matching_tracks(Filters(), ()).values_list("title", flat=True))


def test_a_vanished_song_is_kept_but_not_recommended_until_it_is_back(tmp_path):
    music, aside = tmp_path / "music", tmp_path / "aside.wav"
    one = make_song(music / "One.wav", seed=1)
    make_song(music / "Two.wav", seed=2)
    ingest(music)
    one.rename(aside)

    told = ingest(music)

    assert "1 files are gone. Their songs are kept" in told
    assert found() == {"Two"}
    track = Track.objects.get(title="One")
    assert track.vanished_at is not None
    assert track.sources.get().vanished_at is not None
    assert audio_url(track) is None
    assert "gone" not in ingest(music)

    aside.rename(one)
    assert "1 files are back." in ingest(music)
    assert found() == {"One", "Two"}
    back = Track.objects.get(title="One")
    assert back.pk == track.pk
    assert back.sources.get().vanished_at is None
    assert audio_url(back) is not None


def test_a_song_that_another_source_knows_stays_when_its_file_goes(tmp_path):
    make_song(tmp_path / "One.wav", seed=1)
    two = make_song(tmp_path / "Two.wav", seed=2)
    ingest(tmp_path)
    track = Track.objects.get(title="Two")
    TrackSource.objects.create(track=track, kind="table", origin="t", key="7")
    two.unlink()

    ingest(tmp_path)

    track.refresh_from_db()
    assert track.vanished_at is None
    assert track.audio_path == ""


def test_a_song_with_two_files_plays_the_one_that_is_left(tmp_path):
    one = make_song(tmp_path / "a.wav")
    other = tmp_path / "b.wav"
    other.write_bytes(one.read_bytes())
    ingest(tmp_path)
    one.unlink()

    ingest(tmp_path)

    track = Track.objects.get()
    assert track.vanished_at is None
    assert track.audio_path == str(other)


def test_an_empty_or_missing_folder_marks_nothing_unless_told(tmp_path):
    music = tmp_path / "music"
    song = make_song(music / "One.wav")
    ingest(music)
    song.unlink()

    with pytest.raises(CommandError, match="Is its drive mounted"):
        ingest(music)
    music.rmdir()
    with pytest.raises(CommandError, match="1 songs are known from it"):
        ingest(music)
    assert found() == {"One"}

    assert "1 files are gone" in ingest(music, "--forget-missing")
    assert found() == set()


def test_only_what_lies_in_the_folder_is_asked_for(tmp_path):
    for name in ("music", "music 2", "mus%c"):
        make_song(tmp_path / name / "a.wav", seed=len(name))
        ingest(tmp_path / name)
    make_song(tmp_path / "mus%c" / "b.wav", seed=9)
    for name in ("music", "music 2", "mus%c"):
        (tmp_path / name / "a.wav").unlink()

    ingest(tmp_path / "mus%c")

    assert TrackSource.objects.exclude(vanished_at=None).count() == 1


def test_the_player_is_told_kindly_that_a_file_is_gone(client, tmp_path):
    client.force_login(make_user())
    track = make_track("One", audio_path=str(tmp_path / "gone.mp3"))

    answer = client.get(reverse("catalog:play-track", args=[track.uuid]))

    assert answer.status_code == 404
    assert "it plays again once the file is back" in answer.content.decode()


class Watching:
    """What a watch yields, gathered by a thread."""

    def __init__(self, root, **options):
        self.seen = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._gather, args=(root, options))
        self.thread.start()

    def _gather(self, root, options):
        for change in folder_changes(root, stop=self.stop, rest_s=0.3, **options):
            self.seen.append(change)

    def until(self, is_so):
        end = time.monotonic() + 60
        while not is_so(self.seen):
            assert time.monotonic() < end, self.seen
            time.sleep(0.02)

    def parts(self):
        changes = [c for c in self.seen if isinstance(c, Changed)]
        return {part for change in changes for part in change.parts}


@pytest.fixture
def watching():
    started = []

    def start(root, **options):
        watch = Watching(root, **options)
        started.append(watch)
        watch.until(lambda seen: Changed() in seen)
        return watch

    yield start
    for one in started:
        one.stop.set()
    for one in started:
        one.thread.join(60)
        assert not one.thread.is_alive()


@pytest.mark.parametrize("is_polling", [False, True])
def test_a_watch_tells_what_was_added_and_removed(tmp_path, watching, is_polling):
    (tmp_path / "first.txt").touch()
    watch = watching(tmp_path, is_polling=is_polling)
    path = tmp_path / "a.mp3"

    (tmp_path / ".hidden.mp3").touch()
    path.write_bytes(b"x")
    watch.until(lambda _: str(path) in watch.parts())
    watch.seen.clear()
    path.unlink()
    watch.until(lambda _: str(path) in watch.parts())

    assert str(tmp_path / ".hidden.mp3") not in watch.parts()


def test_a_file_that_is_still_written_is_not_told(tmp_path, watching):
    (tmp_path / "first.txt").touch()
    watch = watching(tmp_path)
    path = tmp_path / "a.mp3"

    with path.open("wb") as file:
        for _ in range(20):
            file.write(b"x" * 100)
            file.flush()
            time.sleep(0.1)
            assert str(path) not in watch.parts()
    watch.until(lambda _: str(path) in watch.parts())


def test_a_folder_that_goes_away_is_waited_for_and_looked_through_anew(
    tmp_path, watching
):
    root = tmp_path / "drive"
    root.mkdir()
    (root / "first.txt").touch()
    watch = watching(root)

    root.rename(tmp_path / "elsewhere")
    watch.until(lambda seen: any(isinstance(c, Away) for c in seen))
    (tmp_path / "elsewhere").rename(root)

    watch.until(lambda seen: seen.count(Changed()) == 2)
    (root / "later.mp3").write_bytes(b"x")
    watch.until(lambda _: str(root / "later.mp3") in watch.parts())
