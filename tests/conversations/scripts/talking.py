"""Following a thread: references, feedback, pivots, memory, and talk that asks nothing."""

from tests.conversations.script import (
    above,
    added,
    artists_of,
    asks,
    below,
    by,
    count,
    empty,
    genre,
    gone_at,
    higher,
    is_of_genre,
    lower,
    names,
    new,
    no_genre,
    none_by,
    nothing_lost,
    other,
    script,
    shows_some,
    some,
    some_by,
    unchanged,
    years,
)

JAZZ = ("play some jazz", count(12), genre("jazz"))
SOUL = ("10 soul songs", count(10), genre("soul"))


def without_first_of(turn):
    """The first song of an earlier list isn't here."""

    def check(moment):
        assert moment.earlier[turn][0] not in moment.after

    return check


def without_second_of(turn):
    """The second song of an earlier list isn't here."""

    def check(moment):
        assert moment.earlier[turn][1] not in moment.after

    return check


def by_artist_of(place, turn):
    """Some new song is by the artist of a song of an earlier list."""

    def check(moment):
        theirs = artists_of(moment.earlier[turn][place - 1])
        assert any(artists_of(track) & theirs for track in moment.after)

    return check


def without_artist_of(place, turn):
    """No song is by the artist of a song of an earlier list."""

    def check(moment):
        theirs = artists_of(moment.earlier[turn][place - 1])
        assert not any(artists_of(track) & theirs for track in moment.after)

    return check


SCRIPTS = (
    # References.
    script("more like the second", SOUL, ("more like the second one", shows_some)),
    script(
        "more of him",
        ("play {blues 1: 1} by {blues 1}", some_by("{blues 1}")),
        ("more of him", some_by("{blues 1}", 2)),
    ),
    script(
        "more by the artist of the third",
        SOUL,
        ("add more by the artist of the third", nothing_lost, by_artist_of(3, 1)),
    ),
    script(
        "that one", SOUL, ("why the third song?", unchanged), ("remove it", gone_at(3))
    ),
    script(
        "remove that song",
        SOUL,
        ("I like number 2", unchanged),
        ("more like that", shows_some),
    ),
    script(
        "those two",
        SOUL,
        ("add two by {rock 1}", added(2)),
        ("remove those two", lambda m: _is_list_of_songs(m, 1)),
    ),
    script(
        "a place after an edit",
        SOUL,
        ("remove the first one", gone_at(1)),
        ("remove the first one", gone_at(1), without_second_of(1)),
    ),
    script(
        "the first list",
        JAZZ,
        ("now some metal", genre("metal")),
        ("go back to the first list", lambda m: _is_list_of_songs(m, 1)),
    ),
    script(
        "no more of that artist",
        SOUL,
        ("no more by the artist of the first song", without_artist_of(1, 1)),
    ),
    # Feedback.
    script(
        "a dislike goes and stays away",
        SOUL,
        ("I don't like the first one", without_first_of(1)),
        ("more soul", without_first_of(1)),
        ("20 soul songs", without_first_of(1), count(20)),
    ),
    script("a like is kept", SOUL, ("I love the second one", unchanged)),
    script(
        "a like leads on", SOUL, ("I love the first one, more like that", shows_some)
    ),
    script(
        "not this artist",
        SOUL,
        ("I can't stand {soul 1}", none_by("{soul 1}")),
        ("more soul songs", none_by("{soul 1}")),
    ),
    script("don't like any", SOUL, ("I don't like any of these", asks)),
    script("skip it", SOUL, ("skip the first one", without_first_of(1))),
    # Refining.
    script(
        "a decade comes to a genre",
        JAZZ,
        ("from the 60s", genre("jazz"), years(1960, 1969)),
    ),
    script(
        "a mood comes to a genre",
        ("rock", genre("rock")),
        ("something calmer", genre("rock"), lower("energy")),
    ),
    script(
        "a refusal comes to a genre",
        ("pop", genre("pop")),
        ("but not by {pop 1}", genre("pop"), none_by("{pop 1}")),
    ),
    script(
        "a genre comes to a decade",
        ("songs from the 80s", years(1980, 1989)),
        ("only rock", genre("rock"), years(1980, 1989)),
    ),
    script("a number comes to a genre", JAZZ, ("just 5", count(5), genre("jazz"))),
    script(
        "only instrumental", JAZZ, ("only instrumental ones", lambda m: _voiceless(m))
    ),
    script(
        "a second refusal",
        ("party music, no techno", no_genre("techno")),
        ("and no house either", no_genre("house"), no_genre("techno")),
    ),
    script(
        "refusals last",
        ("party music, no metal", no_genre("metal")),
        ("more energetic", no_genre("metal")),
        ("20 songs", no_genre("metal")),
        ("faster", no_genre("metal")),
    ),
    script(
        "five turns",
        JAZZ,
        ("slower", lower("tempo_bpm")),
        ("only from before 1990", years(1900, 1989), genre("jazz")),
        # "The first one" is the first of those shown last, which a model chooses.
        ("remove number 1", gone_at(1)),
        ("add 2 more", added(2), years(1900, 1989), genre("jazz")),
    ),
    # Pivots.
    script(
        "a pivot",
        ("90s hip hop", genre("hip hop")),
        ("actually, let's do jazz instead", genre("jazz"), other(0.9)),
        ("more", genre("jazz")),
    ),
    script(
        "a pivot drops the time",
        ("pop from the 80s", years(1980, 1989)),
        (
            "forget that, play some techno",
            genre("techno"),
            some(lambda t: t.year >= 1990),
        ),
    ),
    script(
        "a pivot to a mood",
        ("metal", genre("metal")),
        ("now something for dinner", below("energy", 0.6), other(0.8)),
    ),
    script(
        "a pivot to an artist",
        ("folk", genre("folk")),
        ("now play {house 1}", by("{house 1}")),
    ),
    script(
        "and back",
        ("reggae", genre("reggae")),
        ("now punk", genre("punk")),
        ("ok back to reggae", genre("reggae")),
    ),
    script(
        "never mind",
        ("happy pop", genre("pop")),
        ("never mind, ambient", genre("ambient")),
    ),
    script(
        "change of mind in one message", ("some rock, no wait, blues", genre("blues"))
    ),
    # Memory.
    script(
        "forget a constraint",
        ("calm jazz", genre("jazz"), below("energy", 0.5)),
        ("forget about calm", genre("jazz")),
    ),
    script(
        "forget a refusal",
        ("party, no techno", no_genre("techno")),
        ("techno is fine after all", unchanged),
        ("10 techno songs", genre("techno"), count(10), shows_some),
    ),
    script("what do you know", JAZZ, ("what do you know about me?", unchanged)),
    script(
        "what did I ask for",
        ("calm folk", genre("folk")),
        ("what did I ask for?", unchanged),
    ),
    # Questions.
    script("why this one", SOUL, ("why did you pick the first one?", unchanged)),
    script("who is this", SOUL, ("who sings the second one?", unchanged)),
    script("how long", SOUL, ("how long is the playlist?", unchanged)),
    script("a question about music", ("what is bebop?", empty)),
    script("a question about here", ("what can you do?", empty)),
    script("help", ("help", empty)),
    # Talk that asks for nothing.
    script("hello", ("hello!", empty)),
    script(
        "hello, then a wish", ("hi there", empty), ("play some blues", genre("blues"))
    ),
    script(
        "a wish in a greeting", ("hi! could you play some jazz for me?", genre("jazz"))
    ),
    script("thanks", JAZZ, ("thanks, that's great", unchanged)),
    script("praise", JAZZ, ("wow this is perfect", unchanged)),
    script("bye", JAZZ, ("bye", unchanged)),
    script("ok", JAZZ, ("ok", unchanged)),
    script("how are you", ("how are you?", empty)),
    script("a joke", ("tell me a joke", empty)),
    script("the weather", ("what's the weather like tomorrow?", empty)),
    script("a table", ("book a table for two at eight", empty)),
    script("an alarm", JAZZ, ("set an alarm for 7 am", unchanged)),
    script("who are you", ("are you a robot?", empty)),
    script("an insult", JAZZ, ("you are stupid", unchanged)),
    script("a sigh", ("meh", empty)),
    # Contradictions.
    script("a calm loud genre", ("calm metal", genre("metal"), shows_some)),
    script("a time that contradicts", ("songs from the 80s released after 2000", asks)),
    script("asked and refused", ("jazz but no jazz", asks)),
    script("more than all", ("play all the songs you have", count(0, 200))),
    script("none", ("0 songs", empty)),
    script(
        "changing sides",
        JAZZ,
        ("more upbeat", higher("energy")),
        ("no, calmer", lower("energy")),
    ),
    # Several topics.
    script(
        "a compliment and an edit",
        SOUL,
        ("love it! but drop the last one", gone_at(-1)),
    ),
    script("a question and a wish", JAZZ, ("nice, who is that? add 2 more", added(2))),
    script(
        "a mix of genres",
        (
            "mix of jazz and hip hop",
            genre("jazz", "hip hop"),
            some(lambda t: is_of_genre(t, "jazz")),
            some(lambda t: is_of_genre(t, "hip hop")),
        ),
    ),
    script(
        "an unknown name among known",
        (
            "songs by {pop 1} and Zorblatt Quuxington",
            some_by("{pop 1}"),
            names("Zorblatt Quuxington"),
        ),
    ),
    script(
        "add something wild",
        ("calm folk", below("energy", 0.5)),
        ("add something wild at the end", nothing_lost, new(above("energy", 0.4))),
    ),
    script(
        "not too slow", ("soul, not too slow", genre("soul"), above("tempo_bpm", 95))
    ),
)


def _is_list_of_songs(moment, turn):
    assert set(moment.after) == set(moment.earlier[turn])


def _voiceless(moment):
    assert moment.after
    assert all(track.instrumentalness > 0.5 for track in moment.after)
