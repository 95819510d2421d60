"""What came from a service ends: by itself, when its listener says so, and with them."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from accounts.models import DataExport, ServiceAccount
from accounts.services import service_disconnect
from playlists.library.asking import library_expire, library_withdraw
from playlists.library.models import (
    FromService,
    LibraryList,
    LibraryPart,
    LibraryTrack,
)
from playlists.library.seeds import Borrowed, library_lists, library_tracks
from tests.factories import make_track

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_redis")]

Kind = LibraryPart.Kind
LIKED = Borrowed("spotify", "liked")
MODELS = (LibraryPart, LibraryList, LibraryTrack)


@pytest.fixture
def library(home):
    """Bring in a liked song that the catalog has, and a playlist of another one."""
    make_track(isrc="USAAA2600001", duration_ms=200_000)
    home.person.library.append(home.add("Rain", isrc="USAAA2600001").uri)
    home.add_list("Mine", [home.add("Sun")])
    home.bring_in(Kind.LIKED, Kind.LISTS)
    assert library_tracks(home.account.user, LIKED)
    return home


def held():
    return [model.objects.count() for model in MODELS]


def test_all_that_came_from_a_service_bears_its_source_and_its_end(library):
    marked = [m for m in apps.get_models() if issubclass(m, FromService)]

    assert set(marked) == {LibraryList, LibraryTrack}
    for model in marked:
        for name in ("source", "expires_at"):
            field = model._meta.get_field(name)
            assert not field.null
            assert not field.has_default()
    # Only these rows hold what is a service's, and all of them lead to the account.
    assert LibraryTrack._meta.get_field("holder").related_model is LibraryList
    assert LibraryList._meta.get_field("part").related_model is LibraryPart
    owner = LibraryPart._meta.get_field("account")
    assert owner.related_model is ServiceAccount
    assert owner.remote_field.on_delete is models.CASCADE
    assert set(LibraryTrack.objects.values_list("source", flat=True)) == {"spotify"}


def test_it_ends_by_itself_after_the_days_that_were_told(library, settings):
    user = library.account.user
    library.time_passes(settings.LIBRARY_DAYS - 1)
    assert library_expire() == 0
    assert library_tracks(user, LIKED)

    library.time_passes(1)

    # It isn't used any more, whether somebody has swept yet or not.
    assert library_tracks(user, LIKED) == library_lists(user, "spotify") == []
    assert held() == [2, 2, 2]
    call_command("sweep", once=True)
    assert held() == [0, 0, 0]
    assert ServiceAccount.objects.exists()


def test_what_was_not_brought_in_again_ends_when_it_was_to(library, settings):
    """Asking again gives more time to what comes in again, and to nothing else."""
    library.time_passes(settings.LIBRARY_DAYS - 1)
    library.person.library.clear()
    library.agree(Kind.LIKED)  # and no worker comes by
    library_expire()
    assert library.songs(holder__part__kind=Kind.LIKED) == ["Rain"]

    for song in LibraryTrack.objects.all():
        assert song.expires_at < library.part().expires_at
    library.time_passes(1)
    library_expire()

    assert LibraryPart.objects.get().kind == Kind.LIKED
    assert held()[2] == 0


def test_taking_a_kind_back_deletes_it_and_no_other(library):
    DataExport.objects.create(user=library.account.user)

    library_withdraw(library.account, Kind.LIKED)

    # A download that was made before holds it.
    assert not DataExport.objects.exists()

    assert library.songs() == ["Sun"]
    assert [part.kind for part in LibraryPart.objects.all()] == [Kind.LISTS]


@pytest.mark.parametrize(
    "end",
    [
        lambda home: service_disconnect(home.account),
        lambda home: home.account.user.delete(),
    ],
    ids=["disconnected", "account deleted"],
)
def test_disconnecting_and_deleting_the_account_leave_nothing(library, end):
    end(library)

    assert held() == [0, 0, 0]
