"""The pages of tracks: what a list shows and costs, and what a page tells."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from catalog.duplicates import near_artists, probable_duplicates
from catalog.models import (
    EmbeddingFailure,
    EmbeddingWanted,
    Space,
    Track,
    TrackSource,
)
from feedback.services import Value, reaction_set
from tests.catalog.admin.conftest import staff
from tests.factories import make_artist, make_audio_space, make_track, make_user, place

pytestmark = pytest.mark.django_db
LIST = "/admin/catalog/track/"


def shown(answer):
    """Return the titles in a list, from the top."""
    return [track.title for track in answer.context["cl"].result_list]


def change(track):
    return f"{LIST}{track.pk}/change/"


def test_the_list_costs_the_same_for_few_tracks_and_for_many(
    admin_client, django_assert_num_queries
):
    # Session, user; choices of sources, decades and languages; the count; tracks,
    # credits, artists, sources.
    for _ in range(2):
        for _ in range(12):
            make_track(genres=("jazz",))
        with django_assert_num_queries(10):
            assert admin_client.get(LIST).status_code == 200


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("audio=yes", ["Heard"]),
        ("audio=no", ["Table"]),
        ("audio=vanished", ["Gone"]),
        ("vector=audio", ["Heard"]),
        ("vector=no-audio", ["Gone", "Table"]),
        ("decade=1990", ["Heard"]),
        ("decade=none", ["Gone"]),
        ("genre=jazz", ["Table"]),
        ("from=table:spotify-features", ["Table"]),
        ("language=pt", ["Gone"]),
        ("version=live", ["Gone"]),
        ("is_explicit__exact=1", ["Table"]),
        ("q=heard&audio=yes", ["Heard"]),
        ("decade=nonsense", ["Gone", "Heard", "Table"]),
    ],
)
def test_a_filter_keeps(admin_client, query, titles):
    space = make_audio_space(4)
    heard = make_track("Heard", audio_path="a.ogg", year=1994)
    place(space, heard, [1, 0, 0, 0])
    table = make_track("Table", year=1961, genres=("bebop",), is_explicit=True)
    TrackSource.objects.create(
        track=table, kind="table", origin="spotify-features", key="x"
    )
    make_track(
        "Gone",
        audio_path="b.ogg",
        vanished_at=timezone.now(),
        language="pt",
        version="live",
    )

    assert sorted(shown(admin_client.get(f"{LIST}?{query}"))) == titles


def test_a_page_plays_and_tells_sources_spaces_kin_and_neighbours(admin_client):
    space = make_audio_space(4)
    track = make_track(
        "Blue Hour",
        artist="Ada Lane",
        audio_path="a.ogg",
        tempo_bpm=92.04,
        pitch_class=3,
        attribute_sources={"tempo_bpm": "measured"},
        song_key="blue hour | ada lane",
    )
    near, far = make_track("Near One"), make_track("Far One")
    place(space, track, [1, 0, 0, 0])
    place(space, near, [1, 0.2, 0, 0])
    place(space, far, [-1, 0.1, 0, 0])
    live = make_track("Blue Hour Live", version="live", song_key=track.song_key)

    page = admin_client.get(change(track)).content.decode()

    assert f'src="/tracks/{track.uuid}/audio"' in page
    assert re.search(r"92\.0</td>\s*<td>BPM</td>\s*<td>measured</td>", page)
    assert re.search(r"E flat</td>\s*<td>–</td>\s*<td>not said</td>", page)
    assert change(live) in page
    assert page.index(change(near)) < page.index(change(far))
    assert "test-audio</a> (current)" in page


def test_a_page_says_why_a_track_is_not_in_a_space(admin_client):
    space = make_audio_space(4)
    track = make_track()
    EmbeddingFailure.objects.create(track=track, space=space, reason="Too short.")

    page = admin_client.get(change(track)).content.decode()

    assert "failed 1 times: Too short." in page
    assert "It has no audio here." in page


def test_a_page_costs_the_same_whatever_stands_near(
    admin_client, django_assert_max_num_queries
):
    space = make_audio_space(4)
    tracks = [make_track(song_key="same | song") for _ in range(15)]
    for n, track in enumerate(tracks):
        place(space, track, [1, n / 10, 0, 0])

    with django_assert_max_num_queries(26):
        assert admin_client.get(change(tracks[0])).status_code == 200


def test_an_attribute_that_a_curator_sets_says_so(admin_client):
    track = make_track("Blue Hour", artist="Ada Lane", energy=0.5)
    page = admin_client.get(change(track))
    form = page.context["adminform"].form
    data = {k: "" if v is None else v for k, v in form.initial.items()}
    credit = track.credits.get()
    data |= {
        "tags": [],
        "energy": "0.8",
        "is_explicit": "unknown",
        "is_major": "unknown",
        "credits-TOTAL_FORMS": 1,
        "credits-INITIAL_FORMS": 1,
        "credits-0-id": credit.pk,
        "credits-0-track": track.pk,
        "credits-0-artist": credit.artist_id,
        "credits-0-position": 0,
    }

    answer = admin_client.post(change(track), data)

    assert answer.status_code == 302, answer.context["errors"]
    track.refresh_from_db()
    assert (track.energy, track.attribute_sources) == (0.8, {"energy": "curator"})


def make_pair(seconds=0, **other):
    """Make two tracks of one song whose lengths differ by so much."""
    same = {"artist": "Ada", "song_key": "blue hour | ada"}
    one = make_track("Blue Hour", **same)
    two = make_track(
        "Blue hour", **same, **{"duration_ms": 180_000 + 1000 * seconds, **other}
    )
    return one, two


@pytest.mark.parametrize(
    ("other", "is_probable"),
    [
        ({}, True),
        ({"duration_ms": 182_999}, True),
        ({"duration_ms": 184_000}, False),
        ({"duration_ms": None}, True),
        ({"version": "live"}, False),
        ({"version": "remix", "version_detail": "bob"}, False),
    ],
)
def test_duplicates_are_of_one_song_version_and_length(other, is_probable):
    pair = make_pair(**other)
    make_track("Another", song_key="another | ada")

    found = set(probable_duplicates(Track.objects.all()))

    assert found == (set(pair) if is_probable else set())


def test_artists_of_nearly_one_name_are_found():
    near = [
        make_artist(name)
        for name in ("Beach Boys", "The Beachboys", "Ada Lane", "Lane, Ada")
    ]
    make_artist("Bob Reed")

    assert sorted(near_artists()) == sorted(artist.pk for artist in near)


def test_selected_tracks_are_compared_and_then_merged(admin_client):
    keep, other = make_pair(seconds=1, isrc="BBBBB0000002")
    chosen = {"action": "merge", "_selected_action": [keep.pk, other.pk]}

    asked = admin_client.post(LIST, chosen)
    assert Track.objects.count() == 2
    facts = {fact.label: fact for fact in asked.context["facts"]}
    assert facts["Length"].values == ("3:00", "3:01")
    assert facts["Length"].differs
    assert not facts["Artists"].differs
    answer = admin_client.post(LIST, chosen | {"keep": other.pk}, follow=True)

    assert Track.objects.get() == other
    assert f"Merged with Blue Hour (#{keep.pk})." in answer.content.decode()
    entry = LogEntry.objects.get()
    assert (entry.object_id, "Merged" in entry.change_message) == (str(other.pk), True)


def test_one_track_or_too_many_are_not_merged(admin_client):
    tracks = [make_track() for _ in range(21)]
    for chosen in (tracks[:1], tracks):
        data = {"action": "merge", "_selected_action": [t.pk for t in chosen]}

        answer = admin_client.post(LIST, data, follow=True)

        assert "Select 2 to 20" in answer.content.decode()
    assert Track.objects.count() == 21


def test_near_artists_are_listed_and_merged(admin_client):
    keep, other = make_artist("Beach Boys"), make_artist("Beachboys")
    url = "/admin/catalog/artist/"
    listed = admin_client.get(f"{url}?duplicates=probable")
    assert len(listed.context["cl"].result_list) == 2
    data = {"action": "merge", "_selected_action": [keep.pk, other.pk]}

    admin_client.post(url, data | {"keep": keep.pk})

    assert list(keep.aliases.values_list("name", flat=True)) == ["Beachboys"]


def test_tracks_are_embedded_anew_in_the_current_space(admin_client, clean_redis):
    space = make_audio_space(4)
    heard, silent = make_track(audio_path="a.ogg"), make_track()
    data = {"action": "embed_again", "_selected_action": [heard.pk, silent.pk]}

    answer = admin_client.post(LIST, data, follow=True)

    assert list(EmbeddingWanted.objects.values_list("track", "space")) == [
        (heard.pk, space.pk)
    ]
    assert Space.objects.get().is_filling
    text = answer.content.decode()
    assert "1 tracks will be embedded anew in test-audio. 1 have no audio." in text


def test_deleting_tells_what_goes_along_and_then_does_it(admin_client):
    track = make_track("Blue Hour")
    reaction_set(user=make_user(), track=track, value=Value.LIKE)

    asked = admin_client.get(f"{LIST}{track.pk}/delete/").content.decode()
    assert "1 reactions of listeners" in asked
    assert "ada likes" not in asked
    admin_client.post(f"{LIST}{track.pk}/delete/", {"post": "yes"})

    assert not Track.objects.exists()


def test_who_may_only_look_neither_merges_nor_deletes(client):
    viewer = staff(client, "view_track")
    one, two = make_pair()
    data = {"action": "merge", "_selected_action": [one.pk, two.pk], "keep": one.pk}

    assert viewer.get(LIST).status_code == 200
    assert viewer.get(change(one)).status_code == 200
    viewer.post(LIST, data)
    assert viewer.post(f"{LIST}{one.pk}/delete/", {"post": "yes"}).status_code == 403

    assert Track.objects.count() == 2


def test_staff_without_permission_see_nothing(client):
    nobody = staff(client)
    track = make_track()

    for url in (LIST, change(track), "/admin/catalog/ingestrun/progress.json"):
        assert nobody.get(url).status_code == 403


def test_a_merge_needs_a_post_from_the_site_itself(admin_client):
    one, two = make_pair()
    admin_client.handler.enforce_csrf_checks = True
    data = {"action": "merge", "_selected_action": [one.pk, two.pk], "keep": one.pk}

    assert admin_client.post(LIST, data).status_code == 403
    assert admin_client.get(LIST, data).status_code in (200, 302)
    assert Track.objects.count() == 2


def test_a_list_counts_no_further_than_it_shows():
    from catalog.admin.paging import CappedPaginator

    for _ in range(3):
        make_track()
    rows = Track.objects.order_by("pk")

    assert CappedPaginator(rows, 2).count == 3
    assert CappedPaginator(rows, 2).num_pages == 2


def test_times_are_told_as_people_say_them():
    from catalog.admin.words import duration_words, span_words

    assert [duration_words(ms) for ms in (None, 0, 59_600, 181_000)] == [
        "",
        "0:00",
        "1:00",
        "3:01",
    ]
    spans = [span_words(timedelta(seconds=s)) for s in (-1, 40, 200, 7500)]
    assert spans == ["0 s", "40 s", "3 min 20 s", "2 h 5 min"]
