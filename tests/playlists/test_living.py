"""Lists that are refreshed by themselves: when, and only once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from feedback.refusing import never_again_set
from playlists import living
from playlists.edits import Add, Stale
from playlists.living import Every, NotDue, Outcome
from playlists.models import LivingPlaylist
from playlists.services import Author, playlist_create, playlist_edit
from tests.factories import make_track, make_user
from tests.waiting import DEADLINE_S


@pytest.fixture
def playlist():
    playlist = playlist_create(owner=make_user("ada"), title="Evening")
    add(playlist)
    playlist.refresh_from_db()
    return playlist


def add(playlist, author=Author.AGENT):
    track = make_track()
    edits = [Add((track.pk,))]
    return playlist_edit(playlist, edits=edits, author=author, words="rain")


def keep(playlist, every=Every.WEEK, **fields):
    return living.living_keep(
        playlist, every=every, new_percent=50, rest_weeks=4, request={}, **fields
    )


def make_due(playlist, ago=timedelta(minutes=1)):
    """Let its time have come, in the past of a schedule that began then."""
    due = timezone.now() - ago
    LivingPlaylist.objects.filter(playlist=playlist).update(first_at=due, due_at=due)
    return living.living_try(playlist.pk)


@pytest.mark.parametrize(
    ("every", "first", "moment", "expected"),
    [
        ("day", "2026-03-01 08:00", "2026-03-01 08:00", "2026-03-02 08:00"),
        ("week", "2026-03-02 08:00", "2026-03-01 10:00", "2026-03-02 08:00"),
        # After five weeks off: the next of its Mondays, not one for each.
        ("week", "2026-03-02 08:00", "2026-04-07 10:00", "2026-04-13 08:00"),
        ("month", "2026-01-31 08:00", "2026-02-01 00:00", "2026-02-28 08:00"),
        ("month", "2026-01-31 08:00", "2026-02-28 08:00", "2026-03-31 08:00"),
        ("month", "2026-11-30 08:00", "2027-02-28 09:00", "2027-03-30 08:00"),
    ],
)
def test_due_times_keep_their_hour_and_day(every, first, moment, expected):
    def at(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    row = LivingPlaylist(every=every, first_at=at(first))

    assert living.due_after(row, at(moment)) == at(expected)


@pytest.mark.django_db
def test_a_weekday_is_the_next_one_and_a_change_of_share_moves_no_time(playlist):
    held = keep(playlist, weekday=0)
    assert held.due_at.weekday() == 0
    assert timedelta() < held.due_at - timezone.now() <= timedelta(days=7)

    changed = living.living_keep(
        playlist, every=Every.WEEK, new_percent=20, rest_weeks=1, request={}
    )

    assert (changed.due_at, changed.new_percent) == (held.due_at, 20)


@pytest.mark.django_db
def test_what_rests_is_not_due_and_goes_on_in_the_future(playlist):
    keep(playlist)
    make_due(playlist, ago=timedelta(days=30))
    living.living_pause(playlist, is_paused=True)
    assert living.livings_due() == []
    with pytest.raises(NotDue):
        living.living_try(playlist.pk)

    held = living.living_pause(playlist, is_paused=False)

    assert held.due_at > timezone.now()


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_makes_the_version(playlist):
    keep(playlist)
    seen = make_due(playlist)
    track = make_track()
    gate = threading.Barrier(4)
    ended = []

    def refresh():
        row = LivingPlaylist.objects.select_related("playlist").get(pk=seen.pk)
        gate.wait(DEADLINE_S)
        try:
            living.living_refresh(
                row, edits=[Add((track.pk,))], words="weekly refresh", base=2
            )
            ended.append("made")
        except (NotDue, Stale) as error:
            ended.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=refresh) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE_S)

    assert sorted(ended) == ["NotDue", "NotDue", "NotDue", "made"]
    assert playlist.versions.count() == 3
    held = LivingPlaylist.objects.get()
    assert held.due_at > timezone.now()
    assert (held.outcome, held.added, held.removed) == (Outcome.MADE, 1, 0)


@pytest.mark.django_db
def test_a_refresh_counts_no_song_that_is_ruled_out(playlist):
    keep(playlist)
    seen = make_due(playlist)
    new, out = make_track(), make_track()
    never_again_set(user=playlist.owner, track=out)

    version = living.living_refresh(
        seen, edits=[Add((out.pk, new.pk))], words="weekly refresh", base=2
    )

    assert out.pk not in version.track_ids
    assert LivingPlaylist.objects.get().added == 1


@pytest.mark.django_db
def test_a_list_that_was_changed_meanwhile_keeps_its_due_time(playlist):
    keep(playlist)
    seen = make_due(playlist)
    add(playlist, Author.LISTENER)

    with pytest.raises(Stale):
        living.living_refresh(seen, edits=[], words="weekly refresh", base=2)

    assert LivingPlaylist.objects.get().due_at == seen.due_at


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_then_given_up_until_the_next_time(playlist):
    keep(playlist)
    make_due(playlist)
    waits = []
    for _ in range(10):
        row = living.living_try(playlist.pk)
        living.living_fail(row)
        row = LivingPlaylist.objects.get()
        if row.outcome:
            break
        waits.append(row.due_at - timezone.now())
        LivingPlaylist.objects.update(due_at=timezone.now())

    assert waits == sorted(waits)
    assert len(waits) == len(living.WAITS) - 1  # make_due was the first try
    assert (row.outcome, row.is_seen, row.tries) == (Outcome.FAILED, False, 0)
    assert row.due_at > timezone.now()
    assert playlist.versions.count() == 2


@pytest.mark.django_db
def test_songs_rest_for_the_weeks_that_were_chosen(playlist):
    def age(version, **ago):
        before = timezone.now() - timedelta(**ago)
        playlist.versions.filter(pk=version.pk).update(created_at=before)

    long_gone, gone, there = add(playlist), add(playlist), add(playlist)
    age(playlist.versions.get(number=1), weeks=60)
    age(playlist.current, weeks=50)
    for version, weeks in ((long_gone, 40), (gone, 5), (there, 1)):
        playlist.versions.filter(pk=version.pk).update(
            track_ids=[version.track_ids[-1]]
        )
        age(version, weeks=weeks)

    lately = living.songs_lately(playlist, weeks=4)

    # What stood there when the window began counts too.
    assert lately == {gone.track_ids[-1], there.track_ids[-1]}


@pytest.mark.django_db
def test_it_is_known_since_when_a_song_is_there_and_by_whose_hand(playlist):
    by_hand = add(playlist, Author.LISTENER)
    version = add(playlist)

    entered = living.songs_entered(playlist.versions.get(pk=version.pk))

    assert [entered[track].number for track in version.track_ids] == [2, 3, 4]
    assert entered[by_hand.track_ids[-1]].author == Author.LISTENER
