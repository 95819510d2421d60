"""Names are known by what people call artists, too."""

import pytest

from catalog.models import ArtistAlias
from catalog.search.known_names import named_by, nicknames
from tests.factories import make_artist, make_track

pytestmark = pytest.mark.django_db


def test_an_artist_goes_by_what_people_call_them():
    pac = make_artist("2Pac")
    make_track(artist=pac)

    named = named_by({"tupac", "jazz"})

    assert named.artists == {"tupac": pac.pk}
    assert not named.little_known


def test_an_artist_goes_by_an_alias():
    artist = make_artist("Nina Vale")
    make_track(artist=artist)
    ArtistAlias.objects.create(artist=artist, name="Miss Vale")

    assert named_by({"miss vale"}).artists == {"miss vale": artist.pk}


def test_whoever_has_that_very_name_and_is_known_is_meant():
    west, kanye = make_artist("Kanye West"), make_artist("Kanye")
    make_track(artist=west)
    make_track(artist=kanye)
    assert named_by({"kanye"}).artists == {"kanye": west.pk}

    for _ in range(3):
        make_track(artist=kanye)
    assert named_by({"kanye"}).artists == {"kanye": kanye.pk}


def test_nobody_is_called_by_two_names_at_once():
    names = nicknames()

    assert len(names) > 40
    assert not set(names) & set(names.values())
