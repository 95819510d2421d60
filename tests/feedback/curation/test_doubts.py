"""What speaks against a record before anybody has read it."""

import pytest

from catalog.models import Track
from feedback.curation.doubting import around_of, doubts_note, given_of
from feedback.curation.doubts import (
    LABELS,
    Around,
    Code,
    Doubt,
    Given,
    contradictions,
    doubts_of,
    gibberish_share,
    oddities,
    repetitions,
    total,
)
from feedback.curation.fitting import Asked, Song, fits
from feedback.curation.reading import asked_of, label_read
from feedback.scrubbing.scrubber import WEIGHTS
from tests.factories import make_record, make_track
from tests.feedback.curation.conftest import give, jazz_asked_metal_approved

JAZZ = Asked("genre", "jazz", key="jazz")
FIFTIES = Asked("years", "50s", low=1950, high=1959)
CALM = Asked("attribute", "calm", key="energy", high=0.3)
NO_METAL = Asked("genre", "no metal", key="metal", is_refused=True)


def song(*genres, **known):
    return Song(key=known.pop("key", "one"), genres=frozenset(genres), **known)


def codes(found):
    return [doubt.code for doubt in found]


@pytest.mark.parametrize(
    ("asked", "heard", "told"),
    [
        (JAZZ, song("bebop"), True),
        (JAZZ, song("metal"), False),
        (JAZZ, song(), None),
        (NO_METAL, song("death metal"), False),
        (NO_METAL, song("jazz"), True),
        (FIFTIES, song(year=1959), True),
        (FIFTIES, song(year=1961), None),
        (FIFTIES, song(year=1975), False),
        (FIFTIES, song(), None),
        (Asked("years", "not 50s", low=1950, high=1959, is_refused=True),)
        + (song(year=1955), False),
        (Asked("years", "not 50s", low=1950, high=1959, is_refused=True),)
        + (song(year=1959), None),
        (CALM, song(attributes={"energy": 0.45}), None),
        (CALM, song(attributes={"energy": 0.9}), False),
        (Asked("language", "in Greek", key="el"), song(language="en"), False),
        (Asked("language", "in Greek", key="el"), song(language="el-GR"), True),
        (Asked("explicit", "not explicit", is_refused=True),)
        + (song(is_explicit=True), False),
        (Asked("explicit", "not explicit", is_refused=True), song(), None),
        (Asked("instrumental", "instrumental"),)
        + (song(attributes={"instrumentalness": 0.05}), False),
        (Asked("tempo", "slow", high=90.0), song(tempo_bpm=95.0), None),
        (Asked("tempo", "slow", high=90.0), song(tempo_bpm=140.0), False),
        (Asked("duration", "short songs", high=180.0), song(length_s=400.0), False),
        (Asked("version", "live", key="live"), song(version=""), False),
        (Asked("place", "from Mali", key="mali"), song("jazz"), None),
    ],
)
def test_a_song_is_against_what_was_asked_only_where_its_facts_say_so(
    asked, heard, told
):
    assert fits(asked, heard) is told


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("jazz", Asked("genre", "jazz", "jazz")),
        ("not hip-hop", Asked("genre", "not hip-hop", "hip hop", is_refused=True)),
        ("90s", Asked("years", "90s", low=1990, high=1999)),
        (
            "not 2010s",
            Asked("years", "not 2010s", low=2010, high=2019, is_refused=True),
        ),
        ("1987", Asked("years", "1987", low=1987, high=1987)),
        ("1987 to 1994", Asked("years", "1987 to 1994", low=1987, high=1994)),
        ("from 2000", Asked("years", "from 2000", low=2000)),
        ("until 1970", Asked("years", "until 1970", high=1970)),
        ("up to 90 BPM", Asked("tempo", "up to 90 BPM", high=90)),
        ("songs up to 3:30", Asked("duration", "songs up to 3:30", high=210)),
        ("in Greek", Asked("language", "in Greek", "el")),
        ("live versions", Asked("version", "live versions", "live")),
        ("no covers", Asked("version", "no covers", "cover", is_refused=True)),
        ("with vocals", Asked("instrumental", "with vocals", is_refused=True)),
        ("nothing explicit", Asked("explicit", "nothing explicit", is_refused=True)),
        ("low energy", Asked("attribute", "low energy", "energy", high=0.5)),
        ("not rock, but metal", Asked("", "not rock, but metal")),
        ("calm", Asked("", "calm")),
        ("live", Asked("", "live")),
        ("Ada Lane", Asked("", "Ada Lane")),
        ("", Asked("", "")),
    ],
)
def test_constraints_are_read_back_from_their_words(words, read):
    assert label_read(words) == read


def test_what_is_no_list_of_words_is_read_as_far_as_it_goes():
    assert asked_of(None) == asked_of({}) == []
    assert [one.words for one in asked_of(["jazz", 7])] == ["jazz", "7"]


def test_songs_against_what_was_asked_are_doubtful_by_their_share():
    jazz, metal, unknown = song("jazz"), song("metal"), song()
    given = Given("jazz", asked=[JAZZ], approved=[metal, metal, unknown])

    assert codes(contradictions(given)) == [Code.AGAINST]
    (worst,) = contradictions(given)
    half = Given("jazz", asked=[JAZZ], approved=[metal, jazz])
    (less,) = contradictions(half)
    assert less.weight < worst.weight
    mostly = Given("jazz", asked=[JAZZ], approved=[metal, jazz, jazz])
    assert not list(contradictions(mostly))
    assert not list(contradictions(Given("jazz", asked=[JAZZ], refused=[metal])))


def test_one_song_approved_and_refused_and_a_mood_turned_round():
    calm = song(attributes={"energy": 0.1})
    both = Given("x", approved=[calm], refused=[calm], mood=(None, 0.9))

    assert codes(contradictions(both)) == [Code.BOTH, Code.MOOD]
    near = Given("x", approved=[calm], mood=(0.9, 0.4))
    assert not list(contradictions(near))


@pytest.mark.parametrize(
    ("text", "around", "found"),
    [
        ("something calm", Around(own=3), [Code.REPEATED]),
        ("something calm", Around(own=2, others=50, week=39), []),
        (
            "buy the new album of my band it is really very good",
            Around(others=2),
            [Code.COPIED],
        ),
        ("something calm", Around(week=40), [Code.BURST]),
        ("", Around(own=10), []),
    ],
)
def test_what_is_given_again_and_again(text, around, found):
    assert codes(repetitions(text, around)) == found


def test_the_more_often_the_more_doubtful():
    few, more, many = (
        total(repetitions("something calm", Around(own=n))) for n in (3, 6, 100)
    )

    assert few < more < many < 1


@pytest.mark.parametrize(
    "text",
    [
        "asdfgh qwrtzp sdfghjk lkjhgf",
        "aaaaaaaaaaaaaaaaaaaaa",
        "play play play play play play play play music",
        "!!!! ???? ;;;; #### 12345",
        "χχχχχχχχχχχχ",
    ],
)
def test_gibberish_is_seen_in_any_script(text):
    assert gibberish_share(text) >= 0.4
    assert Code.GIBBERISH in codes(oddities(text))


@pytest.mark.parametrize(
    "text",
    [
        "something slow for a rainy evening",
        "more like MGMT and LCD Soundsystem, no NSYNC",
        "κάτι ήσυχο για το βράδυ",
        "أغاني هادئة للمساء",
        "雨の日に聴く静かな曲",
        "Schwarzwälder Volkslieder, Angstschweiß",
        "songs for [name], call me at [phone] or [email]",
        "80s",
        "",
        "like https://example.org/a/song please, and more of its kind by other bands",
    ],
)
def test_requests_in_any_language_are_none(text):
    assert codes(oddities(text)) == []


def test_a_list_of_links_is_doubtful_also_when_they_were_taken_out():
    for text in ("https://a.example/x www.b.example", "[url] [url] [url] listen"):
        assert codes(oddities(text)) == [Code.LINKS], text


def test_every_doubt_of_the_scrubber_and_of_ours_has_words():
    assert {*WEIGHTS, *Code} == set(LABELS)


def test_doubts_add_up_without_ever_being_certain():
    assert total([]) == 0
    assert total([Doubt("a", 0.5), Doubt("b", 0.5)]) == pytest.approx(0.75)
    assert total([Doubt("a", 7), Doubt("b", -1)]) == 1
    own = [Doubt(Code.GUESSED, 0.2)]
    found = doubts_of(Given("asdfgh qwrtzp sdfghjk"), Around(), scrubber=own)
    assert codes(found) == [Code.GIBBERISH, Code.GUESSED]


@pytest.mark.django_db
def test_a_record_is_noted_with_what_the_tables_say(django_assert_num_queries):
    record = jazz_asked_metal_approved()
    record.doubts = ["guessed", "burst"]
    for _ in range(2):
        make_record(record.text.upper(), pseudonym=record.pseudonym)
    make_record(record.text, pseudonym="somebody else")

    with django_assert_num_queries(7):
        doubts_note(record, scrubber={"guessed": 0.3})

    # The scrubber's own stays, and ours are made anew, however often.
    assert record.doubts == ["against", "repeated", "guessed"]
    assert 0.8 < record.doubt < 0.9
    before = record.doubt
    doubts_note(record, scrubber={"guessed": 0.3})
    assert record.doubt == before
    assert around_of(record) == Around(own=3, others=1, week=3)


@pytest.mark.django_db
def test_recordings_of_one_song_are_one_and_its_live_version_another():
    keys = {
        "title": "Blue Hour",
        "artist": "Ada Lane",
        "song_key": "blue hour ada lane",
    }
    studio, other = make_track(**keys), make_track(**keys)
    live = make_track(**keys, version="live")

    both = given_of(give(approved=[studio], refused=[other]))
    apart = given_of(give(approved=[studio], refused=[live]))

    assert codes(contradictions(both)) == [Code.BOTH]
    assert codes(contradictions(apart)) == []


@pytest.mark.django_db
def test_what_spotify_says_of_a_song_is_no_ground_for_doubt():
    told = {"energy": "spotify-features", "valence": "measured"}
    track = make_track(energy=0.9, valence=0.2, attribute_sources=told)

    (song,) = given_of(give(approved=[track])).approved

    assert song.attributes == {"valence": 0.2}


@pytest.mark.django_db
def test_a_song_that_is_gone_is_known_by_its_names():
    track = make_track("Blue Hour")
    record = give(approved=[track], refused=[make_track()])
    record.tracks.update(identifiers={"title": "Blue Hour", "artists": ["Ada Lane"]})
    Track.objects.all().delete()

    given = given_of(record)

    assert given.approved[0].genres == frozenset()
    assert codes(contradictions(given)) == [Code.BOTH]
