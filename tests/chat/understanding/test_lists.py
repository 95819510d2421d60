"""What is said of a list as a whole: refreshing it, its versions, its description."""

import pytest

from tests.chat.understanding.shorthand import in_short

REFRESHES = (
    ("refresh this every week", "refresh keep week"),
    ("keep it fresh", "refresh keep"),
    ("keep it fresh daily with half new songs", "refresh keep day percent=50"),
    ("update the list every month with 30% new songs", "refresh keep month percent=30"),
    ("refresh it every monday please", "refresh keep week day=0"),
    ("add new songs every friday", "refresh keep week day=4"),
    ("5 new songs every day", "refresh keep day count=5"),
    ("keep it fresh with 4 new songs a week", "refresh keep week count=4"),
    (
        "refresh it weekly, don't repeat songs for 10 weeks",
        "refresh keep week weeks=10",
    ),
    (
        "refresh this every week with mostly new songs, no repeats for a month",
        "refresh keep week percent=75 weeks=4",
    ),
    ("pause the refreshing", "refresh pause"),
    ("resume the refresh", "refresh resume"),
    ("stop refreshing", "refresh stop"),
    ("don't refresh it any more", "refresh stop"),
    ("cancel the weekly refresh", "refresh stop"),
    ("refresh the list", "refresh now"),
    (
        "20 jazz songs and refresh them every week",
        "ask jazz count=20 | refresh keep week",
    ),
)
NO_REFRESHES = (
    ("songs for every day", "ask"),
    ("something fresh", "ask"),
    ("refreshing summer songs", "ask 'refreshing' 'summer'"),
)
MIXES = (
    ("order it for mixing", "sort mix"),
    ("sort by key and tempo", "sort mix"),
    ("sort by tempo and key", "sort mix"),
    ("order them by key", "sort mix"),
    ("make the transitions smooth", "sort mix"),
    ("make the transitions smoother please", "sort mix"),
    ("harmonic mixing", "sort mix"),
    ("arrange it like a dj", "sort mix"),
    ("beat-match it", "sort mix"),
    ("an hour of jazz with smooth transitions", "ask jazz minutes=60 | sort mix"),
    ("sort by tempo", "sort tempo_bpm"),
)
VERSIONS = (
    ("make a copy from version 4", "copy v4"),
    ("make a copy of version four", "copy v4"),
    ("start a new list from version 2", "copy v2"),
    (
        "please create a new playlist based on v3 called Night Drive",
        "copy v3 Night Drive",
    ),
    ("branch from version 3", "copy v3"),
    ("make a copy of this list", "copy"),
    ("copy this playlist, call it “Second Try”", "copy Second Try"),
    ("go back to version 2", "back to v2"),
    ("restore version 12", "back to v12"),
    ("revert to the second version", "back to v2"),
    ("restore the original version", "back to 1"),
    ("describe it as songs for the last train", "describe songs for the last train"),
    ("Description: For Anna, with love.", "describe For Anna, with love."),
    ("set the description to “Rain, and then tea”", "describe Rain, and then tea"),
    ("remove the description", "describe "),
    # These mean what they have always meant.
    ("go back to the first list", "back to 1"),
    ("undo", "undo"),
    ("start a new list", "start over"),
)


@pytest.mark.parametrize(
    ("message", "meaning"), [*REFRESHES, *MIXES, *VERSIONS], ids=lambda text: text[:40]
)
def test_what_is_said_of_a_list_is_read(message, meaning):
    assert in_short(message) == meaning


@pytest.mark.parametrize(("message", "meaning"), NO_REFRESHES)
def test_freshness_that_songs_are_to_have_refreshes_nothing(message, meaning):
    assert in_short(message).startswith(meaning)
