"""The pages of tracks: what a list shows and costs, and what a page tells."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.duplicates import near_artists, probable_duplicates
from catalog.models import (
    Album,
    EmbeddingFailure,
    EmbeddingWanted,
    Space,
    Track,
    TrackSource,
)
from catalog.spaces import space_ensure
from feedback.services import Value, reaction_set
from tests.catalog.admin.conftest import form_data, staff
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
        ("version__exact=", ["Heard", "Table"]),
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
    admin_client, django_assert_num_queries
):
    space = make_audio_space(4)
    track, *near = [make_track(song_key="same | song") for _ in range(3)]
    for n, other in enumerate((track, *near)):
        place(space, other, [1, n / 10, 0, 0])
    # The first one reads what is new into the columns of vectors.
    admin_client.get(change(track))
    with CaptureQueriesContext(connection) as few:
        admin_client.get(change(track))
    count = len(few)
    assert count < 40

    for n in range(12):
        place(space, make_track(song_key="same | song"), [1, 0, n / 10, 0])
        TrackSource.objects.create(track=track, kind="file", key=f"/{n}.ogg")

    admin_client.get(change(track))
    with django_assert_num_queries(count):
        assert admin_client.get(change(track)).status_code == 200


def test_an_attribute_that_a_curator_sets_says_so(admin_client):
    track = make_track("Blue Hour", artist="Ada Lane", energy=0.5)
    data = form_data(admin_client.get(change(track))) | {"energy": "0.8"}

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


def test_a_track_between_two_lengths_is_a_duplicate_of_both_and_a_far_one_of_none():
    lengths = (180_000, 182_000, 184_000, 190_000)
    same = {"artist": "Ada", "song_key": "blue hour | ada"}
    tracks = [make_track("Blue Hour", **same, duration_ms=ms) for ms in lengths]

    found = probable_duplicates(Track.objects.filter(duration_ms__lt=184_000))

    assert set(found) == set(tracks[:2])
    assert set(probable_duplicates(Track.objects.all())) == set(tracks[:3])


def test_artists_of_nearly_one_name_are_found():
    near = [
        make_artist(name)
        for name in ("Beach Boys", "The Beachboys", "Ada Lane", "Lane, Ada")
    ]
    make_artist("Bob Reed")

    assert sorted(near_artists()) == sorted(artist.pk for artist in near)


def test_selected_tracks_are_compared_and_then_merged(admin_client):
    keep, other = make_pair(seconds=1, isrc="BBBBB0000002")
    reaction_set(user=make_user(), track=other, value=Value.LIKE)
    place(make_audio_space(4), keep, [1, 0, 0, 0])
    chosen = {"action": "merge", "_selected_action": [keep.pk, other.pk]}

    asked = admin_client.post(LIST, chosen)
    assert Track.objects.count() == 2
    facts = {fact.label: fact for fact in asked.context["facts"]}
    assert facts["Reactions of listeners"].values == ("", "1")
    assert facts["Reactions of listeners"].moves
    assert facts["Vectors in"].values == ("test-audio", "")
    assert facts["Length"].values == ("3:00", "3:01")
    assert facts["Length"].differs
    assert not facts["Artists"].differs
    answer = admin_client.post(LIST, chosen | {"keep": other.pk}, follow=True)

    assert Track.objects.get() == other
    assert f"Merged with Blue Hour (#{keep.pk})." in answer.content.decode()
    entry = LogEntry.objects.get()
    assert (entry.object_id, "Merged" in entry.change_message) == (str(other.pk), True)


def test_two_recordings_are_not_even_asked_about(admin_client):
    keep, other = make_pair(version="live")
    chosen = {"action": "merge", "_selected_action": [keep.pk, other.pk]}

    for more in ({}, {"keep": keep.pk}):
        answer = admin_client.post(LIST, chosen | more, follow=True)

        assert "They are different versions: Live and Original." in (
            answer.content.decode()
        )
    assert Track.objects.count() == 2
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("name", ["artist", "album", "tag"])
def test_the_tracks_of_one_row_are_a_link_away(admin_client, name):
    make_track("Another", genres=("folk",))
    album = Album.objects.create(title="Lemon")
    track = make_track("Blue Hour", artist="Ada", genres=("jazz",), album=album)
    row = {
        "artist": track.artists.get(),
        "album": album,
        "tag": track.tags.get(),
    }[name]
    url = f"{LIST}?{name}={row.pk}"

    assert (
        f'href="{url}"'
        in admin_client.get(f"/admin/catalog/{name}/{row.pk}/change/").content.decode()
    )
    assert shown(admin_client.get(url)) == ["Blue Hour"]
    assert shown(admin_client.get(f"{LIST}?{name}=999999")) == []
    assert shown(admin_client.get(f"{LIST}?{name}=nonsense")) == []


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


def make_encoder_space(slug, **fields):
    """Make an audio space that the descriptors could fill."""
    return space_ensure(
        slug=slug,
        kind="audio",
        model_id=slug,
        revision=slug,
        dimensions=4,
        encoder="descriptors",
        **fields,
    )


def test_tracks_are_embedded_anew_in_the_space_that_is_chosen(
    admin_client, clean_redis
):
    current = make_encoder_space("one")
    other = make_encoder_space("two", make_current=False)
    heard, silent = make_track(audio_path="a.ogg"), make_track()
    data = {"action": "embed_again", "_selected_action": [heard.pk, silent.pk]}

    asked = admin_client.post(LIST, data)
    assert asked.context["spaces"] == [current, other]
    answer = admin_client.post(LIST, data | {"space": other.pk}, follow=True)

    wanted = EmbeddingWanted.objects.values_list("track", "space")
    assert list(wanted) == [(heard.pk, other.pk)]
    assert Space.objects.get(is_filling=True) == other
    assert "1 tracks will be embedded anew in two. 1 have no audio." in (
        answer.content.decode()
    )
    entries = LogEntry.objects.values_list("object_id", "change_message")
    assert {pk for pk, _ in entries} == {str(heard.pk), str(silent.pk)}
    assert all("two" in message for _, message in entries)


def test_all_that_a_filter_keeps_is_embedded_anew_with_one_note(
    admin_client, clean_redis
):
    space = make_encoder_space("one")
    tracks = [make_track(audio_path=f"{n}.ogg", year=1994) for n in range(101)]
    make_track(audio_path="other.ogg", year=1961)
    url = f"{LIST}?decade=1990"
    data = {"action": "embed_again", "select_across": "1"}
    data |= {"_selected_action": [tracks[0].pk]}

    asked = admin_client.post(url, data).content.decode()
    admin_client.post(url, data | {"space": space.pk})

    assert "Embed 101 tracks anew" in asked
    assert asked.count('name="_selected_action"') == 1
    assert EmbeddingWanted.objects.count() == 101
    assert LogEntry.objects.get().object_id == str(space.pk)


def test_where_no_encoder_has_a_space_nothing_is_embedded(admin_client):
    make_audio_space(4)
    data = {"action": "embed_again", "_selected_action": [make_track().pk]}

    answer = admin_client.post(LIST, data, follow=True)

    assert "No audio space is here yet" in answer.content.decode()


def test_deleting_tells_what_goes_along_and_then_does_it(admin_client):
    track = make_track("Blue Hour")
    reaction_set(user=make_user(), track=track, value=Value.LIKE)

    asked = admin_client.get(f"{LIST}{track.pk}/delete/").content.decode()
    assert "Reactions of listeners: 1" in asked
    assert "ada likes" not in asked
    admin_client.post(f"{LIST}{track.pk}/delete/", {"post": "yes"})

    assert not Track.objects.exists()


def test_who_may_only_look_neither_merges_nor_deletes_nor_embeds(client):
    viewer = staff(client, "view_track")
    space = make_encoder_space("one")
    one, two = make_pair()
    data = {"action": "merge", "_selected_action": [one.pk, two.pk], "keep": one.pk}

    assert viewer.get(LIST).status_code == 200
    assert viewer.get(change(one)).status_code == 200
    viewer.post(LIST, data)
    viewer.post(LIST, data | {"action": "embed_again", "space": space.pk})
    assert viewer.post(f"{LIST}{one.pk}/delete/", {"post": "yes"}).status_code == 403

    assert not EmbeddingWanted.objects.exists()
    assert not LogEntry.objects.exists()
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
