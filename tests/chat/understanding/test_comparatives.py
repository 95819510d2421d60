"""Comparatives move the list from where it is."""

import pytest

from tests.chat.understanding.shorthand import in_short

COMPARATIVES = (
    ("more upbeat", "shift energy+ valence+"),
    ("make it a little calmer", "shift energy-"),
    ("much faster", "shift tempo+"),
    ("less sad", "shift valence+"),
    ("not so loud", "shift energy-"),
    ("too slow", "shift tempo+"),
    ("a bit more energy please", "shift energy+"),
    ("can you turn it up a notch", "shift energy+"),
    ("slow things down", "shift tempo-"),
    ("happier", "shift valence+"),
    ("more energetic but still acoustic", "shift energy+ acousticness+"),
    ("warmer", "shift acousticness+"),
    ("it's too loud", "shift energy-"),
    ("this is too sad", "shift valence+"),
    ("a tad slower", "shift tempo-"),
    ("could it be a bit more danceable?", "shift danceability+"),
    ("make it happier and faster", "shift valence+ tempo+"),
    ("calmer please", "shift energy-"),
    ("something calmer", "shift energy-"),
    ("more chill", "shift energy-"),
    ("not as fast", "shift tempo-"),
    ("a bit less intense", "shift energy-"),
    ("less energy", "shift energy-"),
    ("speed it up", "shift tempo+"),
    ("tone it down", "shift energy-"),
    ("not loud but angry", "refine 'not loud' 'angry'"),
    ("turn it down", "player volume"),
    ("bring the energy up", "shift energy+"),
    ("bring the mood up", "shift valence+"),
    ("more acoustic", "shift acousticness+"),
    ("more instrumental", "shift instrumentalness+"),
    ("less vocals", "shift instrumentalness+"),
    ("less electronic", "shift acousticness+"),
    ("darker and slower", "shift valence- tempo-"),
    ("more mellow", "shift energy-"),
    ("not fast enough", "shift tempo+"),
    ("too happy", "shift valence-"),
    ("not too slow", "shift tempo+"),
    ("i want it faster", "shift tempo+"),
    ("make them slower", "shift tempo-"),
    ("more positive", "shift valence+"),
    ("much more relaxed", "shift energy-"),
    ("pick up the pace", "shift tempo+"),
    ("a little less slow", "shift tempo+"),
    ("more popular songs", "shift popularity+"),
    ("less mainstream", "shift popularity-"),
    ("more obscure", "shift popularity-"),
)


@pytest.mark.parametrize(("message", "meaning"), COMPARATIVES)
def test_a_comparison_moves_the_list(message, meaning):
    assert in_short(message) == meaning
