"""Lists as a whole: kept fresh, put in order for mixing, copied, described, taken back."""

from tests.conversations.script import count, genre, reordered, script, unchanged

JAZZ = ("play some jazz", count(12), genre("jazz"))


def half_is_new(moment):
    """Half of the songs have given way to others."""
    assert len(moment.added) == len(moment.removed) == 6


SCRIPTS = (
    script(
        "a list is kept fresh and let be",
        JAZZ,
        ("keep it fresh every week with half new songs", unchanged),
        ("no repeats for a month and refresh it daily", unchanged),
        ("refresh the list", count(12), genre("jazz"), half_is_new),
        ("stop refreshing", unchanged),
    ),
    script(
        "a list is mixed, copied, described and taken back",
        JAZZ,
        ("make the transitions smooth", reordered),
        ("make a copy from version 2", unchanged),
        ("describe it as something for the last train", unchanged),
        ("go back to version 2", reordered),
        ("go back to version 99", unchanged),
    ),
)
