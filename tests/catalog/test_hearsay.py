"""A new version of what artists are known for reaches documents that are there."""

import numpy as np
import pytest

from catalog import hearsay, known_artists, known_songs
from catalog.documents import known_tracks, track_document
from catalog.hearsay import hearsay_is_due, hearsay_work
from catalog.hearsay_queueing import JOB_ID, hearsay_sweep
from catalog.jobs import write_hearsay
from catalog.models import Embedding, Hearsay, Space, Track
from catalog.slots import is_job_waiting
from catalog.spaces import embeddings_store
from tests.factories import make_track

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Return a function that ships other lists of known artists."""

    def forget():
        for cached in (
            known_artists._genres_by_artist,
            known_artists._decades_by_artist,
            known_artists.artists_known_for,
            known_songs._words_by_song,
            hearsay.hearsay_version,
        ):
            cached.cache_clear()

    def ship(*lines, eras=(), songs=()):
        for module, name, rows in (
            (known_artists, "DATA", lines),
            (known_artists, "ERAS", eras),
            (known_songs, "DATA", songs),
        ):
            path = tmp_path / f"{module.__name__}.{name}"
            path.write_text("\n".join(rows) + "\n", encoding="utf-8")
            monkeypatch.setattr(module, name, path)
        forget()

    yield ship
    monkeypatch.undo()
    forget()


@pytest.fixture
def tracks(shipped):
    """Three tracks, as imported under the first list: one tagged, one by a stranger."""
    shipped("country\tJohnny Cash")
    made = [
        make_track("Hurt", artist="Johnny Cash"),
        make_track("One", artist="Johnny Cash", genres=("folk",)),
        make_track("Lemon Sky", artist="The Velvet Foxes"),
    ]
    space = Space.objects.create(
        slug="t", kind=Space.Kind.TEXT, model_id="t", revision="1", dimensions=4
    )
    for track in made:
        track.document = track_document(known_tracks([track.pk])[track.pk])
        track.save(update_fields=["document"])
    pks = [track.pk for track in made]
    embeddings_store(space, pks, np.eye(4, dtype=np.float32)[:3])
    assert hearsay_work() == 0
    return made


def documents(tracks):
    held = dict(Track.objects.values_list("pk", "document"))
    return [held[track.pk] for track in tracks]


def test_only_what_changed_is_written_anew_and_loses_its_vector(tracks, shipped):
    before = documents(tracks)
    shipped("outlaw country\tJohnny Cash", "dream pop\tThe Velvet Foxes")

    assert hearsay_is_due()
    assert hearsay_work() == 2

    after = documents(tracks)
    assert after[0] == "Hurt by Johnny Cash. Known for: outlaw country."
    assert after[1] == before[1]
    assert after[2] == "Lemon Sky by The Velvet Foxes. Known for: dream pop."
    assert [e.track_id for e in Embedding.objects.all()] == [tracks[1].pk]
    assert not hearsay_is_due()


def test_when_artists_were_reaches_songs_without_a_year(tracks, shipped):
    shipped("country\tJohnny Cash", eras=["1950s\tJohnny Cash", "2000s\tJohnny Cash"])

    assert hearsay_work() == 2

    after = documents(tracks)
    assert after[0].endswith(". Known for: country. Heyday: 50s, fifties, 2000s.")
    assert after[1].endswith(". Genre: folk. Heyday: 50s, fifties, 2000s.")
    shipped("country\tJohnny Cash")
    assert hearsay_work() == 2
    assert "Heyday" not in "".join(documents(tracks))


def test_an_artist_that_left_the_list_is_known_for_nothing_again(tracks, shipped):
    shipped("dream pop\tSomebody Else")

    assert hearsay_work() == 1

    assert documents(tracks)[0] == "Hurt by Johnny Cash."


def test_work_that_was_broken_off_goes_on_where_it_was(tracks, shipped, monkeypatch):
    shipped("outlaw country\tJohnny Cash", "dream pop\tThe Velvet Foxes")
    monkeypatch.setattr(hearsay, "CHUNK", tracks[0].pk)
    asked = []

    left = hearsay_work(is_stopping=lambda: asked.append(1) or len(asked) > 1)

    assert left is None
    assert Hearsay.objects.get().upto == tracks[0].pk
    assert "outlaw" in documents(tracks)[0]
    monkeypatch.undo()
    shipped("outlaw country\tJohnny Cash", "dream pop\tThe Velvet Foxes")
    assert hearsay_work() == 1
    assert "dream pop" in documents(tracks)[2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("clean_redis")
def test_the_sweeper_queues_it_once_and_the_job_does_it(tracks, shipped):
    assert hearsay_sweep() == 0
    shipped("outlaw country\tJohnny Cash")

    assert hearsay_sweep() == 1
    assert hearsay_sweep() == 0
    assert is_job_waiting(JOB_ID)
    write_hearsay()

    assert "outlaw" in documents(tracks)[0]
    # What lost its vector is made anew by the next job.
    assert is_job_waiting("texts-")


def test_an_empty_catalog_has_nothing_to_be_told():
    assert not hearsay_is_due()
