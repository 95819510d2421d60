"""Any playlist survives each format's round trip, and comes back as the same songs."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playlists.edits import Add, Describe, Rename
from playlists.files.exporting import version_listing
from playlists.files.formats import FORMATS, read_file
from playlists.files.identifiers import Ids
from playlists.files.listing import Entry, Listing, tidy
from playlists.importing import import_make, import_repeats
from playlists.services import Author, playlist_create, playlist_edit
from tests.factories import make_user
from tests.playlists.files.listings import WORST, listings
from tests.playlists.files.songs import make_song


def carried(listing, suffix):
    """Return what a format holds of a listing.

    A table has no addresses of audio, and only what MusicBrainz' extension is in tells of
    artists' ids.
    """
    if suffix in ("jspf", "m3u8"):
        return listing
    less = {"artist_ids": ()}
    if suffix == "csv":
        less["location"] = ""
    entries = tuple(replace(entry, **less) for entry in listing.entries)
    if suffix == "csv" and not entries:
        listing = replace(listing, title="", description="")
    return replace(listing, entries=entries)


@pytest.mark.parametrize("suffix", FORMATS)
@given(listing=listings)
@settings(max_examples=80)
def test_a_listing_comes_back_as_it_was(suffix, listing):
    data = FORMATS[suffix].write(listing)

    assert FORMATS[suffix].read(data) == carried(listing, suffix)
    if listing.entries:
        # Nobody has to say which format it is.
        assert read_file(data) == carried(listing, suffix)


@pytest.mark.parametrize("suffix", FORMATS)
@given(listing=listings)
@settings(max_examples=40)
def test_no_path_of_a_file_leaves_with_it(suffix, listing):
    data = FORMATS[suffix].write(listing)

    assert b"file:" not in data
    assert b"passwd" not in data


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def songs():
    """Make songs with the worst titles, some of them by the worst artists."""
    kept = [title for raw in WORST if (title := tidy(raw, 500))]
    return [
        make_song(f"{title} {n}", f"{kept[-n]} {n}", duration_ms=100_000 + 9_000 * n)
        for n, title in enumerate(kept)
    ]


@pytest.mark.django_db
def test_what_stands_behind_a_repeated_song_comes_in_behind_it(ada, songs):
    first, second, third = songs[:3]
    listed = [first, second, first, third]
    entries = tuple(
        Entry(song.title, (song.credits.get().artist.name,)) for song in listed
    )

    row = import_make(ada, Listing("Twice", entries))

    assert row.playlist.current.track_ids == [first.pk, second.pk, third.pk]
    import_repeats(row)
    row.playlist.refresh_from_db()
    assert row.playlist.current.track_ids == [song.pk for song in listed]


@pytest.mark.django_db
@given(data=st.data())
@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_playlist_comes_back_as_the_same_songs_in_the_same_order(ada, songs, data):
    listed = data.draw(st.lists(st.sampled_from(songs), min_size=1, max_size=12))
    title = data.draw(st.sampled_from([t for raw in WORST if (t := tidy(raw, 120))]))
    playlist = playlist_create(owner=ada, title="")
    version = playlist_edit(
        playlist,
        edits=[
            Rename(title),
            Describe(title),
            Add(tuple(song.pk for song in listed), again=True),
        ],
        author=Author.LISTENER,
        words="",
    )
    listing = version_listing(version, locate=lambda track: f"http://h/{track.uuid}")
    # Another site, of the same songs, knows them by their words.
    elsewhere = tuple(replace(entry, ids=Ids()) for entry in listing.entries)

    for form in FORMATS.values():
        for sent in (listing, replace(listing, entries=elsewhere)):
            row = import_make(ada, read_file(form.write(sent)))
            once = list(dict.fromkeys(version.track_ids))
            assert row.playlist.current.track_ids == once, form.NAME

            import_repeats(row)

            row.playlist.refresh_from_db()
            assert row.playlist.current.track_ids == version.track_ids, form.NAME
            assert row.playlist.current.title == title
            assert row.playlist.current.description == title
