"""A list is refreshed by itself, as it was said, and its listener hears of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chat.models import Conversation
from chat.refresh_queueing import refreshes_sweep
from chat.refreshing import refresh_due
from chat.threads import in_thread
from feedback.models import Reaction
from feedback.services import reaction_set
from playlists.living import Outcome
from playlists.models import LivingPlaylist, Playlist
from tests.chat.test_talk import artists, ids

LONG_AGO = timedelta(days=1)


@pytest.fixture
async def listed(catalog, ada, open_client):
    """A client with a list of ten happy songs."""
    client = await open_client(ada)
    client.first = (await client.say("10 happy songs")).playlist
    return client


@in_thread
def let_time_pass():
    """Let the due time of every list have come, and nobody have been there lately."""
    then = timezone.now() - LONG_AGO
    LivingPlaylist.objects.update(first_at=then, due_at=then)
    Playlist.objects.update(updated_at=then)


async def refreshed(client):
    """Refresh what is due; return the frame that tells of it."""
    await let_time_pass()
    assert await in_thread(refresh_due)() == 1
    return await client.until("playlist")


@in_thread
def living():
    return LivingPlaylist.objects.first()


async def test_half_of_the_list_is_new_each_week_and_undo_brings_back_what_was(listed):
    reply = await listed.say("keep it fresh every week with half new songs")

    assert "every week" in reply.text
    assert "5 of its 10 songs" in reply.text
    held = await living()
    assert (held.every, held.new_percent, held.rest_weeks) == ("week", 50, 8)

    frame = await refreshed(listed)

    before, after = set(ids(listed.first)), set(ids(frame["playlist"]))
    assert len(after) == 10
    assert len(after - before) == 5
    assert frame["change"]["author"] == "agent"
    assert frame["change"]["words"] == "weekly refresh"
    last = frame["playlist"]["refresh"]["last"]
    assert (last["outcome"], last["added"], last["removed"]) == ("made", 5, 5)
    assert last["is_seen"] is False
    # Its time is used up, also for a second look, and it is still asked for the same.
    assert await in_thread(refresh_due)() == 0
    assert (await living()).due_at > timezone.now()

    undone = (await listed.say("undo")).playlist
    assert ids(undone) == ids(listed.first)


async def test_what_was_asked_holds_and_no_song_comes_back_within_the_window(
    catalog, ada, open_client
):
    client = await open_client(ada)
    seen = set(ids((await client.say("4 jazz songs")).playlist))
    await client.say("refresh it daily with all new songs")

    for _ in range(2):
        after = (await refreshed(client))["playlist"]
        assert seen.isdisjoint(ids(after))
        assert all(name.startswith("Jazz") for name in artists(after))
        seen.update(ids(after))

    # Of twelve jazz songs none is left that hasn't been here: that is told, once.
    await let_time_pass()
    await in_thread(refresh_due)()
    state = await client.until("playlist.state")
    assert state["playlist"]["refresh"]["last"]["outcome"] == "nothing_new"
    assert ids(state["playlist"]) == ids(after)


async def test_what_is_liked_stays_and_what_the_listener_put_in_goes_last(listed, ada):
    liked = ids(listed.first)[0]

    @in_thread
    def like():
        from catalog.models import Track

        track = Track.objects.get(uuid=liked)
        reaction_set(user=ada, track=track, value=Reaction.Value.LIKE, words="")

    await like()
    added = (await listed.say("add a metal song")).playlist["tracks"][-1]["id"]
    await listed.send(
        type="playlist.edit",
        playlist=listed.first["id"],
        ops=[{"op": "remove", "tracks": [added]}],
    )
    await listed.until("playlist")
    await listed.send(
        type="playlist.edit",
        playlist=listed.first["id"],
        ops=[{"op": "add", "tracks": [added], "position": 3}],
    )
    await listed.until("playlist")
    await listed.say("refresh it weekly with 80% new songs")

    after = ids((await refreshed(listed))["playlist"])

    # Nine of eleven go; the two that the listener chose aren't among them.
    assert {liked, added} <= set(after)
    assert after.index(added) == 3


async def test_a_list_that_somebody_is_at_waits(listed):
    await listed.say("refresh it daily")
    await let_time_pass()

    @in_thread
    def touch():
        Playlist.objects.update(updated_at=timezone.now())

    await touch()
    await in_thread(refresh_due)()

    held = await living()
    assert held.outcome == Outcome.NONE
    assert timedelta() < held.due_at - timezone.now() < timedelta(minutes=11)


async def test_a_deleted_talk_leaves_what_its_list_is_refreshed_by(listed):
    await listed.say("only jazz")
    await listed.say("refresh it weekly")

    @in_thread
    def forget():
        from chat.services import conversation_delete

        conversation_delete(Conversation.objects.select_related("playlist").get())

    await forget()

    frame = await refreshed(listed)

    assert "seq" not in frame or frame["seq"] is None
    new = [
        t for t in frame["playlist"]["tracks"] if t["id"] in frame["change"]["added"]
    ]
    assert new
    assert all(t["artists"][0].startswith("Jazz") for t in new)


async def test_it_is_paused_resumed_changed_and_stopped_in_words(listed):
    assert "isn't refreshed" in (await listed.say("stop refreshing")).text
    await listed.say("refresh it every day")
    await listed.say("pause the refreshing")
    assert (await living()).is_paused

    await listed.say("resume the refreshing")
    assert not (await living()).is_paused
    await listed.say("refresh it every month with a third new songs")
    held = await living()
    assert (held.every, held.new_percent) == ("month", 33)

    await listed.say("don't refresh it any more")
    assert await living() is None


async def test_an_asked_list_is_kept_fresh_in_one_message(catalog, ada, open_client):
    client = await open_client(ada)

    reply = await client.say(
        "make me a list of 8 jazz songs and refresh it every monday"
    )

    assert len(reply.playlist["tracks"]) == 8
    assert reply.playlist["refresh"]["every"] == "week"
    assert (await living()).due_at.weekday() == 0


async def test_a_list_is_refreshed_at_once_when_that_is_said(listed):
    after = (await listed.say("refresh the list")).playlist

    assert len(set(ids(after)) - set(ids(listed.first))) == 5
    assert await living() is None


async def test_a_notice_is_put_away_for_all_clients(listed, ada, open_client):
    await listed.say("refresh it weekly")
    other = await open_client(ada)
    playlist = (await refreshed(listed))["playlist"]["id"]

    await listed.send(type="refresh.seen", playlist=playlist)

    for client in (listed, other):
        state = await client.until("playlist.state")
        assert state["playlist"]["refresh"]["last"]["is_seen"] is True


async def test_the_sweeper_queues_one_job_for_all_that_is_due(listed, clean_redis):
    import django_rq

    await listed.say("refresh it weekly")
    assert await in_thread(refreshes_sweep)() == 0
    await let_time_pass()

    assert await in_thread(refreshes_sweep)() == 1
    assert await in_thread(refreshes_sweep)() == 1
    queued = django_rq.get_queue("default", serializer="json").get_job_ids()
    assert [name for name in queued if name.startswith("refresh-")] == queued
    assert len(queued) == 1


async def test_a_failing_search_is_told_after_its_last_try(listed, monkeypatch):
    await listed.say("refresh it weekly")

    def broken(*args, **kwargs):
        raise RuntimeError("no search today")

    monkeypatch.setattr("chat.refreshing.renewed", broken)
    for _ in range(10):
        await let_time_pass()
        await in_thread(refresh_due)()
        if (await living()).outcome:
            break

    state = await listed.until("playlist.state")
    while state["playlist"]["refresh"]["last"] is None:
        state = await listed.until("playlist.state")
    assert state["playlist"]["refresh"]["last"]["outcome"] == "failed"
    assert ids(state["playlist"]) == ids(listed.first)
