"""The prompts that a new conversation offers are understood in full."""

from chat.views import PROMPTS
from tests.chat.understanding.shorthand import in_short, read

MEANINGS = {
    "I'm a bit down, something slow and warm": "ask 'bit down' 'slow' 'warm'",
    "Upbeat 80s to cook to": "ask 'upbeat' 'cook' 1980..1989",
    "A calm hour of piano, no vocals": "ask 'calm' instrument=piano instrumental minutes=60",
    "Jazz for a late train ride": "ask jazz 'train ride'",
    "Something loud to clean the flat to": "ask 'loud' 'clean'",
    "Surprise me with songs from the 60s": "ask 1960..1969",
}


def test_every_prompt_means_all_that_it_names():
    assert {prompt: in_short(prompt) for prompt in PROMPTS} == MEANINGS


def test_piano_is_searched_for_and_without_vocals():
    (act,) = read("A calm hour of piano, no vocals").acts

    assert "piano" in act.wanted.words
    assert [held.id for held in act.wanted.constraints] == [
        "instrument:piano",
        "instrumental",
    ]
