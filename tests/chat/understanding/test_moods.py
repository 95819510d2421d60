"""Feelings and occasions in many words."""

import pytest

from tests.chat.understanding.shorthand import in_short, sides

MOODS = (
    ("I'm a bit down, something slow and warm", "ask 'bit down' 'slow' 'warm'"),
    ("feeling kinda blue tonight", "ask 'blue'"),
    ("rough day, cheer me up", "ask 'rough day' 'cheer me up'"),
    ("can't sleep", "ask 'can't sleep'"),
    ("something to wake me up", "ask 'wake me up'"),
    ("music for a rainy sunday with a book", "ask 'rainy sunday' 'with a book'"),
    ("I feel great!", "ask 'feel great'"),
    ("I'm so stressed out, help me relax", "ask 'stressed' 'relax'"),
    ("my girlfriend just left me", "ask 'left me'"),
    ("I'm heartbroken", "ask 'heartbroken'"),
    ("something to study to", "ask 'study'"),
    ("i'm angry at the world", "ask 'angry'"),
    ("chill vibes", "ask 'chill'"),
    ("I'm not happy today", "refine 'not happy'"),
    ("something happy but not too fast", "ask 'happy' 'not fast'"),
    ("background music for a dinner party", "ask 'background' 'dinner party'"),
    ("we're having friends over tonight", "ask 'friends over'"),
    ("need energy for the gym", "ask 'need energy' 'gym'"),
    ("a playlist for jogging at 160 bpm", "ask 'jogging' tempo=152..168"),
    ("something epic and orchestral", "ask orchestral 'epic'"),
    ("I'm feeling lonely", "ask 'lonely'"),
    ("let's party!", "ask 'party'"),
    ("cozy evening by the fire", "ask 'cozy' 'evening' 'by the fire'"),
    ("monday morning motivation", "ask 'morning' 'motivation'"),
    ("help me focus", "ask 'focus'"),
    ("help me fall asleep", "ask 'fall asleep'"),
    ("got dumped", "ask 'got dumped'"),
    ("i need to calm down", "ask 'calm down'"),
    ("sad songs", "ask 'sad'"),
    ("late night driving", "ask 'late night' 'driving'"),
    ("in the mood for something melancholic", "ask 'melancholic'"),
)


@pytest.mark.parametrize(("message", "meaning"), MOODS)
def test_moods_are_found_in_a_message(message, meaning):
    assert in_short(message) == meaning


SIDES = (
    (
        "I'm a bit down, something slow and warm",
        "acousticness+ energy- tempo- valence-",
    ),
    ("feeling kinda blue tonight", "energy- valence-"),
    ("rough day, cheer me up", "energy+ valence+"),
    ("can't sleep", "energy-"),
    ("i couldn't sleep last night", "energy-"),
    ("something to wake me up", "energy+ valence+"),
    ("music for a rainy sunday with a book", "energy- instrumentalness+"),
    ("I feel great!", "energy+ valence+"),
    ("my boyfriend broke up with me", "energy- valence-"),
    ("we broke up yesterday", "energy- valence-"),
    ("I need to let off steam", "energy+"),
    ("I'm so angry", "energy+ valence-"),
    ("something for the gym", "energy+ tempo+"),
    ("helps me concentrate on my exams", "energy- instrumentalness+"),
    ("dinner with friends", "valence+"),
    ("a lazy sunday afternoon", "energy-"),
    ("pump me up", "energy+"),
    ("songs to dance to", "danceability+ energy+"),
    ("Friday night with friends", "danceability+ energy+ valence+"),
    ("sad but energetic", "energy+ valence-"),
    ("no vocals, calm", "energy-"),
    ("I'm not happy", "valence-"),
    ("I don't feel sad", "energy+ valence+"),
    ("gentle acoustic guitar by the fire", "acousticness+ energy-"),
    ("wind down before bed", "energy-"),
    ("deep cuts by Nina Vale", "popularity-"),
    ("hidden gems by Nina Vale", "popularity-"),
    ("deep cuts only", "popularity-"),
    ("greatest hits of the 90s", "popularity+"),
    ("something fast paced and dark", "energy+ tempo+ valence-"),
    ("I'm in love", "energy- valence+"),
    ("I'm tired", "energy-"),
)
IDIOMS = (
    "I'm down for some jazz",
    "I love jazz",
    "that works for me, play jazz",
    "I feel like jazz",
    "jazz that is easy to listen to",
)


@pytest.mark.parametrize(("message", "expected"), SIDES)
def test_a_mood_is_on_its_side_of_the_middle(message, expected):
    assert sides(message) == expected


@pytest.mark.parametrize("message", IDIOMS)
def test_an_idiom_is_no_mood(message):
    assert sides(message) == ""
