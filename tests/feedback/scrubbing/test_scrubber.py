"""What is taken out of messages, and what stays."""

from pathlib import Path

import pytest

from feedback.evaluation.messages import known_read, messages_read
from feedback.evaluation.scrubber import figures_of
from feedback.scrubbing.scrubber import ARTIST_OR_PERSON, GUESSED, scrub
from tests.factories import make_track

DATA = Path(__file__).parent / "data"
RECALL, KEPT = 0.98, 0.98


def test_what_tells_people_apart_is_gone_from_messages_that_no_rule_was_written_for():
    messages = messages_read(DATA / "messages.txt")
    known = known_read(DATA / "catalog.txt", messages)
    held = [m for m in messages if m.part == "held"]

    figures = figures_of([(m, scrub(m.text, look_up=known.look_up)) for m in held])

    assert len(messages) >= 240
    assert figures["private"] >= 100
    assert figures["recall"] >= RECALL, figures
    assert figures["music_kept"] >= KEPT, figures


@pytest.mark.django_db
def test_an_artist_of_the_catalog_stays_and_a_wife_of_that_name_does_not(
    django_assert_num_queries,
):
    for title in ("Hello", "Skyfall", "Someone Like You", "Easy on Me"):
        make_track(title, artist="Adele")

    with django_assert_num_queries(1):
        scrubbed = scrub("Play Adele for my wife Adele, and for Nigel's party")

    assert scrubbed.text == "Play Adele for my wife [name], and for [name]'s party"
    assert [f.kind for f in scrubbed.found] == ["name", "name"]
    assert {GUESSED, ARTIST_OR_PERSON} >= set(scrubbed.doubts)
    assert 0 < scrubbed.doubt < 1


@pytest.mark.django_db
def test_what_holds_nothing_private_is_left_as_it_is_and_raises_no_doubt():
    text = "something slow from the 90s, 45 minutes, no vocals"

    scrubbed = scrub(text)

    assert (scrubbed.text, scrubbed.found) == (text, ())
    assert (scrubbed.doubt, scrubbed.doubts) == (0, ())
