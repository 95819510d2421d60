"""A file becomes a playlist: the sure songs at once, the others where they stood."""

import pytest

from playlists.edits import Add, Remove
from playlists.files.exporting import version_listing
from playlists.files.listing import Entry, Listing
from playlists.importing import (
    IMPORTS_KEPT,
    State,
    import_again,
    import_choose,
    import_make,
    import_repeats,
    items_of,
    missing_listing,
    repeats_of,
)
from playlists.models import Playlist, PlaylistImport
from playlists.services import Author, playlist_edit, playlist_undo
from tests.factories import make_user
from tests.playlists.files.songs import make_song

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def songs():
    return {name: make_song(name) for name in ("One", "Three", "Five")}


@pytest.fixture
def live():
    return make_song("Two (Live)")


@pytest.fixture
def row(ada, songs, live):
    """Bring in five songs: three are here, one is near, one is missing."""
    names = ("One", "Two", "Three", "Four", "Five")
    entries = tuple(Entry(name, ("Ada Lane",)) for name in names)
    return import_make(ada, Listing("Counting", entries))


def listed(row):
    playlist = Playlist.objects.select_related("current").get(pk=row.playlist_id)
    ids = playlist.current.track_ids
    from catalog.models import Track

    titles = Track.objects.in_bulk(ids)
    return [titles[i].title for i in ids]


def states(row):
    row.refresh_from_db()
    return [item.state for item in items_of(row)]


def test_what_is_sure_is_a_playlist_at_once(row, ada):
    assert listed(row) == ["One", "Three", "Five"]
    assert row.playlist.owner == ada
    assert row.playlist.current.title == "Counting"
    assert states(row) == ["found", "unsure", "found", "missing", "found"]


def test_a_chosen_song_goes_where_it_stood(row, live):
    assert import_choose(row, {1: str(live.uuid)}) == 1

    assert listed(row) == ["One", "Two (Live)", "Three", "Five"]
    assert states(row)[1] == State.CHOSEN


def test_undo_takes_the_choices_back_together(row, live):
    import_choose(row, {1: str(live.uuid)})

    playlist_undo(row.playlist)

    assert listed(row) == ["One", "Three", "Five"]


def test_its_place_is_found_in_a_list_that_was_changed_since(row, songs, live):
    playlist_edit(
        row.playlist,
        edits=[
            Remove((songs["One"].pk,)),
            Add((make_song("Mine").pk,), 0),
        ],
        author=Author.LISTENER,
        words="",
    )

    import_choose(row, {1: str(live.uuid)})

    assert listed(row) == ["Two (Live)", "Mine", "Three", "Five"]


def test_none_of_these_is_an_answer_that_can_be_changed(row, live):
    assert import_choose(row, {1: ""}) == 0
    assert states(row)[1] == State.PASSED

    assert import_again(row) == 0  # the same ones come near, and were passed
    assert states(row)[1] == State.PASSED

    assert import_choose(row, {1: str(live.uuid)}) == 1


def test_only_what_was_offered_can_be_chosen(row, songs):
    other = str(make_song("Other").uuid)

    assert import_choose(row, {1: other, 0: other, 3: other, 99: other}) == 0

    assert listed(row) == ["One", "Three", "Five"]
    assert states(row) == ["found", "unsure", "found", "missing", "found"]


def test_the_missing_come_when_the_catalog_has_grown(row):
    make_song("Four")
    make_song("Two")

    assert import_again(row) == 2

    assert listed(row) == ["One", "Two", "Three", "Four", "Five"]
    assert states(row) == ["found"] * 5
    assert missing_listing(row).entries == ()


def test_what_is_open_can_be_taken_along(row):
    assert [entry.title for entry in missing_listing(row).entries] == ["Two", "Four"]


def test_without_a_sure_song_there_is_no_playlist_yet(ada, live):
    row = import_make(ada, Listing("Later", (Entry("Two", ("Ada Lane",)),)))
    assert row.playlist is None
    assert Playlist.objects.count() == 0

    import_choose(row, {0: str(live.uuid)})

    row.refresh_from_db()
    assert listed(row) == ["Two (Live)"]


def test_a_playlist_that_was_deleted_is_made_anew_with_all(row, live):
    row.playlist.delete()
    row.refresh_from_db()

    import_choose(row, {1: str(live.uuid)})

    row.refresh_from_db()
    assert listed(row) == ["One", "Two (Live)", "Three", "Five"]


def test_a_song_that_stands_twice_comes_once(ada, songs):
    entry = Entry("One", ("Ada Lane",))

    row = import_make(ada, Listing("Twice", (entry, entry)))

    assert listed(row) == ["One"]
    assert repeats_of(row) == 1


def test_songs_stand_as_often_as_in_the_file_for_who_asks(ada, songs, live):
    names = ("One", "Three", "One", "Two", "Five", "One", "Three", "Four")
    entries = tuple(Entry(name, ("Ada Lane",)) for name in names)
    row = import_make(ada, Listing("Round", entries))
    playlist = row.playlist
    gone = Remove((songs["Five"].pk,))
    playlist_edit(playlist, edits=[gone], author=Author.LISTENER, words="")

    row.refresh_from_db()
    assert (listed(row), repeats_of(row)) == (["One", "Three"], 3)
    assert import_repeats(row) == 3
    assert listed(row) == ["One", "Three", "One", "One", "Three"]
    assert import_choose(row, {3: str(live.uuid)}) == 1
    assert listed(row) == ["One", "Three", "One", "Two (Live)", "One", "Three"]
    row.refresh_from_db()
    assert (repeats_of(row), import_repeats(row)) == (0, 0)


def test_times_of_a_file_and_of_a_list_go_out_again(ada, songs):
    old = "2019-05-01T10:00:00+00:00"
    entries = (
        Entry("One", ("Ada Lane",), added_at=old),
        Entry("Three", ("Ada Lane",)),
    )
    playlist = import_make(ada, Listing("Counting", entries)).playlist
    first = playlist.current

    def edited(edit):
        return playlist_edit(playlist, edits=[edit], author=Author.LISTENER, words="")

    one, three, five = (songs[name].pk for name in ("One", "Three", "Five"))
    edited(Add((five,)))
    edited(Remove((three,)))
    edited(Remove((five,)))
    playlist_undo(playlist)  # on no way to what follows
    last = edited(Add((three,)))

    listing = version_listing(last, locate=lambda _: None, has_times=True)

    added = {entry.title: entry.added_at for entry in listing.entries}
    versions = {version.number: version for version in playlist.versions.all()}
    assert added == {
        "One": old,
        "Three": last.created_at.isoformat(),
        "Five": versions[first.number + 1].created_at.isoformat(),
    }
    plain = version_listing(last, locate=lambda _: None)
    assert {entry.added_at for entry in plain.entries} == {""}


def test_only_the_newest_imports_are_kept(ada):
    PlaylistImport.objects.bulk_create(
        PlaylistImport(owner=ada, title=f"List {n}") for n in range(IMPORTS_KEPT + 1)
    )

    import_make(ada, Listing("Newest", (Entry("Nothing"),)))

    kept = set(ada.playlist_imports.values_list("title", flat=True))
    assert len(kept) == IMPORTS_KEPT
    assert "Newest" in kept
    assert {"List 0", "List 1"}.isdisjoint(kept)


def test_imports_go_with_the_account(row, ada):
    ada.delete()

    assert PlaylistImport.objects.count() == 0


def test_where_a_song_lay_elsewhere_is_not_kept(ada):
    entry = Entry("Rain", ("Ada",), location="http://secret.example/rain.mp3")

    row = import_make(ada, Listing("List", (entry,)))

    assert "secret" not in str(PlaylistImport.objects.get(pk=row.pk).items)
