"""What is done to the order of the list, and songs that are pointed at farther away."""

import pytest

from tests.chat.understanding.shorthand import in_short, read

MOVES = (
    ("put it first", "move that at 1"),
    ("move the third to the end", "move #3 at end"),
    ("move 3 to 1", "move #3 at 1"),
    ("make number 7 the first", "move #7 at 1"),
    ("put the slow ones at the end", "move 'slow' at end"),
    ("move the jazz to the top", "move jazz at 1"),
    ("start with the third one", "move #3 at 1"),
    ('end with "Paper Boats at Dawn"', "move “Paper Boats at Dawn” at end"),
    ("move the fifth after the second", "move #5 after #2"),
    ("move 4 up two", "move #4 -2"),
    ("move number 5 down", "move #5 +1"),
    ("swap 2 and 5", "swap #2 #5"),
    ("swap the first and the last", "swap #1 #-1"),
    ("swap 2 with 5", "swap #2 #5"),
    ("swap the second for the fifth", "swap #2 #5"),
    ("flip 2 and 5", "swap #2 #5"),
    ("swap 2 for 5 jazz songs", "replace #2 with jazz count=5"),
    ("bump 5 to the top", "move #5 at 1"),
    ("let 3 and 4 change places", "swap #3 #4"),
    ("switch the places of the first and the last", "swap #1 #-1"),
    ("2 and 5 should trade places", "swap #2 #5"),
    ("5 first please", "move #5 at 1"),
    ("number 3 last", "move #3 at end"),
    ("queue 5 after 2", "move #5 after #2"),
    ("put 3 in place of 5", "replace #5 with #3"),
    ("replace number 5 with number 3", "replace #5 with #3"),
    ("use the third one instead of the fifth", "replace #5 with #3"),
    ("replace 5 with 3 jazz songs", "replace #5 with jazz count=3"),
    ("end with night school", "move “Night School” at end"),
    ("open with night school please", "move “Night School” at 1"),
)
ORDERS = (
    ("reverse it", "sort reverse"),
    ("shuffle the list", "sort shuffle"),
    ("put it in random order", "sort shuffle"),
    ("sort by year", "sort year"),
    ("order it by energy", "sort energy"),
    ("sort by tempo descending", "sort tempo_bpm down"),
    ("newest first", "sort year down"),
    ("sort by energy, highest first", "sort energy down"),
    ("alphabetical order please", "sort title"),
    ("sort by artist", "sort artist"),
    ("remove duplicates", "one each song"),
    ("no song twice", "one each song"),
    ("only one song per artist", "one each artist"),
    ("go back to the first list", "back to 1"),
)
PATHS = (
    ("start calm, end wild", "follow path e-+"),
    ("a workout mix that starts slow and ends fast", "ask 'workout' path e-+ t-+"),
    ("build up", "follow path e-+"),
    ("wind down", "follow path e+-"),
    ("music to wind down to", "ask 'wind down'"),
    ("slow to fast", "follow path e-+ t-+"),
    ("from sad to happy", "follow path e-_ v-+"),
    ("an hour of jazz that gradually gets faster", "ask jazz path t-+ minutes=60"),
    ("a party playlist that builds up, 20 songs", "ask 'party' path e-+ count=20"),
    ("jazz, slow songs first, then fast ones", "ask jazz path e-+ t-+"),
    ("order them from slow to fast", "follow path e-+ t-+"),
    ("peak in the middle", "follow path e-+-"),
    ("happy to help", "ask 'happy'"),
)
PLACES = (
    ("add two after the third", "add count=2 after #3"),
    ("add a jazz song at the start", "add jazz count=1 at 1"),
    ("insert some blues before the last one", "add blues before #-1"),
    ("add a soul song between 2 and 3", "add soul count=1 after #2"),
    ("add two jazz songs after number 4", "add jazz count=2 after #4"),
)
EXCHANGES = (
    ("replace the second with something faster", "replace 2 with tempo+"),
    ("replace number 3", "replace #3"),
    ("replace the third with a song by Nina Vale", "replace 3 with by Nina Vale"),
    ("swap out the last two for some blues", "replace -2+1 with blues"),
    ("replace it with some jazz", "replace that with jazz"),
    ("something else instead of the second", "replace 2"),
)
FARTHER = (
    ("remove the one before that", "out -1 of that"),
    ("why the one after the third?", "why +1 of 3"),
    ("remove those two", "out those 2"),
    ("I love those two", "like those 2"),
    ("remove both", "out those 2"),
    ("rm 2", "out #2"),
    ("bin 2 and 3", "out #2 #3"),
    ("ditch 3 n 4", "out #3 #4"),
    ("remove all of them", "out 1+99"),
    ("add the third song of the first list", "add 3 of first"),
    ("remove the ones you just added", "out those"),
)
PIVOTS = (
    ("actually, forget that, let's do jazz instead", "pivot jazz"),
    ("forget that, play some pop", "pivot pop"),
    ("now something for dinner", "pivot 'dinner'"),
    ("something completely different: metal", "pivot metal"),
    ("let's do jazz instead", "pivot jazz"),
    ("make it 15 songs instead", "size count=15"),
    ("no country", "refine -country"),
)
CHANGES = (
    ("older songs", "older"),
    ("newer", "newer"),
    ("play more like the second one but older", "like 2 | older"),
    ("shorten it by two", "shorter by=2"),
    ("take off three songs from the end", "out -3+2"),
    ("make the first five faster", "replace 1+4 with tempo+"),
    ("order these by how fast they are", "sort tempo_bpm"),
)
SEVERAL = (
    ("make it 20 songs and shuffle it", "size count=20 | sort shuffle"),
    ("I want 20 songs, half jazz and half soul", "ask 50%(jazz) 50%(soul) count=20"),
    ("sort by energy and start with the first one", "sort energy | move #1 at 1"),
    (
        "drop the Nina Vale songs, add two by Air and make it an hour",
        "out by Nina Vale | add by Air count=2 | size minutes=60",
    ),
    (
        "reverse it and add a soul song at the start",
        "sort reverse | add soul count=1 at 1",
    ),
)
ROWS = [
    *MOVES,
    *ORDERS,
    *PATHS,
    *PLACES,
    *EXCHANGES,
    *FARTHER,
    *PIVOTS,
    *CHANGES,
    *SEVERAL,
]


@pytest.mark.parametrize(("message", "meaning"), ROWS)
def test_a_change_of_the_list_is_read(message, meaning):
    assert in_short(message) == meaning


INTENTS: tuple[tuple[str, list[str]], ...] = (
    ("something calm", ["explore"]),
    ("an hour of calm jazz", ["playlist"]),
    ("no country", ["refine"]),
    ("faster", ["refine"]),
    ("forget that, play some pop", ["pivot"]),
    ("remove the second one", ["edit"]),
    ("I like the second one", ["feedback"]),
    ("why the second one?", ["question"]),
    ("how many songs are there?", ["question"]),
    ("hello", ["small_talk"]),
    ("help", ["help"]),
    (
        "I like the first one, add some jazz and make it calmer",
        ["feedback", "edit", "refine"],
    ),
    ("???", []),
)


@pytest.mark.parametrize(("message", "intents"), INTENTS)
def test_a_message_says_what_it_is_after(message, intents):
    reading = read(message)

    assert list(reading.intents) == intents
    assert reading.intent == (intents[0] if intents else None)
