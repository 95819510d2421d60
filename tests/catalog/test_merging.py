"""Tracks that are one recording become one row, and nothing that they hold is lost."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.ingest.store import artists_ensure
from catalog.merging import MergeRefused, artists_merge, tracks_merge
from catalog.models import (
    Album,
    Artist,
    Embedding,
    EmbeddingFailure,
    EmbeddingWanted,
    IngestItem,
    IngestRun,
    Space,
    Track,
    TrackSource,
)
from catalog.signals import tracks_merged
from catalog.spaces import space_ensure
from tests.factories import make_artist, make_audio_space, make_track, place

pytestmark = pytest.mark.django_db
MBID, OTHER_MBID = uuid.uuid4(), uuid.uuid4()


def make_text_space():
    return space_ensure(
        slug="t", kind=Space.Kind.TEXT, model_id="t", revision="1", dimensions=4
    )


def names(track):
    credits = track.credits.order_by("position")
    return list(credits.values_list("artist__name", flat=True))


def test_the_kept_track_keeps_what_it_knows_and_takes_what_it_lacks():
    keep = make_track("Blue Hour", artist="Ada Lane", energy=0.2, isrc="AAAAA0000001")
    keep.attribute_sources = {"energy": "measured"}
    keep.save()
    other = make_track(
        "Blue Hour (Album)",
        artist="Ada Lane",
        energy=0.9,
        valence=0.4,
        isrc="BBBBB0000002",
        musicbrainz_id=MBID,
        attribute_sources={"energy": "tables", "valence": "tables"},
    )

    merged = tracks_merge(keep=keep, others=[other])

    track = Track.objects.get()
    assert (track.title, track.energy, track.valence) == ("Blue Hour", 0.2, 0.4)
    assert (track.isrc, track.musicbrainz_id) == ("AAAAA0000001", MBID)
    assert track.attribute_sources == {"energy": "measured", "valence": "tables"}
    assert merged.dropped == ("isrc BBBBB0000002",)
    assert set(merged.taken) == {"valence", "musicbrainz_id", "attribute_sources"}


def test_unique_identifiers_move_to_a_track_without():
    keep = make_track("Blue Hour")
    other = make_track("Blue Hour", isrc="BBBBB0000002", musicbrainz_id=OTHER_MBID)

    tracks_merge(keep=keep, others=[other])

    track = Track.objects.get()
    assert (track.pk, track.isrc) == (keep.pk, "BBBBB0000002")
    assert track.musicbrainz_id == OTHER_MBID


def test_a_key_and_its_mode_are_taken_together_or_not_at_all():
    keep = make_track(is_major=False)
    other = make_track(pitch_class=4, is_major=True)

    tracks_merge(keep=keep, others=[other])

    track = Track.objects.get()
    assert (track.pitch_class, track.is_major) == (None, False)


def test_a_finer_date_of_the_same_year_is_taken_and_another_year_is_not():
    keep = make_track(
        year=1994, released_on=datetime.date(1994, 1, 1), released_precision="year"
    )
    fine = make_track(
        year=1994, released_on=datetime.date(1994, 5, 3), released_precision="day"
    )
    reissue = make_track(
        year=2009, released_on=datetime.date(2009, 2, 2), released_precision="day"
    )

    tracks_merge(keep=keep, others=[reissue, fine])

    track = Track.objects.get()
    assert (track.year, track.released_on) == (1994, datetime.date(1994, 5, 3))


def test_sources_items_tags_and_credits_come_along():
    keep = make_track("Blue Hour", artist="Ada Lane", genres=("jazz",))
    other = make_track("Blue Hour", artist="Bob Reed", genres=("jazz", "blues"))
    third = make_track("Blue Hour", artist="Ada Lane", moods=("calm",))
    for place_, track in enumerate((keep, other, third)):
        TrackSource.objects.create(track=track, kind="file", key=f"/merged/{place_}")
    run = IngestRun.objects.create(kind="folder", root="/merged")
    IngestItem.objects.create(run=run, position=0, source_key="/merged/1", track=other)

    tracks_merge(keep=keep, others=[other, third])

    track = Track.objects.get()
    paths = track.sources.filter(key__startswith="/merged/").values_list("key")
    assert sorted(paths) == [("/merged/0",), ("/merged/1",), ("/merged/2",)]
    assert IngestItem.objects.get().track == track
    assert set(track.tags.values_list("name", flat=True)) == {"jazz", "blues", "calm"}
    assert names(track) == ["Ada Lane", "Bob Reed"]
    assert "Bob Reed" in track.document


def test_a_vector_is_taken_only_where_there_is_none_and_never_of_words():
    ears, other_ears, words = (
        make_audio_space(4),
        space_ensure(slug="b", kind="audio", model_id="b", revision="1", dimensions=4),
        make_text_space(),
    )
    keep, other = make_track("One", artist="Ada"), make_track("Two", artist="Ada")
    kept = place(ears, keep, [1, 0, 0, 0])
    place(ears, other, [0, 1, 0, 0])
    taken = place(other_ears, other, [0, 0, 1, 0])
    place(words, other, [0, 0, 0, 1])

    tracks_merge(keep=keep, others=[other])

    found = {e.space_id: list(e.vector) for e in Embedding.objects.filter(track=keep)}
    assert found == {ears.pk: list(kept), other_ears.pk: list(taken)}
    assert Embedding.objects.count() == 2


def test_a_vector_that_is_to_be_made_anew_still_is():
    space = make_audio_space(4)
    keep, other = make_track(), make_track(audio_path="audio/two.ogg")
    place(space, other, [1, 0, 0, 0])
    EmbeddingWanted.objects.create(space=space, track=other)

    tracks_merge(keep=keep, others=[other])

    assert EmbeddingWanted.objects.get().track == keep


def test_a_track_without_audio_takes_it_with_the_failures_of_that_file():
    space = make_audio_space(4)
    keep, other = make_track(), make_track(audio_path="audio/two.ogg")
    EmbeddingFailure.objects.create(track=keep, space=space, reason="No audio.")
    EmbeddingFailure.objects.create(track=other, space=space, reason="Too short.")

    tracks_merge(keep=keep, others=[other])

    assert Track.objects.get().audio_path == "audio/two.ogg"
    assert EmbeddingFailure.objects.get().reason == "Too short."


def test_audio_that_is_there_stands_in_for_audio_that_is_gone():
    keep = make_track(audio_path="/gone.ogg", vanished_at=timezone.now())
    other = make_track(audio_path="/here.ogg")

    tracks_merge(keep=keep, others=[other])

    track = Track.objects.get()
    assert (track.audio_path, track.vanished_at) == ("/here.ogg", None)


def test_links_to_the_merged_track_still_lead_to_its_sound(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ada"))
    keep, second, third = make_track("One"), make_track("Two"), make_track("Three")

    tracks_merge(keep=second, others=[third])
    tracks_merge(keep=keep, others=[second])

    for track in (keep, second, third):
        shown = client.get(reverse("catalog:show-track", args=[track.uuid])).json()
        assert (shown["id"], shown["title"]) == (str(keep.uuid), "One")


def test_nothing_is_merged_with_itself_or_with_what_is_gone():
    keep, other = make_track(), make_track()
    gone = make_track()
    Track.objects.filter(pk=gone.pk).delete()

    for others in ([], [keep], [other, gone]):
        with pytest.raises(MergeRefused):
            tracks_merge(keep=keep, others=others)

    assert Track.objects.count() == 2


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ({"musicbrainz_id": MBID}, {"musicbrainz_id": OTHER_MBID}, "MusicBrainz"),
        ({"version": "live"}, {}, "different versions: Live and Original"),
    ],
)
def test_what_are_two_recordings_is_not_merged(one, two, why):
    keep, other = make_track("Blue Hour", **one), make_track("Blue Hour", **two)

    with pytest.raises(MergeRefused, match=why):
        tracks_merge(keep=keep, others=[other])

    assert Track.objects.count() == 2


def test_artists_whom_musicbrainz_knows_as_two_are_not_merged():
    keep, other = make_artist("Nirvana"), make_artist("Nirvana (UK)")
    for artist, mbid in ((keep, MBID), (other, OTHER_MBID)):
        Artist.objects.filter(pk=artist.pk).update(musicbrainz_id=mbid)

    with pytest.raises(MergeRefused, match="different artists"):
        artists_merge(keep=keep, others=[other])

    assert Artist.objects.count() == 2


def test_a_room_that_fails_to_follow_takes_the_merge_back():
    keep, other = make_track(), make_track(isrc="BBBBB0000002", genres=("jazz",))

    def fail(sender, **facts):
        raise RuntimeError("not now")

    tracks_merged.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            tracks_merge(keep=keep, others=[other])
    finally:
        tracks_merged.disconnect(fail)

    assert Track.objects.filter(isrc="BBBBB0000002").exists()
    assert keep.tags.count() == 0


def test_merged_artists_share_credits_albums_and_names():
    keep, other = make_artist("Beyoncé"), make_artist("Beyonce Knowles")
    both = make_track("Duet", artist=other)
    both.credits.create(artist=keep, position=1)
    alone = make_track("Alone", artist=other)
    albums = [
        Album.objects.create(title="Lemon", artist=artist, key="lemon", year=year)
        for artist, year in ((keep, None), (other, 2016))
    ]
    Album.objects.create(title="Other", artist=other)
    Track.objects.filter(pk=alone.pk).update(album=albums[1])

    artists_merge(keep=keep, others=[other])

    assert [names(track) for track in (both, alone)] == [["Beyoncé"], ["Beyoncé"]]
    alone.refresh_from_db()
    assert (alone.album, alone.album.year) == (albums[0], 2016)
    assert alone.document.startswith("Alone by Beyoncé")
    assert list(keep.albums.values_list("title", flat=True)) == ["Lemon", "Other"]


def test_an_import_of_a_merged_name_finds_the_artist():
    keep, other = make_artist("Prince"), make_artist("The Artist")
    artists_merge(keep=keep, others=[other])

    found = artists_ensure(["THE ARTIST", "Prince"])

    assert {artist.pk for artist in found.values()} == {keep.pk}
    assert Artist.objects.count() == 1


def test_the_musicbrainz_id_of_a_merged_artist_is_kept():
    keep, other = make_artist("Prince"), make_artist("The Artist")
    Artist.objects.filter(pk=other.pk).update(musicbrainz_id=MBID)

    artists_merge(keep=keep, others=[other])

    assert Artist.objects.get().musicbrainz_id == MBID
