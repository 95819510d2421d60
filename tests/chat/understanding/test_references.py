"""Words that point at songs of the list."""

import pytest

from tests.chat.understanding.shorthand import in_short

POINTING = (
    ("more like the second one", "like 2"),
    ("like number 3 but slower", "like #3 | shift tempo-"),
    ("something similar to that", "like that"),
    ("the last one was great", "like -1"),
    ("I love the first two", "like 1+1"),
    ("not the third one", "dislike 3"),
    ("more by her", "add theirs"),
    ("remove that one", "out that"),
    ("skip this", "out that"),
    ("why is number four here?", "why #4"),
    ("why this one?", "why that"),
    ("what's the second song", "all 2"),
    ("more of this artist", "add theirs"),
    ("more like this", "like that"),
    ("more like this but faster", "like that | shift tempo+"),
    ("songs like the first", "like 1"),
    ("I like the second one", "like 2"),
    ("I like number 3 and 5", "like #3 #5"),
    ("love it!", "thanks"),
    ("I love this", "like that"),
    ("I don't like the last one", "dislike -1"),
    ("hate this song", "dislike that"),
    ("the first one is perfect", "like 1"),
    ("more like the first one, but more upbeat", "like 1 | shift energy+ valence+"),
    ("number 2 is terrible", "dislike #2"),
    ("why did you choose the third song?", "why 3"),
    ("who sings the second one?", "artist 2"),
    ("what genre is the third one?", "genre 3"),
    ("what year is number 2 from?", "year #2"),
    ("when was the first song released?", "year 1"),
    ("how long is that song?", "length that"),
    ("how fast is the last one?", "tempo -1"),
    ("what's the tempo of the second one?", "tempo 2"),
    ("which band is this?", "artist that"),
    ("what language is this one?", "language that"),
    ("more of that", "like that"),
    ("more like those", "like 1+99"),
    ("play something like the last two", "like -2+1"),
    ("i really like song 4, more like it", "like #4 | like that"),
    ("the second one is too slow", "out 2"),
    ("no more from that artist", "out theirs"),
    ("no more of this band", "out theirs"),
    ("no more songs by them", "out theirs"),
    ("nothing by that band", "out theirs"),
    ("more by this artist", "add theirs"),
    ("no more of the first artist", ""),
    ("no more of the artist of the second one", "out theirs of 2"),
    ("remove the saddest song", "out 1 least valence"),
    ("why the two oldest songs", "why 2 least year"),
    ("make the second half calmer", "replace half 2 with energy-"),
    ("no more like this", "dislike that"),
    ("the fourth and fifth are boring", "dislike 4 5"),
)


@pytest.mark.parametrize(("message", "meaning"), POINTING)
def test_words_point_at_songs(message, meaning):
    assert in_short(message) == meaning
