"""Asking for songs: genres, moods, times, names, lengths, and several at once."""

from catalog.models import Track
from tests.conversations.script import (
    above,
    added,
    artists_of,
    asks,
    below,
    by,
    count,
    empty,
    every,
    genre,
    is_of_genre,
    lasts,
    names,
    new,
    no,
    no_genre,
    none_by,
    script,
    shows_some,
    some,
    some_by,
    titled,
    years,
)


def is_clean(track):
    return not track.is_explicit


def is_instrumental(track):
    return track.instrumentalness > 0.5


def is_sung_in_spanish(track):
    return track.language == "es"


def is_live(track):
    return track.version == Track.Version.LIVE


def no_artist_runs_the_list(moment):
    for name in {name for track in moment.after for name in artists_of(track)}:
        assert sum(name in artists_of(track) for track in moment.after) <= 2, name


SCRIPTS = (
    script("a genre", ("play some jazz", count(12), genre("jazz"), shows_some)),
    script("a genre alone", ("techno", count(12), genre("techno"))),
    script("a number of songs", ("10 reggae songs", count(10), genre("reggae"))),
    script("a number in words", ("give me five blues songs", count(5), genre("blues"))),
    script("a genre misspelled", ("some regae please", genre("reggae"))),
    script("a genre by another name", ("hiphop", genre("hip hop"))),
    script("two genres", ("folk or country", genre("folk", "country"), count(12))),
    script("spread over artists", ("soul music", no_artist_runs_the_list)),
    script(
        "a mood",
        ("something calm for the evening", below("energy", 0.5), count(12)),
    ),
    script("sad", ("I feel sad today", below("valence", 0.5), shows_some)),
    script("happy", ("happy songs", above("valence", 0.6))),
    script("energetic", ("high energy workout music", above("energy", 0.6))),
    script("an activity", ("music for studying", below("energy", 0.5))),
    script("to fall asleep", ("help me fall asleep", below("energy", 0.35))),
    script("a party", ("party music!", above("energy", 0.6))),
    script("dancing", ("something to dance to", above("danceability", 0.6))),
    script("a mood and a genre", ("calm jazz", genre("jazz"), below("energy", 0.5))),
    script(
        "an energetic genre", ("energetic rock", genre("rock"), above("energy", 0.8))
    ),
    script("a decade", ("90s hip-hop", genre("hip hop"), years(1990, 1999))),
    script("a decade in words", ("rock from the seventies", years(1970, 1979))),
    script(
        "a decade with an apostrophe", ("'80s pop", genre("pop"), years(1980, 1989))
    ),
    script("the early part of a decade", ("early 2000s house", years(2000, 2004))),
    script(
        "before a year", ("jazz from before 1970", genre("jazz"), years(1900, 1969))
    ),
    script("after a year", ("pop after 2010", genre("pop"), years(2010, 2030))),
    script("since a year", ("country since 2005", years(2005, 2030))),
    script("between two years", ("soul between 1965 and 1975", years(1965, 1975))),
    script("one year", ("3 songs from 1994", count(3), years(1994, 1994))),
    script("the last years", ("pop from the last five years", years(2020, 2030))),
    script("an artist", ("play {rock 1}", by("{rock 1}"))),
    script("an artist in small letters", ("play some {soul 2}", by("{soul 2}"))),
    script(
        "two artists",
        ("songs by {jazz 1} and {jazz 2}", by("{jazz 1}", "{jazz 2}")),
    ),
    script("a number by an artist", ("4 songs by {pop 2}", count(4), by("{pop 2}"))),
    script(
        "a title and its artist",
        ("play {folk 2: 3} by {folk 2}", titled("{folk 2: 3}")),
    ),
    script("a title", ("play {metal 2: 4}", titled("{metal 2: 4}"))),
    script(
        "like an artist",
        ("something like {metal 1}", shows_some, none_by("{metal 1}")),
    ),
    script(
        "like an artist, but calm",
        ("like {rock 2} but calmer", shows_some, none_by("{rock 2}")),
    ),
    script("no words sung", ("instrumental music", every(is_instrumental))),
    script(
        "no vocals", ("house without vocals", genre("house"), every(is_instrumental))
    ),
    script("a language", ("songs in Spanish", every(is_sung_in_spanish))),
    script("for children's ears", ("clean hip hop", genre("hip hop"), every(is_clean))),
    script("nothing explicit", ("rap, nothing explicit", every(is_clean))),
    script("live", ("live rock", genre("rock"), every(is_live))),
    script(
        "a tempo",
        (
            "songs around 120 bpm",
            every(lambda t: 105 <= t.tempo_bpm <= 135),
        ),
    ),
    script(
        "between two tempos",
        (
            "between 90 and 110 bpm",
            every(lambda t: 90 <= t.tempo_bpm <= 110),
        ),
    ),
    script("fast", ("fast songs", above("tempo_bpm", 125))),
    script("slow", ("slow songs", below("tempo_bpm", 105))),
    script(
        "short songs",
        ("songs under 3 minutes", every(lambda t: t.duration_ms <= 180_000)),
    ),
    script("an hour", ("an hour of soul", genre("soul"), lasts(60))),
    script("half an hour", ("half an hour of punk", genre("punk"), lasts(30))),
    script(
        "an hour and a half", ("an hour and a half of pop", lasts(90), genre("pop"))
    ),
    script("45 minutes", ("45 min of calm music", lasts(45), below("energy", 0.5))),
    script(
        "hits",
        ("the biggest pop hits", genre("pop"), above("popularity", 50)),
    ),
    script(
        "deep cuts",
        ("deep cuts in rock", genre("rock"), below("popularity", 60)),
    ),
    script("a playlist of thirty", ("make me a playlist of 30 songs", count(30))),
    script(
        "all at once",
        (
            "8 upbeat soul songs from the 60s, nothing by {soul 1}",
            count(8),
            genre("soul"),
            years(1960, 1969),
            none_by("{soul 1}"),
        ),
    ),
    script(
        "refusing a genre", ("party music but no techno", no_genre("techno"), count(12))
    ),
    script(
        "anything but an artist", ("jazz, anything but {jazz 3}", none_by("{jazz 3}"))
    ),
    script(
        "not a mood", ("rock, not too loud or aggressive", genre("rock"), count(1, 12))
    ),
    script(
        "neither nor",
        ("no country and no metal please", no_genre("country"), no_genre("metal")),
    ),
    script(
        "except a time",
        (
            "pop but nothing from the 80s",
            genre("pop"),
            no(lambda t: 1980 <= t.year <= 1989),
        ),
    ),
    script("nothing to go on", ("play something", asks)),
    script("surprise me", ("surprise me", shows_some)),
    script(
        "an artist that nobody knows",
        ("play Zorblatt Quuxington", names("Zorblatt Quuxington")),
    ),
    script(
        "like an artist that nobody knows",
        ("songs like Zorblatt Quuxington", names("Zorblatt Quuxington")),
    ),
    script("too much asked", ("500 ambient songs", genre("ambient"), count(20, 200))),
    script("a genre that isn't here", ("play some polka", empty, names("polka"))),
    script(
        "a fine genre that isn't here gives way to its parent",
        ("instrumental hip hop", genre("hip hop"), names("instrumental hip hop")),
        ("make it calmer", genre("hip hop")),
    ),
    script(
        "a genre that isn't here, among other wishes",
        (
            "slow sad piano ballads",
            genre("pop"),
            below("energy", 0.6),
            names("ballad"),
        ),
    ),
    script(
        "a kind of a genre, from a time",
        (
            "5 smooth jazz songs from the 1960s",
            genre("jazz"),
            years(1960, 1969),
            count(5),
            names("smooth jazz"),
        ),
    ),
    script(
        "a genre that isn't here, from a time",
        ("90s grunge", genre("rock"), years(1990, 1999), names("grunge")),
    ),
    script(
        "more of a genre that isn't here",
        ("jazz", genre("jazz")),
        (
            "add 3 piano house songs",
            added(3),
            new(genre("house")),
            names("piano house"),
        ),
    ),
    script(
        "more than there is",
        ("20 latin songs from 1966", some(lambda t: is_of_genre(t, "latin"))),
    ),
    script(
        "several wishes",
        ("something warm, slow and acoustic", above("acousticness", 0.5)),
    ),
    script("by way of a story", ("It's raining, I'm alone with a book", shows_some)),
    script(
        "some of an artist among others",
        ("rock with some {rock 4}", some_by("{rock 4}")),
    ),
)
