"""What is taken out of messages, and what stays."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.search.known_names import NamedBy
from feedback.evaluation.messages import PARTS, known_read, messages_read
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


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("call 0151 23456789", "call [phone]"),
        ("2000 2005 and 120-140 bpm", "2000 2005 and 120-140 bpm"),
        ("to DE89 3704 0044 0532 0130 00", "to [number]"),
        ("I'm behind 2001:db8::1", "I'm behind [ip]"),
        (
            "last.fm or spotify.com, not my.page.org/ada",
            "last.fm or spotify.com, not [url]",
        ),
        ("kate at home dot net", "[email]"),
        ("discord is grumpy#4412", "discord is [handle]"),
        ("born on 3 May 1990", "born on [date]"),
        ("released on 3 May 1990", "released on 3 May 1990"),
        ("12 Baker Street, London", "[address]"),
        ("I work at Northfield Dental Clinic", "I work at [organisation]"),
        ("my password is hunter2", "my password is [secret]"),
        ("Mark and I, as Rose says", "[name] and I, as [name] says"),
        ("will you mark it as rose, in April", "will you mark it as rose, in April"),
        ("", ""),
    ],
)
def test_each_kind_is_found_and_what_only_looks_like_it_isnt(text, gone):
    assert scrub(text, look_up=lambda _: NamedBy({}, {}, frozenset())).text == gone


def test_the_command_prints_recall_and_what_was_missed_of_the_half_to_develop_on(
    tmp_path, capsys
):
    messages, names = tmp_path / "messages.txt", tmp_path / "catalog.txt"
    # One of each half: by their checksums.
    messages.write_text(
        "# invented\nen\tfor my wife [name:Sarah], {Adele}\nen\tsee [name:zq] at five\n"
        "en\tfor my wife [name:Sarah] and <Sarah>\n"
    )
    names.write_text("faint\tSarah\n")
    asked = ["scrubber", str(messages), "--catalog", str(names), "--misses"]

    call_command("evaluate", *asked)
    out, said = capsys.readouterr()
    figures = json.loads(out.splitlines()[-1])
    halves = [figures[part] for part in PARTS]

    assert figures["messages"] == sum(half["messages"] for half in halves) == 3
    assert sum(half["recall_by_kind"].get("name", [0])[0] for half in halves) == 2
    assert sum(half["private"] for half in halves) == 3
    assert "scrubbing 3 messages" in said
    messages.write_text("en\t[nickname:Sarah]\n")
    with pytest.raises(CommandError, match="no kind is 'nickname'"):
        call_command("evaluate", *asked)


def test_messages_of_any_make_are_scrubbed_in_bounded_time():
    for text in ("a" * 4000, "my wife " * 500, "1 " * 2000, "@" * 4000, "A. " * 1300):
        scrub(text, look_up=lambda _: NamedBy({}, {}, frozenset()))
