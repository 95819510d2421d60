"""Small made sets for the tagger: sentences and names of our own."""

from chat.agent.understanding.tagging.sets import Example, Segment

ARTISTS = ("zorblax quintet", "nina vale", "the marlow finch", "klangwerk", "bix nine")
FRAMES = (
    ("songs like ", " please"),
    ("something similar to ", ""),
    ("anything by ", " for tonight"),
    ("i love ", ""),
)


def of_names():
    """Return talk in which every artist stands in every frame."""
    return [
        Example(
            (Segment(before), Segment(artist, "artist"), Segment(after)),
            ("names",),
            "music",
        )
        for artist in ARTISTS
        for before, after in FRAMES
    ]


def of_commands():
    """Return commands to a player, and to another assistant."""
    added = [
        Example(
            (
                Segment("add "),
                Segment(artist, "artist"),
                Segment(" to my "),
                Segment(playlist, "playlist"),
                Segment(" playlist"),
            ),
            ("slots",),
            "add",
        )
        for artist in ARTISTS
        for playlist in ("road trip", "workout", "sunday morning")
    ]
    others = [
        Example((Segment(text),), ("slots",), "other")
        for text in (
            "will it rain tomorrow",
            "book a table for two",
            "set an alarm for six",
            "rate this novel five stars",
        )
    ]
    return [*added, *others]
