"""The map is drawn from the catalog, drawn anew when outgrown, and never half."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from catalog.advisory import Lock, try_session_lock
from catalog.jobs import draw_map
from catalog.maps import making
from catalog.maps.making import map_is_due, map_make
from catalog.maps.packing import places_unpacked
from catalog.maps.queueing import JOB_ID, map_progress, maps_sweep, progress_teller
from catalog.maps.reading import map_current, map_ids, songs_on
from catalog.models import CatalogMap, Embedding, Space, Track
from catalog.slots import is_job_waiting
from catalog.spaces import embeddings_store, space_ensure, space_make_current
from tests import site
from tests.factories import make_catalog, make_track, place
from tests.waiting import until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Lay out in few steps: what is tested here is where the map goes."""
    from catalog.maps import layout

    monkeypatch.setattr(layout, "GATHERING", 30)
    monkeypatch.setattr(layout, "UNFOLDING", 40)


@pytest.fixture
def catalog():
    make_catalog()
    return Space.objects.get(slug="test-audio")


def body_of(made):
    return gzip.decompress(CatalogMap.objects.get(pk=made.pk).body)


def header_of(body):
    return json.loads(body[8 : 8 + int.from_bytes(body[4:8], "little")])


def grow(space, count):
    chance = np.random.default_rng(9)
    for _ in range(count):
        place(space, make_track(), chance.normal(size=space.dimensions))


def test_every_song_is_on_the_map_with_what_its_dot_tells(
    catalog, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30):
        made = map_make()

    body = body_of(made)
    header = header_of(body)
    count = Track.objects.count()
    assert (made.count, made.by_words, made.left_out) == (count, 0, 0)
    assert header["map"] == made.pk
    assert header["count"] == count == 96
    assert {"jazz", "folk", "hip hop"} <= set(header["genres"])
    assert list(map_ids(made.pk)) == sorted(Track.objects.values_list("pk", flat=True))


def test_songs_of_a_genre_lie_together(catalog):
    made = map_make()

    places = places_unpacked(body_of(made))
    groups = places.reshape(8, 12, 2)
    within = np.linalg.norm(groups - groups.mean(1, keepdims=True), axis=2).mean()
    assert within < 0.5 * np.linalg.norm(places - places.mean(0), axis=1).mean()


def test_the_same_catalog_gives_the_same_map(catalog):
    first = places_unpacked(body_of(map_make()))
    CatalogMap.objects.all().delete()

    again = places_unpacked(body_of(map_make()))

    assert np.array_equal(first, again)


def test_a_map_drawn_anew_is_turned_as_the_one_before(catalog):
    first = map_make()
    old = places_unpacked(body_of(first))
    # As a drawing that came out upside down.
    body = bytearray(gzip.decompress(first.body))
    start = len(body) - 7 * 96
    for column in (0, 1):
        steps = np.frombuffer(body, "<u2", 96, offset=start + 192 * column)
        body[start + 192 * column : start + 192 * (column + 1)] = (
            (65535 - steps).astype("<u2").tobytes()
        )
    CatalogMap.objects.update(body=gzip.compress(bytes(body)))

    again = places_unpacked(body_of(map_make()))

    assert np.abs(again - (1 - old)).max() < 0.03


def test_a_fifth_more_songs_or_another_space_outgrow_a_map(catalog):
    assert map_is_due()
    map_make()
    assert not map_is_due()
    grow(catalog, 19)
    assert not map_is_due()
    grow(catalog, 1)
    assert map_is_due()

    map_make()
    other = space_ensure(
        slug="other", kind="audio", model_id="other", revision="1", dimensions=4
    )
    ids = list(Track.objects.values_list("pk", flat=True))
    vectors = np.random.default_rng(2).normal(size=(len(ids), 4)).astype(np.float32)
    embeddings_store(other, ids, vectors)
    space_make_current(other)
    assert map_is_due()


def test_songs_without_audio_go_over_the_bridge_or_are_left_out(catalog, bridged):
    silent = [make_track(f"Silent {n}") for n in range(3)]
    nameless = make_track("No vector at all")
    text = Space.objects.get(kind=Space.Kind.TEXT)
    rows = np.eye(384, dtype=np.float32)[:3]
    embeddings_store(text, [track.pk for track in silent], rows)

    made = map_make()

    assert (made.count, made.by_words, made.left_out) == (99, 3, 1)
    on_map = songs_on(made.pk, [silent[0].pk, nameless.pk])
    assert list(on_map) == [silent[0].pk]


def test_where_nobody_listened_the_map_is_one_of_words(catalog):
    ids = list(Track.objects.values_list("pk", flat=True))
    Embedding.objects.all().delete()
    text = space_ensure(
        slug="words", kind="text", model_id="w", revision="1", dimensions=6
    )
    vectors = np.random.default_rng(2).normal(size=(len(ids), 6)).astype(np.float32)
    embeddings_store(text, ids, vectors)

    assert map_make().space == text


def test_a_drawing_that_is_stopped_leaves_the_map_before(catalog):
    before = map_make()
    asked = iter([False] * 5 + [True] * 1000)

    assert map_make(is_stopping=lambda: next(asked)) is None

    assert map_current() == before


def test_a_drawing_that_breaks_leaves_the_map_before(catalog, monkeypatch):
    before = map_make()
    monkeypatch.setattr(making, "digest_of", lambda body: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        map_make()

    assert map_current() == before
    assert map_ids(before.pk).size == 96


def test_more_songs_than_are_laid_out_lie_amid_those(catalog, monkeypatch):
    monkeypatch.setattr(making, "LAID_OUT", 60)

    made = map_make()

    places = places_unpacked(body_of(made))
    assert made.count == 96
    assert len(np.unique(places, axis=0)) > 60


@pytest.mark.django_db(transaction=True)
def test_the_sweeper_queues_a_drawing_once_and_the_job_draws(catalog):
    assert maps_sweep() == 1
    assert is_job_waiting(JOB_ID)
    assert maps_sweep() == 0

    draw_map()

    first = map_current()
    assert first.count == 96
    draw_map()
    assert map_current() == first


def test_progress_is_told_while_somebody_draws(catalog):
    tell = progress_teller()
    tell(0.4)

    assert map_progress() is None
    with try_session_lock(Lock.MAP, 0):
        assert map_progress() == 0.4
        assert maps_sweep() == 0


def test_the_command_draws_and_reports_and_spares_a_good_map(catalog):
    out = io.StringIO()
    call_command("map_catalog", stdout=out)
    first = map_current()
    call_command("map_catalog", stdout=out)
    assert map_current() == first

    call_command("map_catalog", again=True, stdout=out)

    assert "The map shows 96 songs" in out.getvalue()
    assert "still good" in out.getvalue()
    assert map_current() != first


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_process_that_is_ended_leaves_the_map_before_and_its_lock(catalog, number):
    before = map_make()
    command = [sys.executable, "manage.py", "map_catalog", "--again"]
    database = {"DATABASE_URL": site.tests_database_url()}
    with transaction.atomic(), connection.cursor() as cursor:
        # It asks for the map before it turns its own by that one, and is met there.
        cursor.execute("LOCK TABLE catalog_catalogmap IN ACCESS EXCLUSIVE MODE")
        drawing = subprocess.Popen(
            command,
            cwd=site.ROOT,
            env={**os.environ, **database},
            stdout=subprocess.PIPE,
        )
        until(lambda: (map_progress() or 0) > 0.88, "nobody draws")
        drawing.send_signal(number)
        told = drawing.communicate()[0].decode()

    assert map_current() == before
    until(lambda: map_progress() is None, "the lock outlives its holder")
    if number == signal.SIGINT:
        assert "The map is as it was before" in told
        assert drawing.returncode == 0


def test_the_command_says_that_there_is_nothing_to_draw():
    with pytest.raises(CommandError, match="24 songs are needed"):
        call_command("map_catalog")


@pytest.fixture
def bridged(catalog):
    """A text space, and a bridge from it that somebody has learned."""
    from catalog.encoders.text import text_encoder
    from catalog.fitted import fitted_save
    from catalog.ingest.current import text_space_ensure

    text_space_ensure()
    chance = np.random.default_rng(4)
    weights = chance.normal(size=(384, catalog.dimensions)).astype(np.float32)
    fitted_save(
        catalog,
        {
            "bridge_weights": weights,
            "bridge_text_mean": np.zeros(384, np.float32),
            "bridge": {"text_model": text_encoder().model_id},
        },
    )
