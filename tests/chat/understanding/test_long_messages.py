"""Of a long message the ends are read, whole words only."""

import json

from chat.agent.understanding.listening import READ_CHARS, part_read


def test_a_message_of_usual_length_is_read_whole():
    text = "play some jazz " * 200

    assert len(text) == READ_CHARS
    assert part_read(text) == text


def test_of_a_long_story_beginning_and_end_are_read():
    story = "I remember the summers by the sea and the long way home. " * 86
    text = f"For my sister: {story}So please play some jazz."

    read = part_read(text)

    assert len(read) <= READ_CHARS + 1
    assert read.startswith("For my sister: I remember")
    assert read.endswith("So please play some jazz.")
    assert set(read.split()) <= set(text.split())
    assert read.count("\n") == 1


def test_words_without_end_are_cut_all_the_same():
    assert len(part_read("x" * 5000)) == READ_CHARS + 1
    assert len(part_read("90s |" * 1000)) <= READ_CHARS + 1


def test_data_stays_whole():
    data = json.dumps({"songs": ["play some jazz"] * 300})

    assert part_read(data) == data
