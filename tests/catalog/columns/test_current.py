"""The view of this process is what the database says now."""

import threading

import numpy as np
import pytest
from django.db import connection, transaction
from django.utils import timezone

from catalog.columns.changes import changes_since
from catalog.columns.current import columns_forget, current_columns
from catalog.columns.postings import text_key
from catalog.models import Artist, Tag, Track, TrackArtist, TrackChange
from catalog.search.engine import search_tracks
from catalog.search.query import Filters, Query
from catalog.spaces import space_ensure, space_make_current
from tests.factories import make_audio_space, make_track, place
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh():
    columns_forget()
    yield
    columns_forget()


def found_ids():
    view = current_columns().view
    return sorted(view.ids[view.is_there].tolist())


def row_of(track):
    view = current_columns().view
    (row,) = view.rows_of([track.pk]).tolist()
    return view, row


def test_a_new_track_is_there_at_the_next_look():
    first = make_track("Rain")
    assert found_ids() == [first.pk]

    second = make_track("Snow")

    assert found_ids() == [first.pk, second.pk]
    assert current_columns().view.count == 2


def test_a_look_at_nothing_new_keeps_the_view():
    make_track()

    assert current_columns().view is current_columns().view


def test_what_changed_is_as_it_is_now():
    track = make_track("Rain", year=1990)
    current_columns()

    Track.objects.filter(pk=track.pk).update(year=2001, energy=0.25, key="sun")

    view, row = row_of(track)
    assert view.number("year")[row] == 2001
    assert view.number("energy")[row] == 0.25
    assert np.isnan(view.number("valence")[row])
    assert row in view.rows_with("title", [text_key("sun")])


@pytest.mark.parametrize("way", ["vanished", "deleted"])
def test_what_is_gone_is_not_there(way):
    track, other = make_track("Rain"), make_track("Snow")
    current_columns()

    if way == "vanished":
        Track.objects.filter(pk=track.pk).update(vanished_at=timezone.now())
    else:
        track.delete()

    assert found_ids() == [other.pk]


def test_credits_tags_and_vectors_are_changes_too():
    space = make_audio_space(2)
    track = make_track("Rain")
    current_columns()

    ada = Artist(name="Ada")
    ada.save()
    TrackArtist.objects.create(track=track, artist=ada, position=1)
    calm = Tag.objects.create(kind="mood", name="calm", key="calm")
    track.tags.add(calm)
    place(space, track, [0.6, 0.8])

    view, row = row_of(track)
    assert view.rows_with("artist", [ada.pk]).tolist() == [row]
    assert view.rows_with("tag", [calm.pk]).tolist() == [row]
    assert view.flag("has_words")[row]
    assert not view.flag("has_genre")[row]
    assert view.vectors(space.pk, np.array([row]))[row] == pytest.approx([0.6, 0.8])
    track.tags.clear()
    view, row = row_of(track)
    assert row not in view.rows_with("tag", [calm.pk])


def test_what_a_transaction_takes_back_was_never_there():
    kept = make_track("Rain")
    current_columns()

    with transaction.atomic():
        made = make_track("Snow")
        assert found_ids() == [kept.pk, made.pk]
        transaction.set_rollback(True)

    assert found_ids() == [kept.pk]


def test_a_transaction_that_commits_late_is_not_missed():
    make_track("Rain")
    is_written, may_commit = threading.Event(), threading.Event()

    def write_slowly():
        try:
            with transaction.atomic():
                make_track("Slow")
                is_written.set()
                assert may_commit.wait(60)
        finally:
            connection.close()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    try:
        assert is_written.wait(60)
        # Begun later and committed before: a reader that counts up would miss the slow.
        make_track("Quick")
        current_columns()
        current_columns()
    finally:
        may_commit.set()
        thread.join()

    titles = Track.objects.filter(pk__in=found_ids()).values_list("title", flat=True)
    assert sorted(titles) == ["Quick", "Rain", "Slow"]


def test_changes_that_were_seen_do_not_come_again():
    make_track("Rain")
    first = changes_since(None)
    track = make_track("Snow")

    second = changes_since(first.mark)
    third = changes_since(second.mark)

    assert first.tracks is None
    # Others' transactions on this server may bring what the first look saw once more.
    assert track.pk in second.tracks
    assert list(third.tracks) == []


def test_an_emptied_table_is_read_anew():
    make_track("Rain")
    current_columns()

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE catalog_track, catalog_trackchange CASCADE")

    assert found_ids() == []


def test_bulk_writes_leave_one_change_for_each_track():
    current_columns()
    before = TrackChange.objects.count()
    with transaction.atomic():
        tracks = Track.objects.bulk_create(
            Track(title=f"Song {n}", key=f"song {n}", source="table") for n in range(9)
        )
        Track.objects.filter(pk__in=[t.pk for t in tracks]).update(year=1999)

    assert TrackChange.objects.count() - before == 9
    assert len(found_ids()) == 9


def test_a_space_that_becomes_current_brings_its_vectors():
    first = make_audio_space(2)
    track = make_track("Rain")
    place(first, track, [1.0, 0.0])
    assert current_columns().audio == first
    second = make_other_space()
    place(second, track, [0.0, 1.0, 0.0])

    space_make_current(second)

    current = current_columns()
    assert current.audio == second
    rows = current.view.rows_of([track.pk])
    assert current.view.cosines(
        second.pk, rows, np.array([0, 1, 0], np.float32)
    ) == pytest.approx([1.0])


def make_other_space():
    return space_ensure(
        slug="other",
        kind="audio",
        model_id="other",
        revision="1",
        dimensions=3,
        make_current=False,
    )


def test_very_many_changes_are_read_behind_a_search_that_stays_true(monkeypatch):
    monkeypatch.setattr("catalog.columns.current.READ_AT_ONCE", 3)
    make_audio_space(2)
    tracks = [make_track(year=1990 + n % 2) for n in range(6)]
    of_1990 = Query(filters=Filters(year_from=1990, year_to=1990), may_relax=False)
    assert found_by(of_1990) == {t.pk for t in tracks if t.year == 1990}
    is_held, may_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold_vectors, args=(is_held, may_go))
    holder.start()
    try:
        assert is_held.wait(60)
        with transaction.atomic():
            for track in tracks[1:]:
                Track.objects.filter(pk=track.pk).update(year=3981 - track.year)

        # The thread waits for the vectors, so the view is still as it was.
        assert current_columns().is_behind
        assert found_by(of_1990) == {tracks[0].pk}
    finally:
        may_go.set()
        holder.join()

    until(lambda: not current_columns().is_behind, "nobody reads what changed")
    now = {tracks[0].pk, *(t.pk for t in tracks if t.year == 1991)}
    assert found_by(of_1990) == now


def found_by(query):
    return {hit.track_id for hit in search_tracks(query).hits}


def hold_vectors(is_held, may_go):
    """Keep everyone from reading vectors, on a connection of its own."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE catalog_embedding IN ACCESS EXCLUSIVE MODE")
            is_held.set()
            assert may_go.wait(60)
    finally:
        connection.close()
