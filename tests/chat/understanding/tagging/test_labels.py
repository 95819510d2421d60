"""Tags become spans and spans tags, and the likeliest row of tags is found."""

import itertools

import numpy as np

from chat.agent.understanding.tagging.chain import best_tags
from chat.agent.understanding.tagging.labels import Tag, bio_of, spans_of, spans_seen
from chat.agent.understanding.tagging.words import word_places


def words(text):
    return [text[start:end] for start, end in word_places(text)]


def test_marks_and_possessives_belong_to_no_word():
    assert words("AC/DC's best, a$ap (live)... don't!") == [
        "AC/DC",
        "best",
        "a$ap",
        "live",
        "don't",
    ]


def test_spans_become_tags_and_spans_again():
    text = "add Nina Vale and Air to it"
    spans = (Tag("artist", 4, 13), Tag("artist", 18, 21))
    places = word_places(text)

    tags = bio_of(places, spans)

    assert tags == ["O", "B-artist", "I-artist", "O", "B-artist", "O", "O"]
    assert spans_of(places, tags) == spans


def test_a_stray_inside_begins_a_span():
    places = [(0, 1), (2, 3), (4, 5)]

    assert spans_of(places, ["I-work", "I-artist", "O"]) == (
        Tag("work", 0, 1),
        Tag("artist", 2, 3),
    )


def test_to_names_a_title_or_an_album_is_a_work():
    spans = (Tag("title", 0, 1), Tag("album", 2, 3), Tag("genre", 4, 5))

    assert spans_seen("names", spans) == (Tag("work", 0, 1), Tag("work", 2, 3))
    assert spans_seen("slots", spans) == spans


def test_the_likeliest_row_is_the_best_of_all_rows():
    chance = np.random.default_rng(5)
    emissions = chance.normal(size=(4, 3)).astype(np.float32)
    transitions = chance.normal(size=(3, 3)).astype(np.float32)

    def score(row):
        steps = sum(transitions[a, b] for a, b in itertools.pairwise(row))
        return steps + sum(emissions[t, tag] for t, tag in enumerate(row))

    best = max(itertools.product(range(3), repeat=4), key=score)

    assert best_tags(emissions, transitions) == list(best)
