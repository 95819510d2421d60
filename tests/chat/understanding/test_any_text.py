"""Whatever is typed, reading it ends in some reading, and always in the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.agent.understanding.clauses import clauses_of
from chat.agent.understanding.reader import MAX_ACTS
from chat.agent.understanding.reading import Reading
from chat.agent.understanding.spans import name_keys, named_in
from chat.agent.understanding.tokens import tokenised, words_of
from tests.chat.understanding.shorthand import ARTISTS, TITLES, look_up, read

WORDS = words_of(
    "remove add more less not no but and or the first second last one number 3 12 1980",
    "80s '65 jazz house metal slow happy upbeat too enough keep only everything by like",
    "from call it why replace with for an hour songs undo , . ! ? - ’ \" “ ” ' & /",
    "it them her this that half twice a without until 10-20 bpm",
)

texts = st.text(max_size=300)
sentences = st.lists(
    st.sampled_from((*sorted(WORDS), *ARTISTS, *TITLES)), max_size=40
).map(" ".join)


@given(texts | sentences)
def test_any_text_has_one_reading(text):
    reading = read(text)

    assert isinstance(reading, Reading)
    assert len(reading.acts) <= MAX_ACTS
    assert read(text) == reading


@given(texts | sentences)
def test_names_and_clauses_keep_their_places(text):
    tokens = tokenised(text)
    named = named_in(text, tokens, look_up(name_keys(tokens)), this_year=2026)
    clauses = clauses_of(text, tokens, named)

    assert all(name.text == text[name.start : name.end] for name in named)
    assert all(a.end <= b.start for a, b in zip(named, named[1:], strict=False))
    ends = [(clause.start, clause.start + len(clause.text)) for clause in clauses]
    assert all(a[1] <= b[0] for a, b in zip(ends, ends[1:], strict=False))
    assert all(len(clause.text) == len(clause.masked) for clause in clauses)


@pytest.mark.parametrize(
    "part",
    [
        "a ",
        "a,",
        "make ",
        "Aa ",
        "by A ",
        "the first, ",
        "1 to ",
        "not ",
        "songs by ",
        "'",
        '"',
        "ß",
    ],
)
def test_five_thousand_characters_are_read(part):
    message = (part * 5000)[:5000]

    assert len(read(message).acts) <= MAX_ACTS


@pytest.mark.parametrize("message", ["", "   ", "???", "🎉🎉", "...", "\n\n", "—"])
def test_nothing_said_is_nothing_asked(message):
    assert read(message).acts == ()


@pytest.mark.parametrize(
    "message", ["שלום אני רוצה מוזיקה שמחה", "أريد موسيقى هادئة", "ジャズが好き"]
)
def test_words_of_other_scripts_are_searched_for(message):
    (act,) = read(message).acts

    assert act.wanted.words
