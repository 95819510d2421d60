"""What is suggested can be said: each suggestion is read as what it asks for."""

from random import Random

import pytest

from catalog.genres import genres
from catalog.search.levels import FRACTIONS, Levels
from chat.agent.builtin.remembering import FOR_GOOD
from chat.agent.constraints import genre
from chat.agent.state import Given
from chat.agent.suggestions import BEGINNINGS, is_understood, suggested
from chat.agent.understanding.reading import AddSome
from tests.chat.test_proof import make_song
from tests.chat.understanding.shorthand import read

LEVELS = Levels(
    {
        "energy": FRACTIONS,
        "valence": FRACTIONS,
        "tempo_bpm": tuple(60 + 100 * fraction for fraction in FRACTIONS),
    }
)


def suggestions(songs, seed=1, given=None, **more):
    chance = Random(seed)  # noqa: S311 (choice of words)
    return suggested(
        songs, given=given or Given(), levels=LEVELS, chance=chance, **more
    )


def lists():
    for count in (1, 12, 30):
        for energy, valence, tempo in (
            (0.1, 0.9, 70),
            (0.9, 0.1, 150),
            (0.5, 0.5, 110),
        ):
            yield [
                make_song(n, energy=energy, valence=valence, tempo_bpm=float(tempo))
                for n in range(count)
            ]


@pytest.mark.parametrize("words", [*BEGINNINGS, "forget my likes", FOR_GOOD])
def test_beginnings_and_offers_are_understood(words):
    assert is_understood(read(words))


def test_every_suggestion_for_a_list_is_understood():
    for songs in lists():
        for seed in range(20):
            found = suggestions(songs, seed, can_undo=True)
            assert 2 <= len(found) <= 4
            assert len(set(found)) == len(found)
            for words in found:
                assert is_understood(read(words)), words


def test_every_genre_that_may_be_suggested_is_read_as_itself(pytestconfig):
    share = 1 if pytestconfig.getoption("all_scripts") else 4
    for key in sorted(genres())[::share]:
        songs = [make_song(n, genres=(key,)) for n in range(3)]
        for words in suggestions(songs):
            reading = read(words)
            assert is_understood(reading), words
            if words.startswith("add some"):
                (act,) = reading.acts
                assert isinstance(act, AddSome)
                assert act.wanted.genres, words


def test_a_refused_genre_is_not_suggested():
    songs = [make_song(n, genres=("bebop",)) for n in range(3)]
    refuses = Given(constraints=(genre("jazz", is_refused=True),))

    found = {words for seed in range(20) for words in suggestions(songs, seed, refuses)}

    assert "add some jazz" not in found


def test_the_same_chance_suggests_the_same():
    songs = next(iter(lists()))

    assert suggestions(songs, 5) == suggestions(songs, 5)


def test_what_an_answer_offers_comes_first():
    assert suggestions([make_song()], offers=("add “Blue”",))[0] == "add “Blue”"
